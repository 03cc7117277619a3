// Random messages survive both forms; random damage to their bytes is refused or read, and what is
// read can be written again.

#include <algorithm>
#include <iostream>
#include <random>
#include <string>

#include "gtest/gtest.h"
#include "runtime/codec/entry.h"
#include "tests/unit/codec/shapes.h"
#include "tests/unit/codec/testing.h"

namespace ipc {
namespace {

using shapes::Color;
using shapes::Lists;
using shapes::Node;
using shapes::Point;
using shapes::Presences;
using shapes::Scalars;
using shapes::Shape;
using shapes::Shuffled;
using shapes::Sound;

class Maker {
 public:
  explicit Maker(uint32_t seed) : random_(seed) {}

  size_t Below(size_t bound) { return random_() % bound; }
  bool Maybe() { return Below(2) == 0; }

  // Of all magnitudes, and the ends of the range among them.
  template <typename T>
  T Integer() {
    const uint64_t bits = (uint64_t{random_()} << 32 | random_()) >> Below(64);
    return static_cast<T>(Maybe() ? bits : ~bits);
  }
  double Real() { return static_cast<double>(Integer<int64_t>()) / 1024; }
  // From now on every fourth text and every fourth blob is so many times kLong.
  void MakeLong(size_t size) { long_ = size; }
  static constexpr char kLong = 'L';

  std::string Text() {
    if (long_ > 0 && Below(4) == 0) return std::string(long_, kLong);
    constexpr std::string_view kPieces[] = {"a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x8c\x8d",
                                            ""};
    std::string text;
    for (size_t i = Below(20); i > 0; --i) text += kPieces[Below(std::size(kPieces))];
    return text;
  }
  Bytes Blob() {
    if (long_ > 0 && Below(4) == 0) return Bytes(long_, uint8_t{kLong});
    Bytes bytes(Below(20));
    for (uint8_t& byte : bytes) byte = Integer<uint8_t>();
    return bytes;
  }
  Color AColor() {
    constexpr Color kColors[] = {Color::kRed, Color::kGreen, Color::kBlue};
    return kColors[Below(3)];
  }
  Point APoint() { return {Integer<int32_t>(), Integer<int32_t>()}; }
  Shape AShape(int depth) {
    switch (Below(depth > 0 ? 4 : 3)) {
      case 0:
        return Shape::Dot(APoint());
      case 1:
        return Shape::Label(Text());
      case 2:
        return Shape::Corners({APoint(), APoint()});
      default:
        return Shape::Nested(AShape(depth - 1));
    }
  }

  // Up to five things that `make` makes.
  template <typename F>
  auto Some(F make) {
    std::vector<decltype(make())> some;
    for (size_t i = Below(6); i > 0; --i) some.push_back(make());
    return some;
  }
  template <typename F>
  auto Nullable(F make) {
    return Maybe() ? std::optional(make()) : std::nullopt;
  }

  void Fill(Scalars& value) {
    value = {.flag = Maybe(),
             .tiny = Integer<int8_t>(),
             .small = Integer<int16_t>(),
             .medium = Integer<int32_t>(),
             .large = Integer<int64_t>(),
             .utiny = Integer<uint8_t>(),
             .usmall = Integer<uint16_t>(),
             .umedium = Integer<uint32_t>(),
             .ularge = Integer<uint64_t>(),
             .single = static_cast<float>(Real()),
             .real = Real(),
             .color = AColor(),
             .text = Text(),
             .blob = Blob()};
  }
  void Fill(Presences& value) {
    const auto number = [&] { return Integer<int32_t>(); };
    value = {.number = Nullable(number),
             .text = Nullable([&] { return Text(); }),
             .color = Nullable([&] { return AColor(); }),
             .point = Nullable([&] { return APoint(); }),
             .blob = Nullable([&] { return Blob(); }),
             .numbers = Nullable([&] { return Some(number); }),
             .seven = number(),
             .hello = Text(),
             .blue = AColor(),
             .origin = APoint(),
             .sound = Maybe() ? Sound::kBark : Sound::kMeow};
    if (Maybe()) value.counts = {{Text(), number()}, {Text(), number()}};
  }
  void Fill(Lists& value) {
    const auto number = [&] { return Integer<int32_t>(); };
    const auto point = [&] { return APoint(); };
    value.numbers = Some(number);
    value.flags = Some([&] { return Maybe(); });
    value.reals = Some([&] { return Real(); });
    value.colors = Some([&] { return AColor(); });
    value.texts = Some([&] { return Text(); });
    value.blobs = Some([&] { return Blob(); });
    value.points = Some(point);
    value.maybe_numbers = Some([&] { return Nullable(number); });
    value.maybe_points = Some([&] { return Nullable(point); });
    value.rows = Some([&] { return Some(number); });
    value.triple = {number(), number(), number()};
    value.address = {Integer<uint8_t>(), 0, 0, Integer<uint8_t>()};
    value.pair = {Text(), Text()};
    for (const std::string& text : Some([&] { return Text(); })) value.counts[text] = number();
    for (const int32_t id : Some(number)) value.points_by_id[id] = APoint();
    value.rows_by_flag[Maybe()] = Some(number);
    value.names[AColor()] = Text();
    value.marks[Real()] = Text();
    value.anything = {Text(), Integer<int64_t>(), nullptr, Array{Real(), Object{{"a", Maybe()}}}};
  }
  void Fill(Node& value) { value = ANode(4); }
  void Fill(Shuffled& value) {
    value = {
        .third = Text(), .second = AShape(4), .first = Integer<int32_t>(), .thirtieth = Blob()};
  }

 private:
  Node ANode(int depth) {
    Node node{.name = Text()};
    if (depth == 0) return node;
    if (Maybe()) node.next = ANode(depth - 1);
    for (size_t i = Below(3); i > 0; --i) node.children.push_back(ANode(depth - 1));
    return node;
  }

  std::mt19937 random_;
  size_t long_ = 0;
};

template <typename T>
class MutationTest : public testing::Test {
 protected:
  MutationTest() {
    const uint32_t seed = std::random_device()();
    testing::Test::RecordProperty("seed", static_cast<int>(seed));
    trace_.emplace(__FILE__, __LINE__, "seed " + std::to_string(seed));
    maker_.emplace(seed);
  }

  T Make() {
    T value;
    maker_->Fill(value);
    return value;
  }

  // Changes, removes, doubles or adds some bytes.
  std::string Damage(std::string bytes) {
    for (size_t times = 1 + maker_->Below(3); times > 0; --times) {
      const size_t at = maker_->Below(bytes.size() + 1);
      switch (maker_->Below(4)) {
        case 0:
          if (at < bytes.size()) bytes[at] = maker_->Integer<char>();
          break;
        case 1:
          bytes.erase(at, maker_->Below(4));
          break;
        case 2:
          bytes.insert(at, 1 + maker_->Below(3), maker_->Integer<char>());
          break;
        default:
          bytes.insert(at, bytes.substr(at, maker_->Below(20)));
      }
    }
    return bytes;
  }

  std::optional<testing::ScopedTrace> trace_;
  std::optional<Maker> maker_;
};

using Types = testing::Types<Scalars, Presences, Lists, Node, Shuffled>;
TYPED_TEST_SUITE(MutationTest, Types);

TYPED_TEST(MutationTest, MessagesSurviveTheWire) {
  for (int i = 0; i < 2'000; ++i) {
    const TypeParam value = this->Make();
    const std::string bytes = Encode(value);

    absl::StatusOr<TypeParam> read = Decode<TypeParam>(AsBytes(bytes));

    ASSERT_TRUE(read.ok()) << read.status() << '\n' << value;
    ASSERT_EQ(*read, value);
  }
}

TYPED_TEST(MutationTest, MessagesSurviveJson) {
  for (int i = 0; i < 1'000; ++i) {
    const TypeParam value = this->Make();

    absl::StatusOr<TypeParam> read = FromJsonValue<TypeParam>(ToJsonValue(value), "value");

    ASSERT_TRUE(read.ok()) << read.status() << '\n' << value;
    ASSERT_EQ(*read, value);
  }
}

TYPED_TEST(MutationTest, WhateverIsReadFromDamagedBytesCanBeWrittenAgain) {
  size_t refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::string bytes = this->Damage(Encode(this->Make()));

    absl::StatusOr<TypeParam> read = Decode<TypeParam>(AsBytes(bytes));

    if (read.ok()) {
      const std::string again = Encode(*read);
      absl::StatusOr<TypeParam> second = Decode<TypeParam>(AsBytes(again));
      ASSERT_TRUE(second.ok()) << second.status() << '\n' << ToHex(bytes);
      ASSERT_EQ(Encode(*second), again) << ToHex(bytes);
    } else {
      ASSERT_NE(read.status().message(), "") << ToHex(bytes);
      ++refused;
    }
  }
  EXPECT_GT(refused, 0u);
}

// Where a sender parts a message, and where a hostile one does: what is read is the same as ever.
TYPED_TEST(MutationTest, ARunThatLiesApartChangesNothing) {
  int taken = 0;
  for (int i = 0; i < 4'000; ++i) {
    this->maker_->MakeLong(200 + this->maker_->Below(5'000));
    std::string bytes = Encode(this->Make());
    if (i % 3 == 0) bytes = this->Damage(bytes);
    size_t begin = std::min(bytes.find(std::string(100, Maker::kLong)), bytes.size());
    size_t end = std::min(bytes.find_first_not_of(Maker::kLong, begin), bytes.size());
    if (i % 4 == 0) begin -= std::min(begin, this->maker_->Below(4));
    if (i % 5 == 0) end = std::min(bytes.size(), end + this->maker_->Below(4));
    if (end - begin <= bytes.size() / 2) continue;
    const auto whole = AsBytes(bytes);
    Bytes run(whole.begin() + begin, whole.begin() + end);
    const std::string around = std::string(bytes).erase(begin, end - begin);
    const PartedBytes parted(AsBytes(around), begin, &run);

    const absl::StatusOr<TypeParam> expected = Decode<TypeParam>(whole);
    const absl::StatusOr<TypeParam> left = Decode<TypeParam>(parted);
    ASSERT_EQ(run.size(), end - begin);
    const absl::StatusOr<TypeParam> moved = Decode<TypeParam>(parted.Yielded());

    ASSERT_EQ(left.status(), expected.status());
    ASSERT_EQ(moved.status(), expected.status());
    if (expected.ok()) {
      ASSERT_EQ(*left, *expected);
      ASSERT_EQ(*moved, *expected);
    }
    taken += run.empty();
  }
  std::cout << taken << " runs were taken" << std::endl;
}

TYPED_TEST(MutationTest, BytesCutAnywhereAreReadOrRefused) {
  const std::string bytes = Encode(this->Make());
  for (size_t size = 0; size < bytes.size(); ++size) {
    // A copy of its own, so that reading beyond it is found.
    const std::vector<uint8_t> cut(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(size));

    absl::StatusOr<TypeParam> read = Decode<TypeParam>(cut);

    if (!read.ok()) {
      EXPECT_NE(read.status().message(), "");
    }
  }
}

}  // namespace
}  // namespace ipc
