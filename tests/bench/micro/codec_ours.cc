// The generated codec, as the runtime calls it.
#include <cstdint>
#include <string>

#include "runtime/codec/entry.h"
#include "tests/bench/micro/sample.h"

namespace bench {
namespace {

void Encode(benchmark::State& state) {
  const Document document = SampleDocument();
  std::string room(ipc::EncodedSize(document), '\0');
  for (auto _ : state) {
    const size_t size = ipc::EncodedSize(document);
    ipc::EncodeTo(document, absl::MakeSpan(reinterpret_cast<uint8_t*>(room.data()), size));
    benchmark::DoNotOptimize(room.data());
  }
  SayBytes(state, room.size());
}
BENCHMARK(Encode)->Name("encode/ours");

void Decode(benchmark::State& state) {
  const std::string bytes = ipc::Encode(SampleDocument());
  const absl::Span<const uint8_t> span(reinterpret_cast<const uint8_t*>(bytes.data()),
                                       bytes.size());
  for (auto _ : state) {
    absl::StatusOr<Document> document = ipc::Decode<Document>(span);
    if (!document.ok()) state.SkipWithError("the bytes were refused");
    benchmark::DoNotOptimize(document);
  }
  SayBytes(state, bytes.size());
}
BENCHMARK(Decode)->Name("decode/ours");

}  // namespace
}  // namespace bench
