#include "tests/bench/micro/sample.h"

#include <cstdint>

#include "runtime/codec/entry.h"
#include "runtime/value/json_writer.h"

namespace bench {

Document SampleDocument() {
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

std::string SampleJson() { return ipc::ToJson(ipc::ToJsonValue(SampleDocument())); }

}  // namespace bench
