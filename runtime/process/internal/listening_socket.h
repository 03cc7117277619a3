// A unix socket that listens at a path, and the proof that nobody else does.
//
//   DIR/app.sock        the socket
//   DIR/app.sock.lock   held (flock) by whoever listens; the kernel lets go of it when they die
//
// Ownership   Destroying it closes the socket and removes both files.
// Errors      Of Create(), as FrontDoor::Create() lists them.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "runtime/base/unique_fd.h"

namespace ipc::internal {

class ListeningSocket {
 public:
  // `mode` is that of the socket file: who may connect at all.
  static absl::StatusOr<std::unique_ptr<ListeningSocket>> Create(const std::string& path,
                                                                 mode_t mode);
  ListeningSocket(const ListeningSocket&) = delete;
  ListeningSocket& operator=(const ListeningSocket&) = delete;
  ~ListeningSocket();

  int fd() const { return socket_.get(); }

 private:
  ListeningSocket(std::string path, UniqueFd lock, UniqueFd socket);

  std::string path_;
  UniqueFd lock_;
  UniqueFd socket_;
};

}  // namespace ipc::internal
