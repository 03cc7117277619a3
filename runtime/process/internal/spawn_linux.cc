#include "runtime/process/internal/spawn_linux.h"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"

namespace ipc::internal {
namespace {

// The strings of argv or envp, as C wants them.
class CStrings {
 public:
  explicit CStrings(std::vector<std::string> strings) : strings_(std::move(strings)) {
    for (std::string& string : strings_) pointers_.push_back(string.data());
    pointers_.push_back(nullptr);
  }
  CStrings(const CStrings&) = delete;
  CStrings& operator=(const CStrings&) = delete;

  char* const* get() const { return pointers_.data(); }

 private:
  std::vector<std::string> strings_;
  std::vector<char*> pointers_;
};

std::vector<std::string> Arguments(const LaunchOptions& options) {
  std::vector<std::string> strings{options.program};
  strings.insert(strings.end(), options.args.begin(), options.args.end());
  return strings;
}

using Variables = std::map<std::string, std::string, std::less<>>;

Variables OurEnvironment() {
  Variables variables;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    variables.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return variables;
}

std::vector<std::string> Environment(const LaunchOptions& options) {
  Variables variables = options.inherit_environment ? OurEnvironment() : Variables();
  for (const std::string& name : options.unset_environment) variables.erase(name);
  for (const auto& [name, value] : options.environment) variables[name] = value;
  variables[kRendererFdVariable] = absl::StrCat(kRendererFd);

  std::vector<std::string> strings;
  for (const auto& [name, value] : variables) strings.push_back(absl::StrCat(name, "=", value));
  return strings;
}

absl::Status CheckText(std::string_view what, std::string_view text) {
  if (text.find('\0') == std::string_view::npos) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(ToAbsl(what), " holds a byte 0"));
}

// C's strings end at a 0, and a variable's name at its '=': what lies behind would be lost, or be
// taken for something else.
absl::Status Check(const LaunchOptions& options) {
  absl::Status status = CheckText("the program", options.program);
  status.Update(CheckText("the working directory", options.working_directory));
  for (const std::string& arg : options.args) status.Update(CheckText("an argument", arg));
  for (const auto& [name, value] : options.environment) {
    if (name.empty() || name.find('=') != std::string::npos) {
      status.Update(absl::InvalidArgumentError(
          absl::StrCat("an environment variable cannot be called '", name, "'")));
    }
    status.Update(CheckText("the environment", name));
    status.Update(CheckText("the environment", value));
  }
  return status;
}

// What the child does between its birth and exec. Keeps the first error.
class Actions {
 public:
  Actions() { posix_spawn_file_actions_init(&actions_); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;
  ~Actions() { posix_spawn_file_actions_destroy(&actions_); }

  void Dup2(int from, int to) { Note(posix_spawn_file_actions_adddup2(&actions_, from, to)); }
  void OpenNull(int fd) {
    Note(posix_spawn_file_actions_addopen(&actions_, fd, "/dev/null", O_RDWR, 0));
  }
  void CloseFrom(int fd) { Note(posix_spawn_file_actions_addclosefrom_np(&actions_, fd)); }
  void ChangeDirectory(const std::string& path) {
    Note(posix_spawn_file_actions_addchdir_np(&actions_, path.c_str()));
  }

  int error() const { return error_; }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  void Note(int error) {
    if (error_ == 0) error_ = error;
  }

  posix_spawn_file_actions_t actions_;
  int error_ = 0;
};

bool IsInherited(int fd) {
  const int flags = fcntl(fd, F_GETFD);
  return flags >= 0 && (flags & FD_CLOEXEC) == 0;
}

void AddDescriptors(Actions& actions, int socket) {
  actions.Dup2(socket, kRendererFd);
  // A child whose standard streams are missing would get its first files under their numbers.
  for (int fd = 0; fd < kRendererFd; ++fd) {
    if (!IsInherited(fd)) actions.OpenNull(fd);
  }
  actions.CloseFrom(kRendererFd + 1);
}

// No signal is blocked, and those are not ignored whose treatment is a program's own affair,
// whatever the one that launches has done to its own. What else is ignored stays so: that is how
// nohup and a shell's background jobs keep a whole family of processes alive.
class Attributes {
 public:
  Attributes() {
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t reset;
    sigemptyset(&reset);
    for (int signal : {SIGPIPE, SIGCHLD}) sigaddset(&reset, signal);
    posix_spawnattr_setsigdefault(&attributes_, &reset);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }

  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

}  // namespace

absl::StatusOr<pid_t> Spawn(const LaunchOptions& options, int socket) {
  if (absl::Status status = Check(options); !status.ok()) {
    return absl::Status(status.code(),
                        absl::StrCat("cannot start '", options.program, "': ", status.message()));
  }
  Actions actions;
  AddDescriptors(actions, socket);
  if (!options.working_directory.empty()) actions.ChangeDirectory(options.working_directory);
  const Attributes attributes;
  const CStrings argv(Arguments(options));
  const CStrings envp(Environment(options));
  pid_t pid = 0;
  int error = actions.error();
  if (error == 0) {
    error = posix_spawn(&pid, options.program.c_str(), actions.get(), attributes.get(), argv.get(),
                        envp.get());
  }
  if (error == 0) return pid;
  return absl::ErrnoToStatus(error, absl::StrCat("cannot start '", options.program, "'"));
}

}  // namespace ipc::internal
