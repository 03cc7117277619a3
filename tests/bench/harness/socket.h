// Unix sockets by path, and whole messages on descriptors that block.
#pragma once

#include <cstddef>
#include <string>

#include "runtime/base/unique_fd.h"

namespace bench {

// Ends the process when it cannot.
ipc::UniqueFd ListenAt(const std::string& path);
ipc::UniqueFd ConnectTo(const std::string& path);
ipc::UniqueFd AcceptFrom(int listener);

// False when the other end is gone.
bool ReadExactly(int fd, char* bytes, size_t size);
bool WriteAll(int fd, const char* bytes, size_t size);

}  // namespace bench
