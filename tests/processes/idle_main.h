// What pings cost: a main that does nothing but keep an eye on its renderers.
#pragma once

#include <chrono>

namespace ipc::testing {

// The share of one processor that main uses, over `time`, with so many idle renderers.
double ShareOfAnIdleMain(int renderers, std::chrono::milliseconds time);

}  // namespace ipc::testing
