// Contract tests for Pipe. Every transport passes all of them unchanged: when one fails on a single
// transport, that transport is wrong, not the test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/transport/grpc/grpc_pipe.h"
#include "runtime/transport/inproc/inproc_pipe.h"
#include "tests/unit/transport/pipe_harness.h"

namespace ipc::testing {
namespace {

using std::chrono::steady_clock;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Transport {
  std::string name;
  Sequence::Kind kind;  // whether the two ends have a thread each
  std::function<InprocPipePair(Sequence& left, Sequence& right, const Limits&)> connect;
};

void PrintTo(const Transport& transport, std::ostream* out) { *out << transport.name; }

InprocPipePair ConnectInproc(Sequence& left, Sequence& right, const Limits& limits) {
  return MakeInprocPipes(left.runner(), right.runner(), limits);
}

InprocPipePair ConnectGrpc(SocketPair sockets, Sequence& left, Sequence& right,
                           const Limits& limits) {
  InprocPipePair pipes;
  left.Run([&] {
    pipes.left = *ServeGrpcPipe(std::move(sockets.left), left.runner(), {.limits = limits});
  });
  right.Run(
      [&] { pipes.right = *ConnectGrpcPipe(std::move(sockets.right), right.runner(), limits); });
  return pipes;
}

std::vector<Transport> AllTransports() {
  return {
      {"InprocOnOneThread", Sequence::Kind::kThisThread, ConnectInproc},
      {"InprocOnTwoThreads", Sequence::Kind::kOwnThread, ConnectInproc},
      {"GrpcOnASocketPair", Sequence::Kind::kOwnThread,
       [](Sequence& left, Sequence& right, const Limits& limits) {
         return ConnectGrpc(MakeSocketPair(), left, right, limits);
       }},
      {"GrpcOnAnAcceptedSocket", Sequence::Kind::kOwnThread,
       [](Sequence& left, Sequence& right, const Limits& limits) {
         return ConnectGrpc(AcceptUnixSocket(), left, right, limits);
       }},
  };
}

class PipeTest : public ::testing::TestWithParam<Transport> {
 protected:
  void Connect(const Limits& limits = {}) {
    auto left_sequence = std::make_shared<Sequence>(GetParam().kind);
    auto right_sequence = left_sequence;
    if (has_two_threads()) right_sequence = std::make_shared<Sequence>(GetParam().kind);
    InprocPipePair pipes = GetParam().connect(*left_sequence, *right_sequence, limits);
    left_ = std::make_unique<End>(left_sequence);
    right_ = std::make_unique<End>(right_sequence);
    left_->pipe = std::move(pipes.left);
    right_->pipe = std::move(pipes.right);
  }
  void ConnectAndStart(const Limits& limits = {}) {
    Connect(limits);
    left_->Start();
    right_->Start();
  }

  // Has the left end act while the right one's sequence is busy with the test.
  void OnTheLeft(std::function<void()> action) {
    if (!has_two_threads()) return action();
    left().sequence().runner()->Post(std::move(action));
  }

  bool has_two_threads() const { return GetParam().kind == Sequence::Kind::kOwnThread; }
  End& left() { return *left_; }
  End& right() { return *right_; }

  std::unique_ptr<End> left_;
  std::unique_ptr<End> right_;
};

INSTANTIATE_TEST_SUITE_P(Every, PipeTest, ::testing::ValuesIn(AllTransports()),
                         [](const auto& info) { return info.param.name; });

TEST_P(PipeTest, FramesArriveInTheOrderTheyWereSent) {
  ConnectAndStart();

  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(left().Send(absl::StrCat(i)).ok());
  const std::vector<std::string> log = right().AwaitLog(1000);

  ASSERT_EQ(log.size(), 1000u);
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(log[i], absl::StrCat("frame:", i));
}

TEST_P(PipeTest, BothEndsSend) {
  ConnectAndStart();

  ASSERT_TRUE(left().Send("from left").ok());
  ASSERT_TRUE(right().Send("from right").ok());

  EXPECT_THAT(right().AwaitLog(1), ElementsAre("frame:from left"));
  EXPECT_THAT(left().AwaitLog(1), ElementsAre("frame:from right"));
}

TEST_P(PipeTest, EveryFieldOfAHeaderArrives) {
  ConnectAndStart();
  FrameHeader received;
  std::string channel;
  right().OnEachFrame([&](const FrameView& frame) {
    received = frame.header;
    channel = frame.header.channel;
  });
  FrameHeader header;
  header.kind = FrameKind::kInvoke;
  header.call_id = CallId(UINT64_MAX);
  header.channel = "a-channel";
  header.frame_id = FrameId(UINT32_MAX);
  header.sender_id = WebContentsId(7);
  header.remaining_ms = 30'000;

  left().Run([&] { EXPECT_TRUE(left().pipe->Send(header, EmptyPayload()).ok()); });
  ASSERT_TRUE(right().AwaitFrames(1));

  EXPECT_EQ(received.kind, FrameKind::kInvoke);
  EXPECT_EQ(received.call_id, header.call_id);
  EXPECT_EQ(channel, "a-channel");
  EXPECT_EQ(received.frame_id, header.frame_id);
  EXPECT_EQ(received.sender_id, header.sender_id);
  EXPECT_EQ(received.remaining_ms, 30'000u);
}

TEST_P(PipeTest, PayloadsOfEverySizeArriveWhole) {
  ConnectAndStart();
  const std::vector<size_t> sizes = {0,      1,      127,     128,     16'383,    16'384,   65'535,
                                     65'536, 65'537, 262'143, 262'147, 1'048'576, 3'145'729};
  std::vector<size_t> received;
  bool is_intact = true;
  right().OnEachFrame([&](const FrameView& frame) {
    received.push_back(frame.payload.size());
    is_intact = is_intact && PatternPayload::Matches(frame.payload);
  });

  for (size_t i = 0; i < sizes.size(); ++i) {
    left().Run([&] { EXPECT_TRUE(SendPattern(*left().pipe, sizes[i]).ok()) << sizes[i]; });
    ASSERT_TRUE(right().AwaitFrames(i + 1)) << sizes[i];
  }

  EXPECT_EQ(received, sizes);
  EXPECT_TRUE(is_intact);
}

TEST_P(PipeTest, MessagesUpToTheLimitTravelAndLargerOnesAreRefused) {
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

TEST_P(PipeTest, AFrameThatBreaksTheRulesIsNotSent) {
  ConnectAndStart();
  FrameHeader header;  // a SEND without a channel

  left().Run([&] {
    EXPECT_EQ(left().pipe->Send(header, EmptyPayload()).code(), absl::StatusCode::kInvalidArgument);
  });
  ASSERT_TRUE(left().Send("next").ok());

  EXPECT_THAT(right().AwaitLog(1), ElementsAre("frame:next"));
}

TEST_P(PipeTest, FramesThatArriveBeforeStartAreHandedOverAfterIt) {
  Connect();
  left().Start();
  ASSERT_TRUE(left().Send("early").ok());

  right().Run([&] {
    right().is_inside = true;
    right().pipe->Start(&right());
    right().is_inside = false;
  });

  EXPECT_THAT(right().AwaitLog(1), ElementsAre("frame:early"));
}

TEST_P(PipeTest, NothingIsCalledBackInsideSend) {
  ConnectAndStart();
  size_t received = 0;
  right().OnEachFrame([&](const FrameView& frame) {
    ++received;
    right().is_inside = true;
    EXPECT_TRUE(SendText(*right().pipe, TextOf(frame)).ok());
    right().is_inside = false;
  });

  for (int i = 0; i < 100; ++i) {
    left().Run([&] {
      left().is_inside = true;
      EXPECT_TRUE(SendText(*left().pipe, "echo").ok());
      left().is_inside = false;
    });
  }

  EXPECT_EQ(left().AwaitLog(100).size(), 100u);
}

TEST_P(PipeTest, CloseFlushesQueuedFramesBeforeThePeerSeesIt) {
  ConnectAndStart();

  left().Run([&] {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(SendText(*left().pipe, absl::StrCat(i)).ok());
    left().pipe->Close();
  });

  EXPECT_THAT(right().AwaitLog(4), ElementsAre("frame:0", "frame:1", "frame:2", "closed:OK"));
}

TEST_P(PipeTest, TheOtherEndClosesInOrderToo) {
  ConnectAndStart();

  right().Run([&] {
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(SendText(*right().pipe, absl::StrCat(i)).ok());
    right().pipe->Close();
  });

  EXPECT_THAT(left().AwaitLog(4), ElementsAre("frame:0", "frame:1", "frame:2", "closed:OK"));
}

TEST_P(PipeTest, AClosedPipeFlushesEvenWhenItIsDestroyedAtOnce) {
  for (bool left_closes : {true, false}) {
    ConnectAndStart();
    End& closer = left_closes ? left() : right();
    End& other = left_closes ? right() : left();
    ASSERT_TRUE(other.Send("hello").ok());  // so that the stream is there
    closer.AwaitLog(1);

    closer.Run([&] {
      for (int i = 0; i < 200; ++i) EXPECT_TRUE(SendPattern(*closer.pipe, 10'000).ok());
      closer.pipe->Close();
      closer.pipe.reset();
    });

    EXPECT_TRUE(other.AwaitEnd().ok());
    EXPECT_EQ(other.frames, 200u);
    left_.reset();
    right_.reset();
  }
}

TEST_P(PipeTest, NothingIsCalledBackAfterClose) {
  ConnectAndStart();
  ASSERT_TRUE(right().Send("before").ok());

  left().Run([&] { left().pipe->Close(); });
  (void)right().Send("after");
  (void)right().AwaitEnd();
  right().Run([&] { right().pipe.reset(); });

  for (const std::string& entry : left().Log()) EXPECT_EQ(entry, "frame:before");
}

TEST_P(PipeTest, SendAfterTheEndIsRefused) {
  ConnectAndStart();
  ASSERT_TRUE(right().Send("hello").ok());
  left().AwaitLog(1);

  left().Run([&] { left().pipe->Close(); });
  ASSERT_TRUE(right().AwaitEnd().ok());

  EXPECT_EQ(left().Send("late").code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(right().Send("late").code(), absl::StatusCode::kUnavailable);
}

TEST_P(PipeTest, DestructionEndsThePeer) {
  for (bool left_dies : {true, false}) {
    ConnectAndStart();
    End& victim = left_dies ? left() : right();
    End& survivor = left_dies ? right() : left();
    ASSERT_TRUE(survivor.Send("hello").ok());
    victim.AwaitLog(1);

    victim.Run([&] { victim.pipe.reset(); });

    EXPECT_EQ(survivor.AwaitEnd().code(), absl::StatusCode::kUnavailable);
    left_.reset();
    right_.reset();
  }
}

TEST_P(PipeTest, APipeMayBeDestroyedInsideOnFrame) {
  ConnectAndStart();
  right().OnEachFrame([&](const FrameView&) { right().pipe.reset(); });

  left().Run([&] {
    EXPECT_TRUE(SendText(*left().pipe, "x").ok());
    for (int i = 0; i < 10; ++i) (void)SendText(*left().pipe, "more");
  });

  EXPECT_EQ(left().AwaitEnd().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(right().frames, 1u);
}

TEST_P(PipeTest, APipeMayBeDestroyedInsideOnClosed) {
  ConnectAndStart();
  right().OnEnd([&] { right().pipe.reset(); });
  ASSERT_TRUE(left().Send("x").ok());
  right().AwaitLog(1);

  left().Run([&] { left().pipe->Close(); });

  EXPECT_TRUE(right().AwaitEnd().ok());
}

TEST_P(PipeTest, AFullQueueRefusesAndSaysWhenThereIsRoom) {
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

TEST_P(PipeTest, AFullQueueStillTakesAnswers) {
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

TEST_P(PipeTest, APeerThatDoesNotTakeItsAnswersIsClosed) {
  constexpr size_t kFrame = 64 << 10;
  constexpr int kMany = 1000;
  Limits limits;
  limits.outbound_bytes = 1 << 20;
  limits.inbound_bytes = 1 << 20;
  Connect(limits);
  left().Start();

  absl::Status status;
  left().Run([&] {
    left().is_inside = true;
    for (int i = 0; i < kMany && status.ok(); ++i) {
      status = SendPattern(*left().pipe, kFrame, FrameKind::kReply);
    }
    left().is_inside = false;
  });

  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(left().AwaitEnd().code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(left().Send("more").code(), absl::StatusCode::kUnavailable);
}

TEST_P(PipeTest, AnEmptyQueueTakesAnyOneMessage) {
  Limits limits;
  limits.outbound_bytes = 10;
  limits.outbound_frames = 1;
  ConnectAndStart(limits);
  right().OnEachFrame([](const FrameView&) {});

  left().Run([&] { EXPECT_TRUE(SendPattern(*left().pipe, 1 << 20).ok()); });

  EXPECT_TRUE(right().AwaitFrames(1));
}

TEST_P(PipeTest, WaitForFramesHandsOverWhatIsHere) {
  ConnectAndStart();

  bool arrived = false;
  std::vector<std::string> log;
  right().Run([&] {
    OnTheLeft([&] { EXPECT_TRUE(SendText(*left().pipe, "first").ok()); });
    arrived = right().pipe->WaitForFrames(steady_clock::now() + kPatience);
    log = right().log;
  });

  EXPECT_TRUE(arrived);
  EXPECT_THAT(log, ElementsAre("frame:first"));
}

TEST_P(PipeTest, WaitForFramesGivesUpAtItsDeadline) {
  ConnectAndStart();

  bool arrived = true;
  right().Run(
      [&] { arrived = right().pipe->WaitForFrames(steady_clock::now() + milliseconds(20)); });

  EXPECT_FALSE(arrived);
  EXPECT_THAT(right().Log(), IsEmpty());
}

TEST_P(PipeTest, WaitForFramesLeavesTheRestToTheLoopInOrder) {
  ConnectAndStart();
  right().Run([&] {
    OnTheLeft([&] {
      for (int i = 0; i < 5; ++i) EXPECT_TRUE(SendText(*left().pipe, absl::StrCat(i)).ok());
    });
    EXPECT_TRUE(right().pipe->WaitForFrames(steady_clock::now() + kPatience));
    EXPECT_FALSE(right().log.empty());
  });

  EXPECT_THAT(right().AwaitLog(5),
              ElementsAre("frame:0", "frame:1", "frame:2", "frame:3", "frame:4"));
}

TEST_P(PipeTest, WaitForFramesInsideOnFrameGoesOnBehindThatFrame) {
  ConnectAndStart();
  left().OnEachFrame([&](const FrameView& frame) {
    EXPECT_TRUE(SendText(*left().pipe, absl::StrCat("answer to ", TextOf(frame))).ok());
  });
  std::vector<std::string> seen;
  right().OnEachFrame([&](const FrameView& frame) {
    const std::string text = TextOf(frame);
    seen.push_back(text);
    if (text != "go") return;
    EXPECT_TRUE(SendText(*right().pipe, "question").ok());
    while (seen.back() != "answer to question") {
      if (!right().pipe->WaitForFrames(steady_clock::now() + kPatience)) break;
    }
    EXPECT_EQ(TextOf(frame), "go");  // still there
  });

  left().Run([&] {
    EXPECT_TRUE(SendText(*left().pipe, "go").ok());
    EXPECT_TRUE(SendText(*left().pipe, "between").ok());
  });
  ASSERT_TRUE(right().AwaitFrames(3));

  EXPECT_THAT(seen, ElementsAre("go", "between", "answer to question"));
}

TEST_P(PipeTest, WaitForFramesHandsOverTheEnd) {
  ConnectAndStart();
  ASSERT_TRUE(left().Send("x").ok());
  right().AwaitLog(1);

  right().Run([&] {
    OnTheLeft([&] { left().pipe->Close(); });
    EXPECT_TRUE(right().pipe->WaitForFrames(steady_clock::now() + kPatience));
    EXPECT_TRUE(right().is_ended);
    EXPECT_FALSE(right().pipe->WaitForFrames(steady_clock::now() + kPatience));
  });
}

TEST_P(PipeTest, APipeMayBeDestroyedInsideWaitForFrames) {
  ConnectAndStart();
  right().OnEachFrame([&](const FrameView&) { right().pipe.reset(); });

  right().Run([&] {
    OnTheLeft([&] { EXPECT_TRUE(SendText(*left().pipe, "x").ok()); });
    EXPECT_TRUE(right().pipe->WaitForFrames(steady_clock::now() + kPatience));
  });

  EXPECT_EQ(right().frames, 1u);
}

TEST_P(PipeTest, ManyFramesCrossInBothDirections) {
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

TEST_P(PipeTest, NoDescriptorIsLeftBehind) {
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
