// The largest run of bytes in a message stays where it is, at any depth, and nothing else does.
#include "runtime/codec/large_run.h"

#include <gtest/gtest.h>

#include <string>

#include "runtime/codec/entry.h"
#include "tests/unit/codec/shapes.h"
#include "tests/unit/codec/testing.h"

namespace ipc {
namespace {

using shapes::Lists;
using shapes::Node;
using shapes::Scalars;

// A message encoded around its run, with 'x' for what was not written.
struct Around {
  template <typename T>
  explicit Around(const T& message) : bytes(EncodedSize(message), 'x') {
    run = EncodeAround(message, {reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()});
  }

  // With the run in its place.
  std::string Whole() const {
    std::string whole = bytes;
    const auto* const text = reinterpret_cast<const char*>(run.bytes.data());
    return whole.replace(run.offset, run.bytes.size(), text, run.bytes.size());
  }

  std::string bytes;
  LargeRun run;
};

TEST(LargeRunTest, ARunAtAnyDepthStaysWhereItIs) {
  Node message{.name = "root"};
  message.children.push_back({.name = "child"});
  message.children[0].children.push_back({.name = std::string(kLeastLargeRun, 'a')});
  const std::string& large = message.children[0].children[0].name;

  const Around around(message);

  EXPECT_EQ(around.run.bytes.data(), AsBytes(large).data());
  EXPECT_EQ(around.run.bytes.size(), large.size());
  EXPECT_EQ(around.bytes.substr(around.run.offset, large.size()), std::string(large.size(), 'x'));
  EXPECT_EQ(around.Whole(), Encode(message));
}

TEST(LargeRunTest, OfSeveralRunsTheLargestStays) {
  Lists message;
  for (size_t more : {10, 30, 0, 20}) message.blobs.push_back(Bytes(kLeastLargeRun + more, 'b'));

  const Around around(message);

  EXPECT_EQ(around.run.bytes.data(), message.blobs[1].data());
  EXPECT_EQ(around.Whole(), Encode(message));
}

TEST(LargeRunTest, ARunThatIsNotLargeIsWritten) {
  const Scalars message{.text = std::string(kLeastLargeRun - 1, 'a')};

  const Around around(message);

  EXPECT_TRUE(around.run.bytes.empty());
  EXPECT_EQ(around.bytes, Encode(message));
}

// Its text is made while it is written, and gone after that.
TEST(LargeRunTest, TheJsonOfAnyIsWritten) {
  Lists message;
  message.anything = {std::string(2 * kLeastLargeRun, 'j')};

  const Around around(message);

  EXPECT_TRUE(around.run.bytes.empty());
  EXPECT_EQ(around.bytes, Encode(message));
}

TEST(LargeRunTest, WithoutAFinderAllIsWritten) {
  const Scalars message{.blob = Bytes(kLeastLargeRun, 'a')};

  EXPECT_EQ(Encode(message), Around(message).Whole());
}

}  // namespace
}  // namespace ipc
