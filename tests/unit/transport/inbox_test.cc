#include "runtime/transport/inbox.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "runtime/base/event_loop.h"

namespace ipc {
namespace {

using std::chrono::steady_clock;

constexpr size_t kOverhead = Inbox::kBatchOverhead;

ReceivedBatch BatchOf(size_t size) {
  auto bytes = std::make_shared<const std::vector<uint8_t>>(size);
  return {*bytes, bytes};
}

class InboxTest : public ::testing::Test, protected Inbox::Reader {
 protected:
  std::shared_ptr<Inbox> MakeInbox(size_t max_bytes) {
    return std::make_shared<Inbox>(loop_->task_runner(), max_bytes);
  }
  void OnInboxReady() override { ++turns_; }

  const std::unique_ptr<EventLoop> loop_ = *EventLoop::Create();
  int turns_ = 0;
};

TEST_F(InboxTest, AsksToStopReadingAboveTheLimit) {
  for (size_t size : {99, 100, 101}) {
    auto inbox = MakeInbox(100 + kOverhead);

    EXPECT_EQ(inbox->Push(BatchOf(size)), size <= 100) << size;
  }
}

TEST_F(InboxTest, ABatchWithoutContentCountsToo) {
  auto inbox = MakeInbox(2 * kOverhead);

  EXPECT_TRUE(inbox->Push(BatchOf(0)));
  EXPECT_TRUE(inbox->Push(BatchOf(0)));
  EXPECT_FALSE(inbox->Push(BatchOf(0)));
}

TEST_F(InboxTest, ResumesAtHalfOfTheLimit) {
  auto inbox = MakeInbox(4 * kOverhead);
  for (int i = 0; i < 5; ++i) (void)inbox->Push(BatchOf(0));

  EXPECT_FALSE(inbox->Take().may_resume);
  EXPECT_FALSE(inbox->Take().may_resume);
  EXPECT_TRUE(inbox->Take().may_resume);
  EXPECT_FALSE(inbox->Take().may_resume);
}

TEST_F(InboxTest, TheEndComesBehindTheBatches) {
  auto inbox = MakeInbox(1000);
  ASSERT_TRUE(inbox->Push(BatchOf(1)));
  inbox->End(absl::OkStatus());
  inbox->End(absl::UnavailableError("later"));

  EXPECT_TRUE(inbox->Take().batch.has_value());
  const Inbox::Taken last = inbox->Take();

  EXPECT_EQ(last.end, absl::OkStatus());
  EXPECT_FALSE(inbox->Take().end.has_value());
}

TEST_F(InboxTest, AnAbortOvertakesTheBatches) {
  auto inbox = MakeInbox(1000);
  ASSERT_TRUE(inbox->Push(BatchOf(1)));
  inbox->Abort(absl::AbortedError("now"));

  const Inbox::Taken taken = inbox->Take();

  EXPECT_FALSE(taken.batch.has_value());
  EXPECT_EQ(taken.end, absl::AbortedError("now"));
}

TEST_F(InboxTest, OneTurnIsPostedForManyBatches) {
  auto inbox = MakeInbox(1000);
  inbox->Open(this);
  ASSERT_TRUE(inbox->Push(BatchOf(1)));
  ASSERT_TRUE(inbox->Push(BatchOf(1)));
  ASSERT_EQ(turns_, 0);

  loop_->Dispatch();

  EXPECT_EQ(turns_, 1);
}

TEST_F(InboxTest, NothingIsPostedBeforeOpenOrAfterShut) {
  auto inbox = MakeInbox(1000);
  ASSERT_TRUE(inbox->Push(BatchOf(1)));
  loop_->Dispatch();
  ASSERT_EQ(turns_, 0);

  inbox->Open(this);
  inbox->Shut();
  loop_->Dispatch();

  EXPECT_EQ(turns_, 0);
  EXPECT_FALSE(inbox->Take().batch.has_value());
}

TEST_F(InboxTest, WaitEndsWhenAnotherThreadPushes) {
  auto inbox = MakeInbox(1000);
  std::thread pusher([&] { (void)inbox->Push(BatchOf(1)); });

  EXPECT_TRUE(inbox->Wait(kForever, {}));
  pusher.join();
}

TEST_F(InboxTest, WaitEndsWhenAnotherThreadSaysStop) {
  auto inbox = MakeInbox(1000);
  std::stop_source stop;
  std::thread stopper([&] { stop.request_stop(); });

  EXPECT_FALSE(inbox->Wait(kForever, stop.get_token()));
  EXPECT_FALSE(inbox->Wait(kForever, stop.get_token())) << "nor does it begin again";
  stopper.join();
}

TEST_F(InboxTest, WaitEndsAtItsDeadline) {
  auto inbox = MakeInbox(1000);

  EXPECT_FALSE(inbox->Wait(steady_clock::now() + milliseconds(5), {}));
}

}  // namespace
}  // namespace ipc
