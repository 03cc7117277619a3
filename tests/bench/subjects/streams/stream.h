// Whole messages of one size over descriptors that block: what uds and pipe share.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "runtime/base/unique_fd.h"
#include "tests/bench/harness/subject.h"

namespace bench {

// One end of a stream; a socket is both descriptors.
struct Stream {
  int in = -1;
  int out = -1;
  std::vector<ipc::UniqueFd> owned;
};

// A subject of streams: how a server gets the stream to renderer `index`, and that renderer its
// own. A server's come in order, after `listen`.
struct StreamMaker {
  std::function<void()> listen;
  std::function<Stream(int index)> accept;
  std::function<Stream(int index)> connect;
};

std::unique_ptr<Server> MakeStreamServer(const Session& session, StreamMaker maker);
std::unique_ptr<Client> MakeStreamClient(const Session& session, const StreamMaker& maker);

}  // namespace bench
