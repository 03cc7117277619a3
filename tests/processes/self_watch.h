// What this process holds, as the kernel counts it.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>

namespace ipc::testing {

size_t OpenDescriptors();
// Children that run, or that nobody has reaped.
bool HasChildren();
// The processor time that this process, all its threads, has used.
std::chrono::microseconds ProcessorTime();
size_t ResidentKib();

// Looks every millisecond, for ten seconds: for what nothing announces.
bool SoonBecomesTrue(const std::function<bool()>& condition);

}  // namespace ipc::testing
