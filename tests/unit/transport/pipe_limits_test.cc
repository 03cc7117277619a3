// What a Pipe promises about sizes, full queues and many frames.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/transport/outbound_quota.h"
#include "tests/unit/transport/pipe_test.h"

namespace ipc::testing {
namespace {

using ::testing::ElementsAre;

class PipeLimitsTest : public PipeTest {};

INSTANTIATE_TEST_SUITE_P(Every, PipeLimitsTest, ::testing::ValuesIn(AllTransports()), NameOf);

TEST_P(PipeLimitsTest, PayloadsOfEverySizeArriveWhole) {
  ConnectAndStart();
  const std::vector<size_t> sizes = {0,      1,      127,     128,     16'383,    16'384,   65'535,
                                     65'536, 65'537, 262'143, 262'147, 1'048'576, 3'145'729};
  std::vector<size_t> received;
  bool is_intact = true;
  right().OnEachFrame([&](const FrameView& frame) {
    received.push_back(frame.payload.size());
    is_intact = is_intact && PatternPayload::Matches(frame.payload.Joined());
  });

  for (size_t i = 0; i < sizes.size(); ++i) {
    left().Run([&] { EXPECT_TRUE(SendPattern(*left().pipe, sizes[i]).ok()) << sizes[i]; });
    ASSERT_TRUE(right().AwaitFrames(i + 1)) << sizes[i];
  }

  EXPECT_EQ(received, sizes);
  EXPECT_TRUE(is_intact);
}

TEST_P(PipeLimitsTest, MessagesUpToTheLimitTravelAndLargerOnesAreRefused) {
  const size_t limit = Limits().message_bytes;
  ConnectAndStart();
  std::vector<size_t> received;
  right().OnEachFrame([&](const FrameView& frame) { received.push_back(frame.payload.size()); });

  for (size_t size : {limit - 1, limit}) {
    left().Run([&] { EXPECT_TRUE(SendPattern(*left().pipe, size).ok()); });
    ASSERT_TRUE(right().sequence().RunUntil([&] { return received.size() > size - (limit - 1); }));
  }
  absl::Status refused;
  left().Run([&] { refused = SendPattern(*left().pipe, limit + 1); });

  EXPECT_EQ(refused.code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(refused.message(), absl::StrCat(limit + 1, " bytes, the limit is ", limit));
  EXPECT_THAT(received, ElementsAre(limit - 1, limit));
}

TEST_P(PipeLimitsTest, AFullQueueRefusesAndSaysWhenThereIsRoom) {
  // More than the queue, both inboxes and everything in between hold.
  constexpr size_t kFrame = 64 << 10;
  constexpr int kMany = 1000;
  Limits limits;
  limits.outbound_bytes = 1 << 20;
  limits.inbound_bytes = 1 << 20;
  Connect(limits);
  left().Start();

  int sent = 0;
  absl::Status status;
  left().Run([&] {
    while (status.ok() && sent < kMany) {
      status = SendPattern(*left().pipe, kFrame);
      if (status.ok()) ++sent;
    }
  });
  right().OnEachFrame([](const FrameView&) {});
  right().Start();

  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_THAT(left().AwaitLog(1), ElementsAre("writable"));
  EXPECT_TRUE(left().Send("again").ok());
  EXPECT_TRUE(right().AwaitFrames(static_cast<size_t>(sent) + 1));
}

TEST_P(PipeLimitsTest, AFullQueueStillTakesAnswers) {
  constexpr size_t kFrame = 64 << 10;
  constexpr int kMany = 1000;
  Limits limits;
  limits.outbound_bytes = 1 << 20;
  limits.inbound_bytes = 1 << 20;
  Connect(limits);
  left().Start();

  absl::Status refused;
  absl::Status answered;
  left().Run([&] {
    for (int i = 0; i < kMany && refused.ok(); ++i) refused = SendPattern(*left().pipe, kFrame);
    answered = SendText(*left().pipe, "answer", FrameKind::kReply);
  });
  std::string last;
  right().OnEachFrame([&](const FrameView& frame) {
    if (frame.header.kind == FrameKind::kReply) last = TextOf(frame);
  });
  right().Start();

  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_TRUE(answered.ok());
  EXPECT_TRUE(right().sequence().RunUntil([&] { return last == "answer"; }));
}

TEST_P(PipeLimitsTest, LargeAnswersAreRefusedWhileManyWaitAndSmallOnesAreNot) {
  constexpr size_t kFrame = 64 << 10;
  constexpr int kMany = 1000;
  Limits limits;
  limits.answer_bytes = 1 << 20;
  limits.inbound_bytes = 1 << 20;
  Connect(limits);
  left().Start();

  int sent = 0;
  absl::Status refused;
  absl::Status small;
  left().Run([&] {
    while (refused.ok() && sent < kMany) {
      refused = SendPattern(*left().pipe, kFrame, FrameKind::kReply);
      if (refused.ok()) ++sent;
    }
    small = SendText(*left().pipe, "small", FrameKind::kReply);
  });
  right().OnEachFrame([](const FrameView&) {});
  right().Start();

  EXPECT_EQ(refused, absl::ResourceExhaustedError("too many answers wait to be read"));
  EXPECT_TRUE(small.ok());
  EXPECT_TRUE(right().AwaitFrames(static_cast<size_t>(sent) + 1));
  EXPECT_TRUE(left().Send("again").ok());
}

TEST_P(PipeLimitsTest, APeerThatDoesNotTakeItsAnswersIsClosed) {
  constexpr int kMany = 1'000'000;
  Limits limits;
  limits.answer_frames = 100;
  limits.inbound_bytes = 1 << 20;
  Connect(limits);
  left().Start();

  absl::Status status;
  left().Run([&] {
    left().is_inside = true;
    for (int i = 0; i < kMany && status.ok(); ++i) {
      status = SendPattern(*left().pipe, OutboundQuota::kSignalBytes / 2, FrameKind::kReply);
    }
    left().is_inside = false;
  });

  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(left().AwaitEnd().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(left().Send("more").code(), absl::StatusCode::kUnavailable);
}

TEST_P(PipeLimitsTest, AnEmptyQueueTakesAnyOneMessage) {
  Limits limits;
  limits.outbound_bytes = 10;
  limits.outbound_frames = 1;
  ConnectAndStart(limits);
  right().OnEachFrame([](const FrameView&) {});

  left().Run([&] { EXPECT_TRUE(SendPattern(*left().pipe, 1 << 20).ok()); });

  EXPECT_TRUE(right().AwaitFrames(1));
}

TEST_P(PipeLimitsTest, ManyFramesCrossInBothDirections) {
  constexpr size_t kFrames = 100'000;
  ConnectAndStart();
  auto check_order = [](size_t* expected, bool* in_order) {
    return [expected, in_order](const FrameView& frame) {
      *in_order = *in_order && TextOf(frame) == absl::StrCat(*expected);
      ++*expected;
    };
  };
  size_t expected[2] = {0, 0};
  bool in_order[2] = {true, true};
  left().OnEachFrame(check_order(&expected[0], &in_order[0]));
  right().OnEachFrame(check_order(&expected[1], &in_order[1]));

  size_t sent[2] = {0, 0};
  auto send_some = [&](End& end, size_t* count) {
    end.Run([&] {
      while (*count < kFrames && SendText(*end.pipe, absl::StrCat(*count)).ok()) ++*count;
    });
  };
  while (sent[0] < kFrames || sent[1] < kFrames) {
    send_some(left(), &sent[0]);
    send_some(right(), &sent[1]);
    if (!has_two_threads()) left().sequence().loop()->Dispatch();
  }
  ASSERT_TRUE(left().AwaitFrames(kFrames));
  ASSERT_TRUE(right().AwaitFrames(kFrames));

  EXPECT_TRUE(in_order[0]);
  EXPECT_TRUE(in_order[1]);
}

TEST_P(PipeLimitsTest, NoDescriptorIsLeftBehind) {
  Sequence sequence(Sequence::Kind::kThisThread);
  ConnectAndStart();  // what is made once in a process is made now
  left_.reset();
  right_.reset();
  const size_t before = CountOpenDescriptors();

  for (int i = 0; i < 20; ++i) {
    ConnectAndStart();
    ASSERT_TRUE(left().Send("x").ok());
    right().AwaitLog(1);
    left_.reset();
    right_.reset();
  }

  // gRPC closes its own a little later.
  EXPECT_TRUE(sequence.RunUntil([&] { return CountOpenDescriptors() <= before; }));
}

}  // namespace
}  // namespace ipc::testing
