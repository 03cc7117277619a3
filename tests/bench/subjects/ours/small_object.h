// What untyped small messages carry last: ["ping",42,{...}] is 64 bytes of JSON with it.
#pragma once

#include "runtime/value/value.h"

namespace bench {

inline ipc::Object SmallObject() {
  return {{"title", "a short note"}, {"done", false}, {"weight", 12.75}};
}

}  // namespace bench
