// Two bare pipes to each renderer, by name, one for each direction.
#include <fcntl.h>
#include <sys/stat.h>

#include <memory>
#include <string>

#include "tests/bench/subjects/streams/stream.h"
#include "tests/bench/subjects/subjects.h"

namespace bench {
namespace {

ipc::UniqueFd Open(const std::string& path, int flags) {
  ipc::UniqueFd fd(open(path.c_str(), flags | O_CLOEXEC));
  Require(fd.is_valid(), path);
  return fd;
}

Stream FromPipes(ipc::UniqueFd in, ipc::UniqueFd out) {
  Stream stream{.in = in.get(), .out = out.get(), .owned = {}};
  stream.owned.push_back(std::move(in));
  stream.owned.push_back(std::move(out));
  return stream;
}

StreamMaker MakerFor(const Session& session) {
  const auto path_of = [session](const char* direction, int index) {
    return session.PathOf(direction + std::to_string(index));
  };
  // To open one end waits for the other, so both sides begin with the same pipe.
  return {.listen =
              [=] {
                for (int i = 0; i < session.renderers; ++i) {
                  Require(mkfifo(path_of("up-", i).c_str(), 0600) == 0, "mkfifo");
                  Require(mkfifo(path_of("down-", i).c_str(), 0600) == 0, "mkfifo");
                }
              },
          .accept =
              [=](int index) {
                ipc::UniqueFd in = Open(path_of("up-", index), O_RDONLY);
                return FromPipes(std::move(in), Open(path_of("down-", index), O_WRONLY));
              },
          .connect =
              [=](int index) {
                ipc::UniqueFd out = Open(path_of("up-", index), O_WRONLY);
                return FromPipes(Open(path_of("down-", index), O_RDONLY), std::move(out));
              }};
}

}  // namespace

Subject NamedPipe() {
  return {.name = "pipe",
          .patterns = kEverything,
          .make_server = [](const Session& s) { return MakeStreamServer(s, MakerFor(s)); },
          .make_client = [](const Session& s) { return MakeStreamClient(s, MakerFor(s)); }};
}

}  // namespace bench
