// What a pipe in shared memory does beyond what every Pipe promises: order and sleep, and a peer
// that writes what it likes into the memory that is its own.
#include "runtime/transport/shm/shm_pipe.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <chrono>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/transport/shm/region.h"
#include "runtime/transport/shm/ring.h"
#include "tests/unit/transport/shm_pipe_harness.h"

namespace ipc::testing {
namespace {

using ::ipc::internal::kAside;
using ::ipc::internal::LargestRecord;
using ::ipc::internal::RegionEnd;
using ::ipc::internal::RegionHeader;
using ::ipc::internal::RingReader;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(ShmPipeTest, AFrameIsOneRecordAndNothingElse) {
  Connect();

  ASSERT_TRUE(end_.Send("text").ok());

  ASSERT_EQ(reader_->Peek(), RingReader::Look::kRecord);
  const RingReader::Record& record = reader_->record();
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(record.bytes), record.header.size),
            EncodedText("text"));
  EXPECT_EQ(record.header.rest, 0u);
}

TEST_F(ShmPipeTest, APeerThatIsAwakeIsNotRungFor) {
  Connect();
  SayAsleep(0);

  for (int i = 0; i < 100; ++i) ASSERT_TRUE(end_.Send("text").ok());

  EXPECT_EQ(CountRings(), 0u);
}

TEST_F(ShmPipeTest, ASleepIsRungForOnce) {
  Connect();
  SayAsleep(5);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(end_.Send("text").ok());
  EXPECT_EQ(CountRings(), 1u);

  SayAsleep(9);
  ASSERT_TRUE(end_.Send("text").ok());

  EXPECT_EQ(CountRings(), 1u);
}

TEST_F(ShmPipeTest, APeerThatWaitsForRoomIsRungForWhenItWasRead) {
  Connect();
  SayAsleep(6);  // for bytes or room
  end_.OnEachFrame([](const FrameView&) {});
  const std::string large(LargestRecord(ours_->ring_bytes()) - 64, 'x');
  for (int i = 0; i < 4; ++i) WriteRecord(EncodedText(large));

  RunLoop();

  EXPECT_EQ(end_.frames, 4u);
  EXPECT_EQ(CountRings(), 1u);
}

TEST_F(ShmPipeTest, APeerThatWaitsForBytesIsNotRungForRoom) {
  Connect();
  SayAsleep(5);
  end_.OnEachFrame([](const FrameView&) {});
  const std::string large(LargestRecord(ours_->ring_bytes()) - 64, 'x');
  for (int i = 0; i < 4; ++i) WriteRecord(EncodedText(large));

  RunLoop();

  EXPECT_EQ(end_.frames, 4u);
  EXPECT_EQ(CountRings(), 0u);
}

TEST_F(ShmPipeTest, ALoopAtRestSleepsAndIsWokenByTheBell) {
  Connect();
  RunLoop();
  const uint32_t asleep = theirs_->header().waiting.asleep;
  ASSERT_EQ(asleep & internal::kSleepMask, static_cast<uint32_t>(internal::Sleep::kForBytes));

  WriteRecord(EncodedText("hello"));
  RingForPipe();

  EXPECT_TRUE(sequence_->RunUntil([&] { return end_.frames == 1; }));
}

TEST_F(ShmPipeTest, ALoopAtRestWithFramesThatWaitSleepsForRoom) {
  Connect();
  const size_t larger_than_the_ring = 2 * ours_->ring_bytes();

  ASSERT_TRUE(SendPattern(*end_.pipe, larger_than_the_ring).ok());

  EXPECT_EQ(theirs_->header().waiting.asleep & internal::kSleepMask,
            static_cast<uint32_t>(internal::Sleep::kForBytesOrRoom));
}

TEST_F(ShmPipeTest, CancelsAndPingsGoBeforeALargeFrame) {
  Connect();
  ASSERT_TRUE(SendPattern(*end_.pipe, 2 * ours_->ring_bytes()).ok());
  ASSERT_TRUE(SendText(*end_.pipe, "", FrameKind::kCancel).ok());
  ASSERT_TRUE(SendText(*end_.pipe, "", FrameKind::kPing).ok());
  ASSERT_TRUE(SendText(*end_.pipe, "", FrameKind::kPong).ok());
  ASSERT_TRUE(SendText(*end_.pipe, "in its order").ok());

  std::vector<Record> before = ReadRecords();
  RunLoop();
  std::vector<Record> after;
  for (;;) {
    std::vector<Record> more = ReadRecords();
    if (more.empty()) break;
    after.insert(after.end(), more.begin(), more.end());
    RunLoop();
  }

  for (const Record& piece : before) EXPECT_GT(piece.rest, 0u);
  ASSERT_GT(after.size(), 5u);
  EXPECT_EQ(after[0].kind, FrameKind::kCancel);
  EXPECT_EQ(after[1].kind, FrameKind::kPing);
  EXPECT_EQ(after[2].kind, FrameKind::kPong);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(after[i].rest, kAside);
  EXPECT_EQ(after.back().kind, FrameKind::kSend);
}

TEST_F(ShmPipeTest, ACancelNeverGoesBeforeItsCall) {
  Connect();
  ASSERT_TRUE(SendPattern(*end_.pipe, 2 * ours_->ring_bytes()).ok());
  FrameHeader call;
  call.kind = FrameKind::kInvoke;
  call.call_id = CallId(1);
  call.channel = "channel";
  ASSERT_TRUE(end_.pipe->Send(call, EmptyPayload()).ok());
  ASSERT_TRUE(SendText(*end_.pipe, "", FrameKind::kCancel).ok());

  std::vector<FrameKind> kinds;
  for (std::vector<Record> more = ReadRecords(); !more.empty(); more = ReadRecords()) {
    for (const Record& record : more) {
      if (record.kind != FrameKind{}) kinds.push_back(record.kind);
    }
    RunLoop();
  }

  EXPECT_THAT(kinds, ElementsAre(FrameKind::kInvoke, FrameKind::kCancel));
}

TEST_F(ShmPipeTest, AFrameInPiecesMayHaveOthersBetweenThem) {
  Connect();
  const std::string frame = EncodedText("one two three");
  WriteRecord(frame.substr(0, 5), static_cast<uint32_t>(frame.size() - 5));
  WriteRecord(EncodedText("aside"), kAside);
  WriteRecord(frame.substr(5, 3), static_cast<uint32_t>(frame.size() - 8));
  WriteRecord(frame.substr(8), 0);

  RunLoop();

  EXPECT_THAT(end_.log, ElementsAre("frame:aside", "frame:one two three"));
}

TEST_F(ShmPipeTest, WhatAPeerWroteBeforeItDiedIsHandedOver) {
  Connect();
  WriteRecord(EncodedText("last words"));

  socket_.Reset();

  EXPECT_EQ(EndReason(), absl::UnavailableError("the connection was lost"));
  EXPECT_THAT(end_.log, ElementsAre("frame:last words", "closed:UNAVAILABLE"));
}

TEST_F(ShmPipeTest, WhatIsWrittenAfterThePeerDiedIsNotHeard) {
  Connect();
  socket_.Reset();
  RunLoop();
  ASSERT_TRUE(end_.is_ended);

  WriteRecord(EncodedText("from a grandchild"));
  RunLoop();

  EXPECT_THAT(end_.log, ElementsAre("closed:UNAVAILABLE"));
}

TEST_F(ShmPipeTest, AnEndInTheMiddleOfAFrameIsALoss) {
  Connect();
  WriteRecord("beginning", 100);
  header().ending.end = static_cast<uint32_t>(RegionEnd::kClosed);
  RingForPipe();

  EXPECT_EQ(EndReason(), absl::UnavailableError("the connection was lost"));
}

TEST_F(ShmPipeTest, AFarewellIsReadWhateverIsInTheRing) {
  Connect();
  WriteRecord(EncodedText("unread"));
  RegionHeader::Farewell& farewell = header().farewell;
  farewell.code = static_cast<uint32_t>(absl::StatusCode::kPermissionDenied);
  farewell.size = 7;
  std::memcpy(farewell.text, "go away", 7);
  header().ending.end = static_cast<uint32_t>(RegionEnd::kAborted);
  RingForPipe();

  EXPECT_EQ(EndReason(), absl::PermissionDeniedError("go away"));
  EXPECT_EQ(end_.frames, 0u);
}

TEST_F(ShmPipeTest, AnAbortSaysWhyInItsRegion) {
  Connect();

  end_.pipe->Abort(absl::PermissionDeniedError("go away"));

  const RegionHeader::Farewell& farewell = theirs_->header().farewell;
  EXPECT_EQ(theirs_->header().ending.end, static_cast<uint32_t>(RegionEnd::kAborted));
  EXPECT_EQ(farewell.code, static_cast<uint32_t>(absl::StatusCode::kPermissionDenied));
  EXPECT_EQ(std::string(farewell.text, farewell.size), "go away");
}

// With a budget without end, a wait that spun would not come back.
TEST_F(ShmPipeTest, SignsOfLifeAreNothingToSpinFor) {
  Connect();
  header().waiting.processor = UINT32_MAX;  // elsewhere
  sequence_->loop()->SetSpinBudget(std::chrono::duration_cast<microseconds>(kPatience));
  const auto wait = [&] {
    const MonotonicTime start = std::chrono::steady_clock::now();
    end_.pipe->WaitForFrames(start + milliseconds(1), {});
    return std::chrono::steady_clock::now() - start;
  };

  ASSERT_TRUE(SendText(*end_.pipe, "", FrameKind::kPing).ok());
  ASSERT_TRUE(SendText(*end_.pipe, "", FrameKind::kPong).ok());

  EXPECT_LT(wait(), kPatience);
}

// --- Peers without manners. Each ends its own pipe, and the pipe says why.

TEST_F(HostileShmTest, AWrittenCursorThatCannotBe) {
  for (uint64_t cursor : {uint64_t{3}, uint64_t{1} << 40, UINT64_MAX, UINT64_MAX - 7}) {
    end_.is_ended = false;
    Connect();
    header().sending.written = cursor;
    ExpectEnd("shared memory: a cursor or a size that cannot be");
    end_.pipe.reset();
  }
}

TEST_F(HostileShmTest, AReadCursorThatCannotBe) {
  for (uint64_t cursor : {uint64_t{3}, uint64_t{1} << 40, UINT64_MAX, UINT64_MAX - 7}) {
    end_.is_ended = false;
    Connect();
    header().receiving.read = cursor;
    ASSERT_TRUE(SendPattern(*end_.pipe, 2 * ours_->ring_bytes()).ok());
    ExpectEnd("shared memory: the peer has read what is not there");
    end_.pipe.reset();
  }
}

TEST_F(HostileShmTest, AFrameOverTheLimit) {
  Limits limits;
  limits.message_bytes = 1000;
  limits.header_bytes = 100;
  Connect(limits);
  WriteRecord(std::string(1101, 'x'));

  ExpectEnd("shared memory: a frame over the limit");
}

TEST_F(HostileShmTest, AFrameInPiecesOverTheLimit) {
  for (uint32_t rest : {1100u, 1u << 30, UINT32_MAX - 2}) {
    end_.is_ended = false;
    Limits limits;
    limits.message_bytes = 1000;
    limits.header_bytes = 100;
    Connect(limits);
    WriteRecord("x", rest);
    ExpectEnd("shared memory: a frame over the limit");
    end_.pipe.reset();
  }
}

TEST_F(HostileShmTest, PiecesThatDoNotFit) {
  for (uint32_t rest : {0u, 90u, 92u, UINT32_MAX - 2, internal::kParted}) {
    end_.is_ended = false;
    Connect();
    WriteRecord("123456789", 100);
    WriteRecord("123456789", rest);
    ExpectEnd("shared memory: a piece that does not fit its frame");
    end_.pipe.reset();
  }
}

TEST_F(HostileShmTest, BytesThatAreNoFrame) {
  Connect();
  WriteRecord("\xff\xff\xff\xff");

  ExpectEnd("");
}

TEST_F(HostileShmTest, AnEndThatDoesNotExist) {
  Connect();
  header().ending.end = 77;

  ExpectEnd("shared memory: an end that does not exist");
}

TEST_F(HostileShmTest, AFarewellThatSaysNothing) {
  struct Case {
    uint32_t code;
    uint32_t size;
    const char* text;
  };
  for (const Case& each : {Case{0, 2, "ok"}, Case{17, 2, "no"}, Case{UINT32_MAX, 2, "no"},
                           Case{3, 4, "\xff\xfe\xfd\xfc"}}) {
    end_.is_ended = false;
    Connect();
    header().farewell.code = each.code;
    header().farewell.size = each.size;
    std::memcpy(header().farewell.text, each.text, each.size);
    header().ending.end = static_cast<uint32_t>(RegionEnd::kAborted);
    ExpectEnd("shared memory: a farewell that says nothing");
    end_.pipe.reset();
  }
}

TEST_F(HostileShmTest, AFarewellLongerThanItsRoomIsCut) {
  Connect();
  header().farewell.code = 3;
  header().farewell.size = UINT32_MAX;
  std::memset(header().farewell.text, 'x', RegionHeader::Farewell::kMaxText);
  header().ending.end = static_cast<uint32_t>(RegionEnd::kAborted);
  RingForPipe();

  EXPECT_EQ(EndReason().message(), std::string(RegionHeader::Farewell::kMaxText, 'x'));
}

TEST_F(HostileShmTest, DescriptorsThatComeWithARingAreNotKept) {
  Connect();
  const size_t before = CountOpenDescriptors();
  char byte = 0;
  iovec data{.iov_base = &byte, .iov_len = 1};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  cmsghdr* rights = CMSG_FIRSTHDR(&message);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(int));
  const int gift = socket_.get();
  std::memcpy(CMSG_DATA(rights), &gift, sizeof gift);
  ASSERT_EQ(sendmsg(socket_.get(), &message, 0), 1);

  RunLoop();

  EXPECT_EQ(CountOpenDescriptors(), before);
  EXPECT_THAT(end_.log, IsEmpty());
}

TEST_F(HostileShmTest, ABellThatIsNeverHeardBlocksNobody) {
  Connect();

  for (uint32_t i = 1; i < 10'000; ++i) {
    SayAsleep(i * internal::kSleepStep + 1);
    ASSERT_TRUE(end_.Send("x").ok());
    if (i % 1000 == 0) {
      ReadRecords();
      SayRead();
    }
  }

  EXPECT_FALSE(end_.is_ended);
}

}  // namespace
}  // namespace ipc::testing
