// Boost.JSON.
#include <boost/json.hpp>
#include <string>

#include "tests/bench/micro/sample.h"

namespace bench {
namespace {

void Read(benchmark::State& state) {
  const std::string text = SampleJson();
  for (auto _ : state) {
    boost::json::value value = boost::json::parse(text);
    benchmark::DoNotOptimize(value);
  }
  SayBytes(state, text.size());
}
BENCHMARK(Read)->Name("json-read/boost");

void Write(benchmark::State& state) {
  const boost::json::value value = boost::json::parse(SampleJson());
  for (auto _ : state) {
    std::string text = boost::json::serialize(value);
    benchmark::DoNotOptimize(text.data());
  }
  SayBytes(state, boost::json::serialize(value).size());
}
BENCHMARK(Write)->Name("json-write/boost");

}  // namespace
}  // namespace bench
