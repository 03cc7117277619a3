// nlohmann::json.
#include <string>

#include "nlohmann/json.hpp"
#include "tests/bench/micro/sample.h"

namespace bench {
namespace {

void Read(benchmark::State& state) {
  const std::string text = SampleJson();
  for (auto _ : state) {
    nlohmann::json value = nlohmann::json::parse(text);
    benchmark::DoNotOptimize(value);
  }
  SayBytes(state, text.size());
}
BENCHMARK(Read)->Name("json-read/nlohmann");

void Write(benchmark::State& state) {
  const nlohmann::json value = nlohmann::json::parse(SampleJson());
  for (auto _ : state) {
    std::string text = value.dump();
    benchmark::DoNotOptimize(text.data());
  }
  SayBytes(state, value.dump().size());
}
BENCHMARK(Write)->Name("json-write/nlohmann");

}  // namespace
}  // namespace bench
