// The codec against libprotobuf: random messages, through the .proto files that the generator
// prints, both ways and back; and through JSON, which has to say the same.
//
// 100,000 messages in all, of the types in turn: some 4,500 of each. IPC_TEST_VALUES asks for
// another number in all, IPC_TEST_SEED for other messages; what is in use is printed.

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "runtime/codec/define.h"
#include "runtime/codec/entry.h"
#include "runtime/value/json_reader.h"
#include "runtime/value/json_writer.h"
#include "tests/conformance/calls.ipc.h"
#include "tests/conformance/filler.h"
#include "tests/conformance/lists.ipc.h"
#include "tests/conformance/reference/calls.pb.h"
#include "tests/conformance/reference/lists.pb.h"
#include "tests/conformance/reference/shapes.pb.h"
#include "tests/conformance/reference/values.pb.h"
#include "tests/conformance/reference/wide.pb.h"
#include "tests/conformance/rules.h"
#include "tests/conformance/shapes.ipc.h"
#include "tests/conformance/values.ipc.h"
#include "tests/conformance/wide.ipc.h"

namespace ipc {
namespace {

namespace reference = conformance::reference;

uint64_t Setting(const char* name, uint64_t usual) {
  const char* text = std::getenv(name);
  return text == nullptr ? usual : std::strtoull(text, nullptr, 10);
}

absl::Span<const uint8_t> AsSpan(const std::string& bytes) {
  return absl::MakeConstSpan(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
}

// Maps in the order of their keys, as ours always are.
std::string SerializeInOrder(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&out);
  out.Trim();
  return bytes;
}

template <typename T>
absl::StatusOr<T> ReadWhatJsonSays(const T& message) {
  const absl::StatusOr<Value> json = ReadJson(ToJson(ToJsonValue(message)));
  if (!json.ok()) return json.status();
  return FromJsonValue<T>(*json, "");
}

// The value of a Result is an answer, its error the data of a refusal.
template <typename T, typename E>
absl::StatusOr<Result<T, E>> ReadWhatJsonSays(const Result<T, E>& result) {
  const Value said = result.ok() ? ResponseToValue(result) : ErrorToValue(result);
  const absl::StatusOr<Value> json = ReadJson(ToJson(said));
  if (!json.ok()) return json.status();
  return result.ok() ? ValueToResponse<Result<T, E>>(*json) : ValueToError<Result<T, E>>(*json);
}

// One random message: libprotobuf writes it, we read it and write it, libprotobuf reads that. Then
// the same in JSON, which both sides of are ours: its bytes are those that libprotobuf wrote.
template <typename Ours, typename Theirs>
void CompareOne(Filler& filler) {
  Theirs message;
  filler.Fill(message);
  const std::string theirs = SerializeInOrder(message);
  ASSERT_TRUE(message.ParseFromString(theirs));  // a map's second entry with one key is gone now

  absl::StatusOr<Ours> read = Decode<Ours>(AsSpan(theirs));
  ASSERT_TRUE(read.ok()) << read.status() << "\n" << message.DebugString();
  const std::string ours = Encode(*read);
  ASSERT_EQ(ours, theirs) << message.DebugString();

  Theirs read_again;
  ASSERT_TRUE(read_again.ParseFromString(ours));
  ASSERT_EQ(SerializeInOrder(read_again), theirs);
  ASSERT_EQ(read_again.DebugString(), message.DebugString());

  absl::StatusOr<Ours> from_json = ReadWhatJsonSays(*read);
  ASSERT_TRUE(from_json.ok()) << from_json.status() << "\n" << message.DebugString();
  ASSERT_EQ(Encode(*from_json), theirs) << message.DebugString();
}

using Comparison = void (*)(Filler& filler);

const std::vector<Comparison>& Comparisons() {
  namespace c = conformance;
  namespace r = reference;
  static const std::vector<Comparison> kAll = {
      CompareOne<c::Scalars, r::Scalars>,
      CompareOne<c::Nullables, r::Nullables>,
      CompareOne<c::Defaults, r::Defaults>,
      CompareOne<c::Shuffled, r::Shuffled>,
      CompareOne<c::Sparse, r::Sparse>,
      CompareOne<c::Wide, r::Wide>,
      CompareOne<c::Lists, r::Lists>,
      CompareOne<c::NestedLists, r::NestedLists>,
      CompareOne<c::Maps, r::Maps>,
      CompareOne<c::NestedMaps, r::NestedMaps>,
      CompareOne<c::Shape, r::Shape>,
      CompareOne<c::Drawing, r::Drawing>,
      CompareOne<c::Expression, r::Expression>,
      CompareOne<c::Node, r::Node>,
      CompareOne<c::Grove, r::Grove>,
      CompareOne<c::CallsNothingParams, r::CallsNothingParams>,
      CompareOne<c::CallsLogParams, r::CallsLogParams>,
      CompareOne<c::CallsDrawParams, r::CallsDrawParams>,
      CompareOne<c::CallsDrawResponse, r::CallsDrawResponse>,
      CompareOne<Result<c::Node, c::Shape>, r::CallsFindResponse>,
      CompareOne<Result<std::vector<c::Point>, std::string>, r::CallsListResponse>,
      CompareOne<Result<uint32_t, c::Level>, r::CallsCountResponse>,
  };
  return kAll;
}

RuleBook ReadRules() {
  const std::filesystem::path tests = std::filesystem::read_symlink("/proc/self/exe").parent_path();
  return RuleBook(tests.parent_path() / "gen/tests/conformance/rules.binpb");
}

TEST(ConformanceTest, ARandomMessageIsTheSameToLibprotobufAndToUs) {
  const uint64_t seed = Setting("IPC_TEST_SEED", 1);
  const uint64_t values = Setting("IPC_TEST_VALUES", 100'000);
  std::cout << "seed " << seed << ", " << values << " values of " << Comparisons().size()
            << " types" << std::endl;
  RandomEngine random(seed);
  const RuleBook rules = ReadRules();
  Filler filler(random, rules);

  for (uint64_t i = 0; i < values && !HasFatalFailure(); ++i) {
    Comparisons()[i % Comparisons().size()](filler);
  }
}

// What is in no file of libprotobuf's: values that C++ made, not a parser.
TEST(ConformanceTest, AValueMadeInCppIsReadByLibprotobuf) {
  conformance::Drawing drawing;
  drawing.outline = conformance::Shape::Places({{"here", {.x = 1, .y = -2}}, {"", {}}});
  drawing.details = {conformance::Shape::MaybeText(std::nullopt), conformance::Shape::Tiny(0)};
  drawing.by_name["ß"] = conformance::Shape::ByColor({{conformance::Color::kBlue, 0}});

  reference::Drawing read;
  ASSERT_TRUE(read.ParseFromString(Encode(drawing)));

  EXPECT_EQ(read.outline().places().v().at("here").y(), -2);
  EXPECT_EQ(read.outline().places().v().size(), 2);
  EXPECT_TRUE(read.details(0).has_maybe_text());
  EXPECT_FALSE(read.details(0).maybe_text().has_v());
  EXPECT_EQ(read.details(1).member_case(), reference::Shape::kTiny);
  EXPECT_EQ(read.by_name().at("ß").by_color().v(0).key(), reference::COLOR_BLUE);
  EXPECT_FALSE(read.has_fill());
}

TEST(ConformanceTest, WhatHoldsItselfIsEqualFieldByField) {
  const conformance::Grove tree = {.height = 3, .trees = {}, .by_name = std::nullopt};
  const conformance::Grove grove = {
      .height = 0, .trees = {tree, std::nullopt}, .by_name = {{{"oaks", {tree}}}}};
  conformance::Grove other = grove;
  EXPECT_EQ(other, grove);

  other.by_name->at("oaks")[0]->height = 4;
  EXPECT_NE(other, grove);
  other = grove;
  other.trees.pop_back();
  EXPECT_NE(other, grove);
  other = grove;
  other.height = 1;
  EXPECT_NE(other, grove);
}

}  // namespace
}  // namespace ipc
