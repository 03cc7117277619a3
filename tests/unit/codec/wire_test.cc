#include <limits>

#include "gtest/gtest.h"
#include "runtime/codec/wire_reader.h"
#include "runtime/codec/wire_writer.h"
#include "tests/unit/codec/testing.h"

namespace ipc {
namespace {

std::string Varint(uint64_t value) {
  std::string bytes(VarintSize(value), '\0');
  WireWriter out(absl::MakeSpan(reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()));
  out.Varint(value);
  out.Finish();
  return bytes;
}

TEST(WireTest, VarintsOfEveryLengthReadAsWritten) {
  for (int bit = 0; bit < 64; ++bit) {
    for (const uint64_t value : {(uint64_t{1} << bit) - 1, uint64_t{1} << bit}) {
      const std::string bytes = Varint(value);
      WireReader in(AsBytes(bytes));
      uint64_t read = ~value;

      ASSERT_TRUE(in.Varint(read)) << value;

      EXPECT_EQ(read, value);
      EXPECT_TRUE(in.at_end());
    }
  }
}

TEST(WireTest, VarintsEndingEarlyAreRefusedAtEveryByte) {
  const std::string whole = Varint(std::numeric_limits<uint64_t>::max());
  for (size_t size = 0; size < whole.size(); ++size) {
    const std::string bytes = whole.substr(0, size);
    WireReader in(AsBytes(bytes));
    uint64_t read;

    EXPECT_FALSE(in.Varint(read)) << size;

    EXPECT_EQ(in.TakeProblem().error, DecodeError::kTruncated);
  }
}

TEST(WireTest, VarintsLongerThanNecessaryAreRead) {
  const std::string bytes = FromHex("8180808080808080 8000");
  WireReader in(AsBytes(bytes));
  uint64_t read = 0;

  ASSERT_TRUE(in.Varint(read));

  EXPECT_EQ(read, 1u);
}

TEST(WireTest, VarintsOfMoreThan64BitsAreRefused) {
  for (std::string_view hex :
       {"ffffffffffffffffff02", "ffffffffffffffffff8001", "80808080808080808080808080808000"}) {
    const std::string bytes = FromHex(hex);
    WireReader in(AsBytes(bytes));
    uint64_t read;

    EXPECT_FALSE(in.Varint(read)) << hex;

    EXPECT_EQ(in.TakeProblem().error, DecodeError::kVarintTooLong);
  }
}

TEST(WireTest, TheLargestTagIsRead) {
  const std::string bytes = FromHex("faffffff0f");
  WireReader in(AsBytes(bytes));
  uint32_t tag = 0;

  ASSERT_TRUE(in.NextTag(tag));

  EXPECT_EQ(tag >> 3, kMaxFieldNumber);
}

TEST(WireTest, ARunEndsWhereAnotherTagBegins) {
  const std::string bytes = FromHex("01 61 0a 00 0a 01 62 10 01 0a 00");  // behind the first tag 0a
  WireReader in(AsBytes(bytes));

  EXPECT_EQ(in.CountRun(0x0a), 3u);

  EXPECT_EQ(in.remaining(), bytes.size());
}

TEST(WireTest, ARunEndsWhereTheBytesAreMalformed) {
  const std::string bytes = FromHex("01 61 0a 7f 62");
  WireReader in(AsBytes(bytes));

  EXPECT_EQ(in.CountRun(0x0a), 1u);
}

TEST(WireDeathTest, WritingPastTheFrontOfTheRoomEndsTheProcess) {
  std::string bytes(3, '\0');
  WireWriter out(absl::MakeSpan(reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()));

  EXPECT_DEATH(out.Fixed32(1), "a message changed while it was written");
}

TEST(WireDeathTest, LeavingRoomUnwrittenEndsTheProcess) {
  std::string bytes(3, '\0');
  const WireWriter out(absl::MakeSpan(reinterpret_cast<uint8_t*>(bytes.data()), bytes.size()));

  EXPECT_DEATH(out.Finish(), "a message changed while it was written");
}

}  // namespace
}  // namespace ipc
