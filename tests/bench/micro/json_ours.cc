// Our Value: simdjson's parser, our writer.
#include <string>

#include "runtime/value/json_reader.h"
#include "runtime/value/json_writer.h"
#include "tests/bench/micro/sample.h"

namespace bench {
namespace {

void Read(benchmark::State& state) {
  const std::string text = SampleJson();
  for (auto _ : state) {
    absl::StatusOr<ipc::Value> value = ipc::ReadJson(text);
    if (!value.ok()) state.SkipWithError("the text was refused");
    benchmark::DoNotOptimize(value);
  }
  SayBytes(state, text.size());
}
BENCHMARK(Read)->Name("json-read/ours");

void Write(benchmark::State& state) {
  const ipc::Value value = *ipc::ReadJson(SampleJson());
  for (auto _ : state) {
    std::string text = ipc::ToJson(value);
    benchmark::DoNotOptimize(text.data());
  }
  SayBytes(state, ipc::ToJson(value).size());
}
BENCHMARK(Write)->Name("json-write/ours");

}  // namespace
}  // namespace bench
