// A run that lies apart, and lengths around it that only a hostile sender writes.
#include "runtime/codec/parted_bytes.h"

#include <gtest/gtest.h>

#include <string>

#include "runtime/codec/entry.h"
#include "tests/unit/codec/shapes.h"
#include "tests/unit/codec/testing.h"

namespace ipc {
namespace {

using shapes::Node;
using shapes::Scalars;

// `whole` without `size` bytes from `begin` on, which lie apart. On the heap, and no larger than it
// is, so that a sanitizer sees who reads beyond.
struct Parted {
  Parted(const std::string& whole, size_t begin, size_t size)
      : run(whole.begin() + begin, whole.begin() + begin + size),
        around(whole.begin(), whole.begin() + begin) {
    around.insert(around.end(), whole.begin() + begin + size, whole.end());
    around.shrink_to_fit();
    bytes = PartedBytes(absl::MakeConstSpan(around), begin, &run);
  }
  Parted(const Parted&) = delete;

  Bytes run;
  std::vector<uint8_t> around;
  PartedBytes bytes;
};

// A child with a long name, in a parent with something behind it; of the child it says that it has
// `length` bytes.
std::string NestedWith(size_t length) {
  Node parent{.name = "parent"};
  parent.children.push_back({.name = std::string(300, 'L')});
  parent.children.push_back({.name = "behind"});
  std::string bytes = Encode(parent);
  const std::string child = Encode(parent.children[0]);
  // In two bytes, whatever it is.
  const size_t at = bytes.find(child) - 2;
  bytes[at] = static_cast<char>(0x80 | (length & 0x7F));
  bytes[at + 1] = static_cast<char>(length >> 7);
  return bytes;
}

TEST(PartedBytesTest, ALengthThatEndsElsewhereIsReadAsInOnePiece) {
  for (size_t length = 0; length <= 400; ++length) {
    const std::string whole = NestedWith(length);
    Parted parted(whole, whole.find("LLL"), 300);

    const absl::StatusOr<Node> expected = Decode<Node>(AsBytes(whole));
    const absl::StatusOr<Node> read = Decode<Node>(parted.bytes);

    ASSERT_EQ(read.status(), expected.status()) << length;
    if (expected.ok()) {
      EXPECT_EQ(*read, *expected) << length;
    }
  }
}

TEST(PartedBytesTest, ARunIsCharged) {
  const std::string whole = Encode(Scalars{.blob = Bytes(300, uint8_t{'L'})});
  Parted parted(whole, whole.find("LLL"), 300);
  Scalars value;
  DecodeProblem problem;

  EXPECT_TRUE(TryDecode(parted.bytes, value, problem, {.max_bytes = 300}));
  EXPECT_FALSE(TryDecode(parted.bytes, value, problem, {.max_bytes = 299}));

  EXPECT_EQ(ToString(problem.error), ToString(DecodeError::kTooLarge));
}

TEST(PartedBytesTest, OnlyWhatIsYieldedIsTaken) {
  const std::string whole = Encode(Scalars{.blob = Bytes(300, uint8_t{'L'})});
  Parted parted(whole, whole.find("LLL"), 300);
  const uint8_t* const data = parted.run.data();

  EXPECT_NE(Decode<Scalars>(parted.bytes)->blob.data(), data);
  EXPECT_EQ(Decode<Scalars>(parted.bytes.Yielded())->blob.data(), data);
}

}  // namespace
}  // namespace ipc
