// What a Pipe promises about a payload that is one large run of bytes, but for a few: what it
// promises about all others, however it takes the run to the other side.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "runtime/transport/outbound_quota.h"
#include "tests/unit/transport/pipe_test.h"

namespace ipc::testing {
namespace {

using ::testing::ElementsAre;

class PipeRunTest : public PipeTest {
 protected:
  struct Sizes {
    size_t before;
    size_t run;
    size_t after;
    size_t all() const { return before + run + after; }
  };
  // Around what is large, and what is most of a payload, or of a ring.
  static constexpr Sizes kSizes[] = {
      {10, 65'535, 0},          {0, 65'536, 0},           {1, 65'536, 2},   {70'000, 65'536, 0},
      {0, 65'537, 65'000},      {0, 100'000, 65'400},     {5, 262'144, 60}, {300'000, 300'100, 0},
      {30'000, 1 << 20, 8'000}, {2, (3 << 20) + 17, 130},
  };

  void KeepSizes() {
    right().OnEachFrame([this](const FrameView& frame) {
      received_.push_back(frame.payload.size());
      is_intact_ = is_intact_ && PatternPayload::Matches(frame.payload.Joined());
    });
  }

  std::vector<size_t> received_;
  bool is_intact_ = true;
};

INSTANTIATE_TEST_SUITE_P(Every, PipeRunTest, ::testing::ValuesIn(AllTransports()), NameOf);

TEST_P(PipeRunTest, RunsArriveInTheirPlaces) {
  ConnectAndStart();
  KeepSizes();

  size_t sent = 0;
  for (const Sizes& sizes : kSizes) {
    left().Run(
        [&] { EXPECT_TRUE(SendRun(*left().pipe, sizes.run, sizes.before, sizes.after).ok()); });
    ASSERT_TRUE(right().AwaitFrames(++sent)) << sizes.run;
    EXPECT_EQ(received_.back(), sizes.all());
  }

  EXPECT_TRUE(is_intact_);
}

TEST_P(PipeRunTest, RunsThatWaitArriveInTheirOrderWithWhatIsBetweenThem) {
  Connect();
  KeepSizes();
  std::vector<size_t> sent;

  left().Start();
  left().Run([&] {
    for (const Sizes& sizes : kSizes) {
      EXPECT_TRUE(SendRun(*left().pipe, sizes.run, sizes.before, sizes.after).ok());
      EXPECT_TRUE(SendPattern(*left().pipe, sizes.before).ok());
      sent.insert(sent.end(), {sizes.all(), sizes.before});
    }
  });
  right().Start();

  ASSERT_TRUE(right().AwaitFrames(sent.size()));
  EXPECT_EQ(received_, sent);
  EXPECT_TRUE(is_intact_);
}

TEST_P(PipeRunTest, AQueueThatIsFullOfRunsRefusesAndSaysWhenThereIsRoom) {
  constexpr size_t kRun = 200 << 10;
  Limits limits;
  limits.outbound_bytes = 1 << 20;
  limits.inbound_bytes = 1 << 20;
  Connect(limits);
  KeepSizes();
  left().Start();

  std::vector<size_t> sent;
  absl::Status status;
  left().Run([&] {
    while (sent.size() < 1000) {
      status = SendRun(*left().pipe, kRun);
      if (!status.ok()) break;
      sent.push_back(kRun + 20);
    }
  });
  right().Start();

  EXPECT_EQ(status, OutboundQuota::Refusal(OutboundQuota::Lane::kMessages));
  EXPECT_THAT(left().AwaitLog(1), ElementsAre("writable"));
  ASSERT_TRUE(right().AwaitFrames(sent.size()));
  EXPECT_EQ(received_, sent);
  EXPECT_TRUE(is_intact_);
}

TEST_P(PipeRunTest, CloseLetsARunThatWaitsArrive) {
  Connect();
  KeepSizes();
  left().Start();

  left().Run([&] {
    EXPECT_TRUE(SendRun(*left().pipe, 4 << 20).ok());
    left().pipe->Close();
  });
  right().Start();

  ASSERT_TRUE(right().AwaitFrames(1));
  EXPECT_TRUE(right().AwaitEnd().ok());
  EXPECT_THAT(received_, ElementsAre((4 << 20) + 20));
  EXPECT_TRUE(is_intact_);
}

}  // namespace
}  // namespace ipc::testing
