// The other process of a benchmark: this program again, as a server.
//
// Ownership   Destroying it closes its socket or kills it, and reaps it.
#pragma once

#include <sys/types.h>

#include <string>

#include "runtime/base/unique_fd.h"

namespace bench {

class PeerProcess {
 public:
  // Runs this program with `--serve=NAME ARGUMENT` and waits until it says that it is ready. It
  // inherits one end of socket() as descriptor 3.
  PeerProcess(const std::string& name, const std::string& argument);
  PeerProcess(const PeerProcess&) = delete;
  PeerProcess& operator=(const PeerProcess&) = delete;
  ~PeerProcess();

  int socket() const { return socket_.get(); }

 private:
  ipc::UniqueFd socket_;
  pid_t pid_ = -1;
};

// What a server does when it can be called.
void SayReady();

inline constexpr int kPeerSocket = 3;

// A path for a unix socket in a new folder, removed when this goes.
class TemporarySocketPath {
 public:
  TemporarySocketPath();
  ~TemporarySocketPath();
  TemporarySocketPath(const TemporarySocketPath&) = delete;
  TemporarySocketPath& operator=(const TemporarySocketPath&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string folder_;
  std::string path_;
};

}  // namespace bench
