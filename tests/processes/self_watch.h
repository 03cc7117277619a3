// What this process holds, as the kernel counts it.
#pragma once

#include <cstddef>

namespace ipc::testing {

size_t OpenDescriptors();
size_t ResidentKib();

}  // namespace ipc::testing
