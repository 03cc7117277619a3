// The vectors of vectors/*.txt, through everything that reads and writes them: our codec, its JSON,
// and libprotobuf with the .proto that the generator prints.

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/types/span.h"
#include "runtime/codec/define.h"
#include "runtime/codec/entry.h"
#include "runtime/value/json_reader.h"
#include "runtime/value/json_writer.h"
#include "tests/conformance/reference/vectors.pb.h"
#include "tests/conformance/vector_file.h"
#include "tests/conformance/vectors.ipc.h"

namespace ipc {
namespace {

using google::protobuf::Message;

constexpr size_t kRefusalsEach = 3;
constexpr size_t kVectors = 300;

// What a test needs to do with a type whose name it has read.
struct TypeUnderTest {
  // Reads bytes or JSON, and writes both; of what cannot be read the problem.
  struct Outcome {
    DecodeProblem problem;
    std::string bytes;
    std::string json;
  };
  Outcome (*from_bytes)(std::string_view bytes);
  Outcome (*from_json)(const Value& json);
  const Message& (*reference)();
};

absl::Span<const uint8_t> AsSpan(std::string_view bytes) {
  return {reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()};
}

template <typename T>
TypeUnderTest::Outcome Finish(bool ok, const T& value, DecodeProblem problem) {
  if (!ok) return {std::move(problem), "", ""};
  return {{}, Encode(value), ToJson(ToJsonValue(value))};
}

template <typename T>
TypeUnderTest::Outcome FromBytes(std::string_view bytes) {
  T value{};
  DecodeProblem problem;
  const bool ok = TryDecode(AsSpan(bytes), value, problem);
  return Finish(ok, value, std::move(problem));
}

template <typename T>
TypeUnderTest::Outcome FromJson(const Value& json) {
  T value{};
  ValueReader in;
  const bool ok = Codec<T>::FromValue(json, value, in);
  return Finish(ok, value, in.TakeProblem());
}

template <typename T, typename Reference>
TypeUnderTest Type() {
  return {FromBytes<T>, FromJson<T>,
          []() -> const Message& { return Reference::default_instance(); }};
}

const TypeUnderTest& TypeNamed(const std::string& name) {
  namespace c = conformance;
  namespace r = conformance::reference;
  static const std::map<std::string, TypeUnderTest> kTypes = {
#define IPC_TYPE(NAME) {#NAME, Type<c::NAME, r::NAME>()}
      IPC_TYPE(Blob),         IPC_TYPE(Bounded), IPC_TYPE(BoundedEither), IPC_TYPE(Choices),
      IPC_TYPE(Dictionaries), IPC_TYPE(Either),  IPC_TYPE(Enums),         IPC_TYPE(Flag),
      IPC_TYPE(Growing),      IPC_TYPE(Json),    IPC_TYPE(Keys),          IPC_TYPE(Maybe),
      IPC_TYPE(Nested),       IPC_TYPE(Nothing), IPC_TYPE(Numbers),       IPC_TYPE(Places),
      IPC_TYPE(Reals),        IPC_TYPE(Small),   IPC_TYPE(Starts),        IPC_TYPE(StartsMaybe),
      IPC_TYPE(Tables),       IPC_TYPE(Text),    IPC_TYPE(Things),        IPC_TYPE(Tree),
      IPC_TYPE(Whole),
#undef IPC_TYPE
  };
  return kTypes.at(name);
}

const std::vector<Vector>& AllVectors() {
  static const std::vector<Vector> kAll = [] {
    std::vector<Vector> all;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator("tests/conformance/vectors")) {
      files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& file : files) {
      for (Vector& vector : ReadVectors(file)) all.push_back(std::move(vector));
    }
    return all;
  }();
  return kAll;
}

template <typename F>
void ForEach(std::initializer_list<Vector::Kind> kinds, F f) {
  for (const Vector& vector : AllVectors()) {
    if (std::find(kinds.begin(), kinds.end(), vector.kind) == kinds.end()) continue;
    SCOPED_TRACE(vector.where);
    f(vector, TypeNamed(vector.type));
  }
}

// Maps in the order of their keys, as ours always are.
std::string SerializeInOrder(const Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&out);
  out.Trim();
  return bytes;
}

std::unique_ptr<Message> ParseText(const Vector& vector, const TypeUnderTest& type) {
  std::unique_ptr<Message> message(type.reference().New());
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(vector.text, message.get()));
  return message;
}

void ExpectValue(const TypeUnderTest::Outcome& outcome, const Vector& vector) {
  EXPECT_EQ(outcome.problem.ToStatus().message(), "");
  EXPECT_EQ(absl::BytesToHexString(outcome.bytes), absl::BytesToHexString(vector.bytes));
  EXPECT_EQ(outcome.json, vector.json);
}

void ExpectRefusal(const TypeUnderTest::Outcome& outcome, const Vector& vector) {
  EXPECT_EQ(ToString(outcome.problem.error), vector.error) << outcome.problem.reason;
  EXPECT_EQ(outcome.problem.path, vector.path) << outcome.problem.reason;
  EXPECT_NE(outcome.problem.reason, "");
}

TEST(VectorsTest, BytesOfAValueAreReadAndWrittenAgain) {
  ForEach({Vector::Kind::kValue}, [](const Vector& vector, const TypeUnderTest& type) {
    ExpectValue(type.from_bytes(vector.bytes), vector);
  });
}

TEST(VectorsTest, JsonOfAValueIsReadAndWrittenAgain) {
  ForEach({Vector::Kind::kValue}, [](const Vector& vector, const TypeUnderTest& type) {
    const absl::StatusOr<Value> json = ReadJson(vector.json);
    ASSERT_TRUE(json.ok()) << json.status();
    ExpectValue(type.from_json(*json), vector);
  });
}

TEST(VectorsTest, OtherBytesAndJsonAreReadAsTheValue) {
  ForEach({Vector::Kind::kRead, Vector::Kind::kDiffers},
          [](const Vector& vector, const TypeUnderTest& type) {
            ExpectValue(type.from_bytes(vector.input), vector);
          });
  ForEach({Vector::Kind::kReadJson}, [](const Vector& vector, const TypeUnderTest& type) {
    const absl::StatusOr<Value> json = ReadJson(vector.input);
    ASSERT_TRUE(json.ok()) << json.status();
    ExpectValue(type.from_json(*json), vector);
  });
}

TEST(VectorsTest, LibprotobufWritesTheBytesAndReadsTheValue) {
  ForEach({Vector::Kind::kValue}, [](const Vector& vector, const TypeUnderTest& type) {
    const std::unique_ptr<Message> message = ParseText(vector, type);
    EXPECT_EQ(absl::BytesToHexString(SerializeInOrder(*message)),
              absl::BytesToHexString(vector.bytes));
  });
  ForEach({Vector::Kind::kRead}, [](const Vector& vector, const TypeUnderTest& type) {
    const std::unique_ptr<Message> read(type.reference().New());
    EXPECT_TRUE(read->ParseFromString(vector.input));
    read->DiscardUnknownFields();
    EXPECT_EQ(read->DebugString(), ParseText(vector, type)->DebugString());
  });
}

TEST(VectorsTest, WhatIsNoValueIsRefusedWithItsCodeAndPath) {
  ForEach({Vector::Kind::kRefuse}, [](const Vector& vector, const TypeUnderTest& type) {
    ExpectRefusal(type.from_bytes(vector.input), vector);
  });
  ForEach({Vector::Kind::kRefuseJson}, [](const Vector& vector, const TypeUnderTest& type) {
    const absl::StatusOr<Value> json = ReadJson(vector.input);
    ASSERT_TRUE(json.ok()) << json.status();
    ExpectRefusal(type.from_json(*json), vector);
  });
}

// What is wrong with the bytes themselves is so to every program.
TEST(VectorsTest, LibprotobufRefusesWhatIsNoMessageAtAll) {
  ForEach({Vector::Kind::kRefuse}, [](const Vector& vector, const TypeUnderTest& type) {
    if (vector.error != "kTruncated" && vector.error != "kBadUtf8") return;
    const std::unique_ptr<Message> read(type.reference().New());
    EXPECT_FALSE(read->ParseFromString(vector.input));
  });
}

TEST(VectorsTest, EveryRefusalHasItsVectors) {
  std::map<std::string, size_t> count;
  for (const Vector& vector : AllVectors()) {
    if (!vector.error.empty()) ++count[vector.error];
  }

  for (int i = 1; !ToString(static_cast<DecodeError>(i)).empty(); ++i) {
    const std::string code(ToString(static_cast<DecodeError>(i)));
    EXPECT_GE(count[code], kRefusalsEach) << code;
  }
  EXPECT_GE(AllVectors().size(), kVectors);
}

// Users look them up there, in the order of the enum.
TEST(VectorsTest, EveryRefusalIsInTheReferenceAndNoOther) {
  std::vector<std::string> expected;
  for (int i = 1; !ToString(static_cast<DecodeError>(i)).empty(); ++i) {
    expected.emplace_back(ToString(static_cast<DecodeError>(i)));
  }

  std::vector<std::string> documented;
  std::ifstream reference("idl/README.md");
  for (std::string line; std::getline(reference, line);) {
    if (line.starts_with("| `k")) documented.push_back(line.substr(3, line.find('`', 3) - 3));
  }

  EXPECT_EQ(documented, expected);
}

}  // namespace
}  // namespace ipc
