// The ring alone: what one side writes the other one reads, and what cannot be is noticed.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstring>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "runtime/transport/shm/ring.h"

namespace ipc::internal {
namespace {

using Look = RingReader::Look;

constexpr size_t kRingBytes = 4096;

// A ring in plain memory, where what wraps lies behind the ring instead of in it once more: both
// ends find it there.
class RingTest : public ::testing::Test {
 protected:
  bool Write(std::string_view text, uint32_t rest = 0) {
    uint8_t* const room = writer_.Reserve(static_cast<uint32_t>(text.size()));
    if (room == nullptr) return false;
    std::memcpy(room, text.data(), text.size());
    writer_.Commit(static_cast<uint32_t>(text.size()), rest);
    return true;
  }
  std::string Read() {
    if (reader_.Peek() != Look::kRecord) return "nothing";
    const RingReader::Record& record = reader_.record();
    std::string text(reinterpret_cast<const char*>(record.bytes), record.header.size);
    reader_.Advance();
    return text;
  }
  void WriteHeader(uint64_t at, uint32_t size) {
    const RecordHeader header{.size = size, .rest = 0};
    std::memcpy(memory_.data() + at, &header, sizeof header);
  }

  alignas(kApart) std::array<uint8_t, 2 * kRingBytes> memory_ = {};
  std::atomic<uint64_t> written_ = 0;
  std::atomic<uint64_t> read_ = 0;
  RingWriter writer_{memory_.data(), kRingBytes, {&written_, &read_}};
  RingReader reader_{memory_.data(), kRingBytes, {&written_, &read_}};
};

TEST_F(RingTest, RecordsComeOutAsTheyWentIn) {
  ASSERT_TRUE(Write("first"));
  ASSERT_TRUE(Write("the second"));

  EXPECT_EQ(Read(), "first");
  EXPECT_EQ(Read(), "the second");
  EXPECT_EQ(Read(), "nothing");
}

TEST_F(RingTest, AFullRingTakesNothingUntilTheReaderHasRead) {
  const std::string quarter(kRingBytes / 4 - sizeof(RecordHeader), 'x');
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(Write(quarter));
  ASSERT_FALSE(Write("one more"));

  EXPECT_EQ(Read(), quarter);

  EXPECT_TRUE(Write("one more"));
}

TEST_F(RingTest, ARecordSaysHowMuchFollows) {
  ASSERT_TRUE(Write("piece", 77));

  ASSERT_EQ(reader_.Peek(), Look::kRecord);

  EXPECT_EQ(reader_.record().header.rest, 77u);
}

TEST_F(RingTest, AFrozenRingHasWhatWasThere) {
  ASSERT_TRUE(Write("before"));
  reader_.Freeze();
  ASSERT_TRUE(Write("after"));

  EXPECT_EQ(Read(), "before");
  EXPECT_EQ(Read(), "nothing");
  EXPECT_FALSE(reader_.HasSomething());
}

TEST_F(RingTest, AWrittenCursorBeyondTheRingBreaksTheReader) {
  written_ = kRingBytes + kRecordAlignment;

  EXPECT_EQ(reader_.Peek(), Look::kBroken);
}

TEST_F(RingTest, AWrittenCursorThatGoesBackBreaksTheReader) {
  ASSERT_TRUE(Write("text"));
  ASSERT_EQ(Read(), "text");
  written_ = 0;

  EXPECT_EQ(reader_.Peek(), Look::kBroken);
}

TEST_F(RingTest, AWrittenCursorBetweenRecordsBreaksTheReader) {
  written_ = kRecordAlignment + 1;

  EXPECT_EQ(reader_.Peek(), Look::kBroken);
}

TEST_F(RingTest, ARecordOfNoBytesBreaksTheReader) {
  WriteHeader(0, 0);
  written_ = 2 * kRecordAlignment;

  EXPECT_EQ(reader_.Peek(), Look::kBroken);
}

TEST_F(RingTest, ARecordMayFillWhatWasWrittenAndNotOneByteMore) {
  constexpr uint32_t kWhole = kRecordAlignment - sizeof(RecordHeader);
  written_ = kRecordAlignment;
  WriteHeader(0, kWhole);
  EXPECT_EQ(reader_.Peek(), Look::kRecord);

  WriteHeader(0, kWhole + 1);
  EXPECT_EQ(reader_.Peek(), Look::kBroken);
}

TEST_F(RingTest, ARecordOfFourGigabytesBreaksTheReader) {
  WriteHeader(0, UINT32_MAX);
  written_ = 2 * kRecordAlignment;

  EXPECT_EQ(reader_.Peek(), Look::kBroken);
}

TEST_F(RingTest, ABrokenReaderStaysBroken) {
  written_ = 1;
  ASSERT_EQ(reader_.Peek(), Look::kBroken);
  written_ = 0;

  EXPECT_EQ(reader_.Peek(), Look::kBroken);
  EXPECT_TRUE(reader_.HasSomething());
}

TEST_F(RingTest, AReadCursorBeyondWhatWasWrittenBreaksTheWriter) {
  ASSERT_TRUE(Write(std::string(kRingBytes - sizeof(RecordHeader), 'x')));
  read_ = kRingBytes + kRecordAlignment;

  EXPECT_FALSE(Write("more"));
  EXPECT_TRUE(writer_.is_broken());
}

TEST_F(RingTest, AReadCursorThatGoesBackBreaksTheWriter) {
  const std::string all(kRingBytes - sizeof(RecordHeader), 'x');
  ASSERT_TRUE(Write(all));
  ASSERT_EQ(Read(), all);
  ASSERT_TRUE(Write(all));
  read_ = kRecordAlignment;

  EXPECT_FALSE(Write("more"));
  EXPECT_TRUE(writer_.is_broken());
}

// Under ThreadSanitizer this shows that the cursors order the bytes.
TEST_F(RingTest, TwoThreadsPassRecordsOfManySizes) {
  constexpr int kRecords = 20'000;
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 dice(seed);
  std::vector<uint32_t> sizes(kRecords);
  for (uint32_t& size : sizes) size = 1 + dice() % 200;

  std::thread writing([&] {
    for (int i = 0; i < kRecords; ++i) {
      uint8_t* room = nullptr;
      while ((room = writer_.Reserve(sizes[i])) == nullptr) std::this_thread::yield();
      std::memset(room, i & 0xff, sizes[i]);
      writer_.Commit(sizes[i], static_cast<uint32_t>(i));
    }
  });
  int wrong = 0;
  for (int i = 0; i < kRecords; ++i) {
    while (reader_.Peek() == Look::kNothing) std::this_thread::yield();
    const RingReader::Record& record = reader_.record();
    const std::vector<uint8_t> expected(sizes[i], static_cast<uint8_t>(i & 0xff));
    const bool is_right = record.header.size == sizes[i] &&
                          record.header.rest == static_cast<uint32_t>(i) &&
                          std::memcmp(record.bytes, expected.data(), sizes[i]) == 0;
    wrong += is_right ? 0 : 1;
    reader_.Advance();
  }
  writing.join();

  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace ipc::internal
