// protobuf's generated classes, each time into a message of its own, as what is received is.
#include <string>

#include "runtime/codec/entry.h"
#include "tests/bench/micro/protobuf_document.pb.h"
#include "tests/bench/micro/sample.h"

namespace bench {
namespace {

void Encode(benchmark::State& state) {
  bench_pb::Document document;
  document.ParseFromString(ipc::Encode(SampleDocument()));
  std::string room(document.ByteSizeLong(), '\0');
  for (auto _ : state) {
    document.SerializeToArray(room.data(), static_cast<int>(room.size()));
    benchmark::DoNotOptimize(room.data());
  }
  SayBytes(state, room.size());
}
BENCHMARK(Encode)->Name("encode/protobuf");

void Decode(benchmark::State& state) {
  const std::string bytes = ipc::Encode(SampleDocument());
  for (auto _ : state) {
    bench_pb::Document document;
    if (!document.ParseFromString(bytes)) state.SkipWithError("the bytes were refused");
    benchmark::DoNotOptimize(document);
  }
  SayBytes(state, bytes.size());
}
BENCHMARK(Decode)->Name("decode/protobuf");

}  // namespace
}  // namespace bench
