// A bare unix socket, both ends blocking; the server of many waits in epoll.
#include <memory>

#include "tests/bench/harness/socket.h"
#include "tests/bench/subjects/streams/stream.h"
#include "tests/bench/subjects/subjects.h"

namespace bench {
namespace {

Stream FromSocket(ipc::UniqueFd socket) {
  Stream stream{.in = socket.get(), .out = socket.get(), .owned = {}};
  stream.owned.push_back(std::move(socket));
  return stream;
}

StreamMaker MakerFor(const Session& session) {
  const std::string path = session.PathOf("socket");
  auto listener = std::make_shared<ipc::UniqueFd>();
  return {.listen = [=] { *listener = ListenAt(path); },
          .accept = [=](int) { return FromSocket(AcceptFrom(listener->get())); },
          .connect = [=](int) { return FromSocket(ConnectTo(path)); }};
}

}  // namespace

Subject UnixSocket() {
  return {.name = "uds",
          .patterns = kEverything,
          .make_server = [](const Session& s) { return MakeStreamServer(s, MakerFor(s)); },
          .make_client = [](const Session& s) { return MakeStreamClient(s, MakerFor(s)); }};
}

}  // namespace bench
