// The document that all codecs carry, and its JSON.
#pragma once

#include <string>

#include "benchmark/benchmark.h"
#include "tests/bench/micro/document.ipc.h"

namespace bench {

Document SampleDocument();
std::string SampleJson();

// The size of what was written or read, for the report.
inline void SayBytes(benchmark::State& state, size_t bytes) {
  state.counters["bytes"] = static_cast<double>(bytes);
}

}  // namespace bench
