// The generated codec beside protobuf's generated classes, on one message of every common shape.
#include <cstdint>
#include <string>

#include "benchmark/benchmark.h"
#include "runtime/codec/entry.h"
#include "tests/bench/bench.ipc.h"
#include "tests/bench/document.pb.h"

namespace bench {
namespace {

Document MakeDocument() {
  Document document;
  document.id = 1'234'567;
  document.title = "What the benchmarks send";
  document.body = std::string(300, 'b');
  document.kind = Kind::kTask;
  for (uint32_t i = 0; i < 5; ++i) {
    document.tags.push_back({.name = "tag number " + std::to_string(i), .color = i * 0x1234});
  }
  for (uint32_t i = 0; i < 16; ++i) document.positions.push_back(i * 100);
  document.properties = {{"author", "somebody"}, {"language", "en"}, {"source", "a benchmark"}};
  document.score = 0.75;
  document.pinned = true;
  return document;
}

absl::Span<const uint8_t> AsSpan(const std::string& bytes) {
  return {reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()};
}

void SayBytes(benchmark::State& state, size_t bytes) {
  state.counters["bytes"] = static_cast<double>(bytes);
}

void BM_Encode_Ipc(benchmark::State& state) {
  Document document = MakeDocument();
  std::string room(ipc::EncodedSize(document), '\0');
  for (auto _ : state) {
    size_t size = ipc::EncodedSize(document);
    ipc::EncodeTo(document, absl::MakeSpan(reinterpret_cast<uint8_t*>(room.data()), size));
    benchmark::DoNotOptimize(room.data());
  }
  SayBytes(state, room.size());
}
BENCHMARK(BM_Encode_Ipc);

void BM_Encode_Protobuf(benchmark::State& state) {
  bench_pb::Document document;
  document.ParseFromString(ipc::Encode(MakeDocument()));
  std::string room(document.ByteSizeLong(), '\0');
  for (auto _ : state) {
    document.SerializeToArray(room.data(), static_cast<int>(room.size()));
    benchmark::DoNotOptimize(room.data());
  }
  SayBytes(state, room.size());
}
BENCHMARK(BM_Encode_Protobuf);

// Both into an object of their own each time, as a received message is.
void BM_Decode_Ipc(benchmark::State& state) {
  std::string bytes = ipc::Encode(MakeDocument());
  for (auto _ : state) {
    absl::StatusOr<Document> document = ipc::Decode<Document>(AsSpan(bytes));
    if (!document.ok()) state.SkipWithError("the bytes were refused");
    benchmark::DoNotOptimize(document);
  }
  SayBytes(state, bytes.size());
}
BENCHMARK(BM_Decode_Ipc);

void BM_Decode_Protobuf(benchmark::State& state) {
  std::string bytes = ipc::Encode(MakeDocument());
  for (auto _ : state) {
    bench_pb::Document document;
    if (!document.ParseFromString(bytes)) state.SkipWithError("the bytes were refused");
    benchmark::DoNotOptimize(document);
  }
  SayBytes(state, bytes.size());
}
BENCHMARK(BM_Decode_Protobuf);

}  // namespace
}  // namespace bench
