#include "runtime/process/internal/listening_socket.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "runtime/process/internal/unix_address.h"

namespace ipc::internal {
namespace {

std::string LockPath(const std::string& path) { return path + ".lock"; }

std::string DirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

absl::Status Failed(const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat("'", path, "'"));
}

absl::Status AlreadyServed(const std::string& path) {
  return absl::AlreadyExistsError(absl::StrCat("another process listens on '", path, "' already"));
}

// Whoever may write to the directory may put a socket of their own in our place.
absl::Status PrepareDirectory(const std::string& path) {
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return Failed(path);
  struct stat info;
  if (stat(path.c_str(), &info) != 0) return Failed(path);
  if (!S_ISDIR(info.st_mode)) {
    return absl::InvalidArgumentError(absl::StrCat("'", path, "' is not a directory"));
  }
  if (info.st_uid != geteuid()) {
    return absl::PermissionDeniedError(
        absl::StrCat("the directory '", path, "' belongs to another user"));
  }
  if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return absl::PermissionDeniedError(
        absl::StrCat("other users may write to the directory '", path, "'"));
  }
  return absl::OkStatus();
}

bool IsSameFile(int fd, const std::string& path) {
  struct stat open_file;
  struct stat named;
  return fstat(fd, &open_file) == 0 && stat(path.c_str(), &named) == 0 &&
         open_file.st_dev == named.st_dev && open_file.st_ino == named.st_ino;
}

absl::StatusOr<UniqueFd> TakeLock(const std::string& path) {
  const std::string lock_path = LockPath(path);
  for (;;) {
    UniqueFd lock(open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!lock.is_valid()) return Failed(lock_path);
    if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EWOULDBLOCK) return AlreadyServed(path);
      return Failed(lock_path);
    }
    // Its last holder may have removed the file between our open() and flock().
    if (IsSameFile(lock.get(), lock_path)) return lock;
  }
}

// Holding the lock, makes room at `path`. A program that knows nothing of our lock may listen
// there.
absl::Status RemoveStaleSocket(const std::string& path, const UnixAddress& address) {
  struct stat info;
  if (lstat(path.c_str(), &info) != 0) return errno == ENOENT ? absl::OkStatus() : Failed(path);
  if (!S_ISSOCK(info.st_mode)) {
    return absl::InvalidArgumentError(absl::StrCat("'", path, "' exists and is not a socket"));
  }
  UniqueFd probe(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!probe.is_valid()) return Failed(path);
  const bool is_stale = connect(probe.get(), address.get(), address.size()) != 0 &&
                        (errno == ECONNREFUSED || errno == ENOENT);
  if (!is_stale) return AlreadyServed(path);
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return Failed(path);
  return absl::OkStatus();
}

absl::StatusOr<UniqueFd> Listen(const std::string& path, const UnixAddress& address, mode_t mode) {
  UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket.is_valid()) return Failed(path);
  if (bind(socket.get(), address.get(), address.size()) != 0) return Failed(path);
  if (chmod(path.c_str(), mode) == 0 && listen(socket.get(), SOMAXCONN) == 0) return socket;
  const absl::Status status = Failed(path);
  unlink(path.c_str());
  return status;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ListeningSocket>> ListeningSocket::Create(const std::string& path,
                                                                         mode_t mode) {
  const absl::StatusOr<UnixAddress> address = MakeUnixAddress(path);
  if (!address.ok()) return address.status();
  if (absl::Status status = PrepareDirectory(DirectoryOf(path)); !status.ok()) return status;
  absl::StatusOr<UniqueFd> lock = TakeLock(path);
  if (!lock.ok()) return lock.status();
  if (absl::Status status = RemoveStaleSocket(path, *address); !status.ok()) return status;
  absl::StatusOr<UniqueFd> socket = Listen(path, *address, mode);
  if (!socket.ok()) return socket.status();
  return std::unique_ptr<ListeningSocket>(
      new ListeningSocket(path, *std::move(lock), *std::move(socket)));
}

ListeningSocket::ListeningSocket(std::string path, UniqueFd lock, UniqueFd socket)
    : path_(std::move(path)), lock_(std::move(lock)), socket_(std::move(socket)) {}

ListeningSocket::~ListeningSocket() {
  // Somebody may have removed our files and put theirs here; those stay.
  if (!IsSameFile(lock_.get(), LockPath(path_))) return;
  // The lock goes last: until then nobody else takes the path.
  unlink(path_.c_str());
  unlink(LockPath(path_).c_str());
}

}  // namespace ipc::internal
