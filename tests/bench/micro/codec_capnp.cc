// Cap'n Proto, which has no step of encoding: measured is what a program does whose data are a
// struct of its own, from that to bytes and from bytes to that.
#include <capnp/message.h>
#include <capnp/serialize.h>

#include <cstdint>
#include <string>

#include "tests/bench/micro/document.capnp.h"
#include "tests/bench/micro/sample.h"

namespace bench {
namespace {

kj::Array<capnp::word> Write(const Document& document) {
  capnp::MallocMessageBuilder message;
  auto root = message.initRoot<bench_capnp::Document>();
  root.setId(document.id);
  root.setTitle(document.title.c_str());
  root.setBody(document.body.c_str());
  root.setKind(static_cast<bench_capnp::Kind>(document.kind));
  auto tags = root.initTags(static_cast<unsigned>(document.tags.size()));
  unsigned index = 0;
  for (const Tag& tag : document.tags) {
    tags[index].setName(tag.name.c_str());
    tags[index++].setColor(tag.color);
  }
  auto positions = root.initPositions(static_cast<unsigned>(document.positions.size()));
  index = 0;
  for (uint32_t position : document.positions) positions.set(index++, position);
  auto properties = root.initProperties(static_cast<unsigned>(document.properties.size()));
  index = 0;
  for (const auto& [key, value] : document.properties) {
    properties[index].setKey(key.c_str());
    properties[index++].setValue(value.c_str());
  }
  root.setScore(document.score);
  root.setPinned(document.pinned);
  return capnp::messageToFlatArray(message);
}

Document Read(kj::ArrayPtr<const capnp::word> words) {
  capnp::FlatArrayMessageReader message(words);
  const auto root = message.getRoot<bench_capnp::Document>();
  Document document;
  document.id = root.getId();
  document.title = root.getTitle().cStr();
  document.body = root.getBody().cStr();
  document.kind = static_cast<Kind>(root.getKind());
  document.tags.reserve(root.getTags().size());
  for (const auto tag : root.getTags()) {
    document.tags.push_back({.name = tag.getName().cStr(), .color = tag.getColor()});
  }
  document.positions.reserve(root.getPositions().size());
  for (const uint32_t position : root.getPositions()) document.positions.push_back(position);
  for (const auto property : root.getProperties()) {
    document.properties.emplace(property.getKey().cStr(), property.getValue().cStr());
  }
  document.score = root.getScore();
  document.pinned = root.getPinned();
  return document;
}

void Encode(benchmark::State& state) {
  const Document document = SampleDocument();
  size_t bytes = 0;
  for (auto _ : state) {
    const kj::Array<capnp::word> words = Write(document);
    bytes = words.asBytes().size();
    benchmark::DoNotOptimize(words.begin());
  }
  SayBytes(state, bytes);
}
BENCHMARK(Encode)->Name("encode/capnp");

void Decode(benchmark::State& state) {
  const Document expected = SampleDocument();
  const kj::Array<capnp::word> words = Write(expected);
  if (!(Read(words) == expected)) state.SkipWithError("the document has changed");
  for (auto _ : state) {
    Document document = Read(words);
    benchmark::DoNotOptimize(document);
  }
  SayBytes(state, words.asBytes().size());
}
BENCHMARK(Decode)->Name("decode/capnp");

}  // namespace
}  // namespace bench
