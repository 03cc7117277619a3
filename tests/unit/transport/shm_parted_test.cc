// Frames that travel without their run of bytes, which follows by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/transport/shm/layout.h"
#include "tests/unit/transport/shm_pipe_harness.h"

namespace ipc::testing {
namespace {

using ::ipc::internal::kAside;
using ::ipc::internal::kLeastRun;
using ::ipc::internal::kParted;
using ::ipc::internal::PartedHead;
using ::testing::ElementsAre;

// The first record of a parted frame.
std::string HeadRecord(PartedHead head, std::string_view around) {
  std::string record(sizeof head, '\0');
  std::memcpy(record.data(), &head, sizeof head);
  return record.append(around);
}

class PartedShmTest : public ShmPipeTest {
 protected:
  // A frame with `text`, of which the run is all but `before` and `after`.
  void WriteHeadOf(std::string_view text, size_t before, size_t after) {
    const std::string frame = EncodedText(text);
    const size_t offset = frame.size() - text.size() + before;
    const size_t run = text.size() - before - after;
    const PartedHead head{.offset = static_cast<uint32_t>(offset),
                          .run_size = static_cast<uint32_t>(run)};
    WriteRecord(HeadRecord(head, frame.substr(0, offset) + frame.substr(offset + run)), kParted);
  }
};

TEST_F(PartedShmTest, ARunIsSentByItselfBehindAllOtherBytes) {
  Connect();
  SayAsleep(0);

  ASSERT_TRUE(SendRun(*end_.pipe, 100'000, 3, 4).ok());

  const std::vector<Record> records = ReadRecords();
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(records[0].rest, kParted);
  EXPECT_LT(records[0].size, 100u);
  EXPECT_EQ(records[1].size + records[2].size, 100'000u);
  EXPECT_EQ(records[1].rest, records[2].size);
  EXPECT_EQ(records[2].rest, 0u);
}

TEST_F(PartedShmTest, WhatIsMoreThanARecordBesideItsRunIsSentAsItIs) {
  Connect();

  ASSERT_TRUE(SendRun(*end_.pipe, 100'000, 70'000, 0).ok());

  for (const Record& record : ReadRecords()) EXPECT_NE(record.rest, kParted);
}

TEST_F(PartedShmTest, WhatWasWrittenAtOnceTakesNoRoomInTheQueue) {
  Limits limits;
  limits.outbound_bytes = 300'000;
  Connect(limits);

  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(SendRun(*end_.pipe, 100'000).ok()) << i;
    ReadRecords();
  }
}

TEST_F(PartedShmTest, ASleeperIsRungForOnce) {
  Connect();
  SayAsleep(5);

  ASSERT_TRUE(SendRun(*end_.pipe, 2 * ours_->ring_bytes()).ok());

  EXPECT_EQ(CountRings(), 1u);
}

TEST_F(PartedShmTest, SignalsGoBetweenThePiecesThatWait) {
  Connect();
  ASSERT_TRUE(SendRun(*end_.pipe, 2 * ours_->ring_bytes()).ok());
  ASSERT_TRUE(SendText(*end_.pipe, "", FrameKind::kPing).ok());
  ASSERT_TRUE(end_.Send("in its order").ok());

  std::vector<FrameKind> kinds;
  for (std::vector<Record> more = ReadRecords(); !more.empty(); more = ReadRecords()) {
    for (const Record& record : more) {
      if (record.kind != FrameKind{}) kinds.push_back(record.kind);
    }
    RunLoop();
  }

  EXPECT_THAT(kinds, ElementsAre(FrameKind::kPing, FrameKind::kSend));
}

TEST_F(PartedShmTest, ACancelNeverGoesBeforeItsPartedCall) {
  Connect();
  FrameHeader call;
  call.kind = FrameKind::kInvoke;
  call.call_id = CallId(1);
  call.channel = "channel";
  call.payload_kind = PayloadKind::kTyped;
  ASSERT_TRUE(end_.pipe->Send(call, RunPayload(0, 2 * ours_->ring_bytes(), 0)).ok());
  ASSERT_TRUE(SendText(*end_.pipe, "", FrameKind::kCancel).ok());

  bool is_call_whole = false;
  bool is_cancelled = false;
  for (std::vector<Record> more = ReadRecords(); !more.empty(); more = ReadRecords()) {
    for (const Record& record : more) {
      EXPECT_TRUE(record.kind != FrameKind::kCancel || is_call_whole);
      is_call_whole = is_call_whole || record.rest == 0;
      is_cancelled = is_cancelled || record.kind == FrameKind::kCancel;
    }
    RunLoop();
  }

  EXPECT_TRUE(is_cancelled);
}

TEST_F(PartedShmTest, ARunIsPutWhereItBelongs) {
  Connect();
  const std::string text = absl::StrCat("before", std::string(kLeastRun, 'r'), "after");
  WriteHeadOf(text, 6, 5);
  WriteRecord(EncodedText("aside"), kAside);
  WriteRecord(std::string(10, 'r'), kLeastRun - 10);
  WriteRecord(EncodedText("another"), kAside);
  WriteRecord(std::string(30'000, 'r'), kLeastRun - 30'010);
  WriteRecord(std::string(kLeastRun - 30'010, 'r'), 0);

  RunLoop();

  EXPECT_THAT(end_.log, ElementsAre("frame:aside", "frame:another", absl::StrCat("frame:", text)));
}

TEST_F(PartedShmTest, AnEndInTheMiddleOfARunIsALoss) {
  Connect();
  WriteHeadOf(std::string(kLeastRun, 'r'), 0, 0);
  header().ending.end = static_cast<uint32_t>(internal::RegionEnd::kClosed);
  RingForPipe();

  EXPECT_EQ(EndReason(), absl::UnavailableError("the connection was lost"));
}

class HostilePartedTest : public HostileShmTest {};

TEST_F(HostilePartedTest, AHeadThatCannotBe) {
  const std::string around = EncodedText("around");
  const auto size = static_cast<uint32_t>(around.size());
  for (const PartedHead head : {PartedHead{size + 1, kLeastRun}, PartedHead{UINT32_MAX, kLeastRun},
                                PartedHead{0, 0}, PartedHead{0, kLeastRun - 1}}) {
    end_.is_ended = false;
    Connect();
    WriteRecord(HeadRecord(head, around), kParted);
    ExpectEnd("shared memory: a parted frame that cannot be");
    end_.pipe.reset();
  }
}

TEST_F(HostilePartedTest, ARunThatIsNotTheMostOfItsFrame) {
  Connect();
  WriteRecord(HeadRecord({0, kLeastRun}, std::string(kLeastRun, 'x')), kParted);

  ExpectEnd("shared memory: a parted frame that cannot be");
}

TEST_F(HostilePartedTest, ARunOverTheLimit) {
  for (uint32_t run : {(1u << 20) + 1, 1u << 31, UINT32_MAX}) {
    end_.is_ended = false;
    Limits limits;
    limits.message_bytes = 1 << 20;
    limits.header_bytes = 0;
    Connect(limits);
    WriteRecord(HeadRecord({0, run}, "x"), kParted);
    ExpectEnd("shared memory: a frame over the limit");
    end_.pipe.reset();
  }
}

TEST_F(HostilePartedTest, AHeadWithoutAFrame) {
  for (const std::string& record : {std::string("x"), std::string(sizeof(PartedHead), '\0')}) {
    end_.is_ended = false;
    Connect();
    WriteRecord(record, kParted);
    ExpectEnd("shared memory: a parted frame without a frame");
    end_.pipe.reset();
  }
}

TEST_F(HostilePartedTest, PiecesThatDoNotFitTheirRun) {
  for (uint32_t rest : {0u, kLeastRun - 11, kLeastRun - 9, kLeastRun, kParted}) {
    end_.is_ended = false;
    Connect();
    WriteRecord(HeadRecord({0, kLeastRun}, "x"), kParted);
    WriteRecord("0123456789", rest);
    ExpectEnd("shared memory: a piece that does not fit its frame");
    end_.pipe.reset();
  }
}

TEST_F(HostilePartedTest, AReadCursorThatCannotBe) {
  Connect();
  header().receiving.read = 3;

  ASSERT_TRUE(SendRun(*end_.pipe, 2 * ours_->ring_bytes()).ok());

  ExpectEnd("shared memory: the peer has read what is not there");
}

}  // namespace
}  // namespace ipc::testing
