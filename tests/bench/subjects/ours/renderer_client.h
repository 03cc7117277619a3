// A renderer of ours as a Client: what it does in each pattern, for every way to call and any pipe.
//
// Ownership   The RendererProcess outlives it.
// Threads     The renderer's sequence; its loop runs inside of the patterns.
#pragma once

#include <memory>

#include "runtime/api/renderer_process.h"
#include "tests/bench/harness/subject.h"

namespace bench {

enum class Calls {
  kTyped,    // generated stubs: a number and a text
  kUntyped,  // JSON: ["ping", 42, {...}]
  kSync,     // generated stubs, sendSync
};

std::unique_ptr<Client> MakeRendererClient(Calls calls, ipc::RendererProcess& renderer,
                                           const Session& session);

}  // namespace bench
