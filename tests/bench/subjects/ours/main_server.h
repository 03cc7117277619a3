// Main of ours as a Server: answers typed and untyped calls, and speaks to all renderers.
//
// Threads     The thread of its role. Renderers in processes come through the front door; those in
//             this process are threads that it starts.
#pragma once

#include <memory>

#include "tests/bench/harness/subject.h"
#include "tests/bench/subjects/ours/renderer_client.h"

namespace bench {

enum class Renderers { kProcesses, kThreads };

std::unique_ptr<Server> MakeMainServer(Calls calls, Renderers renderers, const Session& session);

}  // namespace bench
