// Random values survive the way to text and back; random damage to the text crashes nobody.
//
// The seed is printed; IPC_TEST_SEED=N repeats a run.
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "gtest/gtest.h"
#include "runtime/value/json_reader.h"
#include "runtime/value/json_writer.h"

namespace ipc {
namespace {

class JsonMutationTest : public testing::Test {
 protected:
  JsonMutationTest() {
    const char* given = std::getenv("IPC_TEST_SEED");
    const unsigned seed = given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10))
                                           : std::random_device()();
    std::cout << "seed " << seed << std::endl;
    random_.seed(seed);
  }

  uint64_t Any() { return random_(); }
  size_t Below(size_t end) { return static_cast<size_t>(Any() % end); }

  double AnyDouble() {
    const uint64_t bits = Any();
    double number;
    std::memcpy(&number, &bits, sizeof number);
    return std::isfinite(number) ? number : 0.5;
  }
  std::string AnyString() {
    static constexpr std::string_view kPieces[] = {
        "",         "a",
        "$",        "$bytes",
        "\"",       "\\",
        "\n",       "\x01",
        "\xC3\xA4", "\xF0\x9F\x98\x80",
        "</",       "long enough to leave the small string"};
    std::string text;
    for (size_t i = Below(4); i > 0; --i) text += kPieces[Below(std::size(kPieces))];
    return text;
  }
  Value AnyValue(size_t depth) {
    switch (Below(depth == 0 ? 8 : 10)) {
      case 0:
        return nullptr;
      case 1:
        return Below(2) == 0;
      case 2:
        return static_cast<int64_t>(Any()) >> Below(64);
      case 3:
        return Any() >> Below(64);
      case 4:
        return AnyDouble();
      case 5:
        return static_cast<double>(Any() >> Below(64));
      case 6:
        return AnyString();
      case 7:
        return Bytes(Below(5), static_cast<uint8_t>(Any()));
      case 8: {
        Array array;
        for (size_t i = Below(5); i > 0; --i) array.push_back(AnyValue(depth - 1));
        return array;
      }
      default: {
        Object object;
        for (size_t i = Below(20); i > 0; --i) object.Set(AnyString(), AnyValue(depth - 1));
        return object;
      }
    }
  }

  // One small harm: a byte changed, removed, doubled, or a piece of the text copied elsewhere.
  void Damage(std::string* text) {
    static constexpr std::string_view kBytes = "[]{},:\"\\$-+.eE0123456789tfnu \x80\xFF";
    const size_t at = Below(text->size() + 1);
    switch (Below(4)) {
      case 0:
        if (at < text->size()) (*text)[at] = kBytes[Below(kBytes.size())];
        break;
      case 1:
        text->erase(at, Below(3));
        break;
      case 2:
        text->insert(at, 1, kBytes[Below(kBytes.size())]);
        break;
      default:
        text->insert(at, text->substr(Below(text->size() + 1), Below(12)));
        break;
    }
  }

  std::mt19937_64 random_;
};

std::vector<absl::Span<const uint8_t>> Spans(const std::vector<const Bytes*>& blobs) {
  std::vector<absl::Span<const uint8_t>> spans;
  for (const Bytes* blob : blobs) spans.emplace_back(*blob);
  return spans;
}

TEST_F(JsonMutationTest, ValuesPassUnchanged) {
  for (int i = 0; i < 5000; ++i) {
    const Value value = AnyValue(4);
    std::string text;
    std::vector<const Bytes*> blobs;

    ASSERT_TRUE(WriteJson(value, {}, &text, &blobs).ok());
    const auto from_wire = ReadJsonWithBlobs(text, Spans(blobs));
    const auto from_people = ReadJson(ToJson(value));

    ASSERT_TRUE(from_wire.ok()) << from_wire.status() << "\n" << text;
    ASSERT_EQ(*from_wire, value);
    ASSERT_TRUE(from_people.ok()) << from_people.status() << "\n" << value;
    ASSERT_EQ(*from_people, value);
  }
}

TEST_F(JsonMutationTest, DamagedTextIsRefusedOrReadAndWrittenAgain) {
  for (int i = 0; i < 20000; ++i) {
    const Value value = AnyValue(3);
    std::string text;
    std::vector<const Bytes*> blobs;
    ASSERT_TRUE(WriteJson(value, {}, &text, &blobs).ok());
    for (size_t harms = 1 + Below(3); harms > 0; --harms) Damage(&text);

    const auto read = ReadJsonWithBlobs(text, Spans(blobs));
    const auto read_alone = ReadJson(text);

    if (read.ok()) {
      ASSERT_EQ(*ReadJson(ToJson(*read)), *read) << text;
    } else {
      ASSERT_EQ(read.status().code(), absl::StatusCode::kInvalidArgument) << text;
    }
    if (read_alone.ok()) {
      ASSERT_EQ(*ReadJson(ToJson(*read_alone)), *read_alone) << text;
    }
  }
}

TEST_F(JsonMutationTest, NoiseIsRefusedOrRead) {
  for (int i = 0; i < 20000; ++i) {
    std::string text;
    for (size_t size = Below(40); size > 0; --size) text += static_cast<char>(Any());
    std::string brackets;
    for (size_t size = Below(40); size > 0; --size) brackets += "[]{}:,\"1\\"[Below(9)];

    for (const std::string& noise : {text, brackets}) {
      const auto read = ReadJson(noise);

      if (read.ok()) {
        ASSERT_EQ(*ReadJson(ToJson(*read)), *read) << noise;
      }
    }
  }
}

}  // namespace
}  // namespace ipc
