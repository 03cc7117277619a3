// What PortTable does in the corners that random life rarely reaches, and what it says to those who
// break the protocol.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/base/strings.h"
#include "runtime/core/port_table.h"
#include "tests/unit/core/recording_pipe.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr WebContentsId kLeft{1};
constexpr WebContentsId kRight{2};

// Keeps what it is told, one line each: "7: 10 bytes", "7: 10 bytes with 2 4", "7 closed",
// "credit 266".
class RecordingHome final : public PortHome {
 public:
  std::vector<std::string> Take() { return std::exchange(told_, {}); }
  absl::Status refusal;

 private:
  absl::Status SendMessage(PortId port, const std::shared_ptr<const PortPayload>& payload,
                           absl::Span<const PortId> carried) override {
    if (!refusal.ok()) return refusal;
    std::string line = absl::StrCat(port.value(), ": ", payload->size(), " bytes");
    if (!carried.empty()) line += " with";
    for (PortId each : carried) absl::StrAppend(&line, " ", each.value());
    told_.push_back(std::move(line));
    return absl::OkStatus();
  }
  void SendClose(PortId port) override { told_.push_back(absl::StrCat(port.value(), " closed")); }
  void SendCredit(size_t cost) override { told_.push_back(absl::StrCat("credit ", cost)); }

  std::vector<std::string> told_;
};

std::vector<PortId> Ids(std::initializer_list<uint64_t> values) {
  std::vector<PortId> ids;
  for (uint64_t value : values) ids.emplace_back(value);
  return ids;
}

class PortTableTest : public testing::Test {
 protected:
  PortTableTest() { Reset(Limits()); }

  void Reset(const Limits& limits) {
    table_ = std::make_unique<PortTable>(limits);
    table_->AddHome(kLeft, &left_);
    table_->AddHome(kRight, &right_);
  }
  ~PortTableTest() override { table_->RemoveHome(kLeft); }

  // A channel whose second port lives on the right, under the name that is returned.
  PortId OpenAcross(uint64_t one, uint64_t other) {
    EXPECT_TRUE(table_->Open(kLeft, PortId(one), PortId(other)).ok());
    return MoveToRight(other);
  }
  PortId MoveToRight(uint64_t port) {
    const std::vector<PortId> names = *table_->Reserve(kRight, 1);
    EXPECT_TRUE(table_->Move(kLeft, Ids({port}), kRight, names).ok());
    return names[0];
  }
  absl::Status Post(uint64_t port, size_t size, std::initializer_list<uint64_t> carried = {}) {
    return table_->Post(kLeft, PortId(port), std::make_shared<PortPayload>(Zeros(size)),
                        Ids(carried));
  }

  RecordingHome left_, right_;
  std::unique_ptr<PortTable> table_;
};

TEST_F(PortTableTest, WhatAHomeHasNotTakenIsSentToTheNextOne) {
  const PortId there = OpenAcross(1, 3);
  ASSERT_TRUE(table_->Start(kRight, there).ok());
  for (size_t size : {10, 20, 30}) ASSERT_TRUE(Post(1, size).ok());
  ASSERT_THAT(right_.Take(), ElementsAre("2: 10 bytes", "2: 20 bytes", "2: 30 bytes"));
  ASSERT_TRUE(table_->Take(kRight, there, 1).ok());

  const std::vector<PortId> back = *table_->Reserve(kLeft, 1);
  ASSERT_TRUE(table_->Move(kRight, {{there}}, kLeft, back).ok());
  ASSERT_TRUE(Post(1, 40).ok());
  ASSERT_THAT(left_.Take(), IsEmpty()) << "it is not started there";
  ASSERT_TRUE(table_->Start(kLeft, back[0]).ok());

  EXPECT_THAT(left_.Take(), ElementsAre("2: 20 bytes", "2: 30 bytes", "2: 40 bytes"));
}

TEST_F(PortTableTest, TheDeathOfTheOldHomeDoesNotTouchWhatItGaveAway) {
  const PortId there = OpenAcross(1, 3);
  ASSERT_TRUE(table_->Start(kRight, there).ok());
  ASSERT_TRUE(Post(1, 10).ok());
  const std::vector<PortId> back = *table_->Reserve(kLeft, 1);
  ASSERT_TRUE(table_->Move(kRight, {{there}}, kLeft, back).ok());

  table_->RemoveHome(kRight);
  ASSERT_TRUE(table_->Start(kLeft, back[0]).ok());

  EXPECT_THAT(left_.Take(), ElementsAre("2: 10 bytes"));
}

TEST_F(PortTableTest, ClosingIsTheLastMessage) {
  const PortId there = OpenAcross(1, 3);
  ASSERT_TRUE(Post(1, 10).ok());
  ASSERT_TRUE(table_->Close(kLeft, PortId(1)).ok());
  EXPECT_THAT(right_.Take(), IsEmpty()) << "somebody may start it yet";

  ASSERT_TRUE(table_->Start(kRight, there).ok());

  EXPECT_THAT(right_.Take(), ElementsAre("2: 10 bytes", "2 closed"));
}

TEST_F(PortTableTest, CarriedPortsLiveThereOnceTheMessageIsTaken) {
  const PortId there = OpenAcross(1, 3);
  ASSERT_TRUE(table_->Start(kRight, there).ok());
  ASSERT_TRUE(table_->Open(kLeft, PortId(5), PortId(7)).ok());
  ASSERT_TRUE(Post(1, 10, {7}).ok());
  ASSERT_THAT(right_.Take(), ElementsAre("2: 10 bytes with 4"));
  EXPECT_TRUE(absl::IsInvalidArgument(table_->Start(kRight, PortId(4)))) << "not taken yet";

  ASSERT_TRUE(table_->Take(kRight, there, 1).ok());

  EXPECT_TRUE(table_->Start(kRight, PortId(4)).ok());
  ASSERT_TRUE(Post(5, 20).ok());
  EXPECT_THAT(right_.Take(), ElementsAre("4: 20 bytes"));
}

TEST_F(PortTableTest, APortInItsOwnQueueEndsTheChannel) {
  ASSERT_TRUE(table_->Open(kLeft, PortId(1), PortId(3)).ok());

  ASSERT_TRUE(Post(1, 10, {3}).ok());

  EXPECT_THAT(left_.Take(), ElementsAre("1 closed"));
  EXPECT_EQ(table_->Recount().ports, 1u);
  EXPECT_EQ(table_->Recount().messages, 0u);
}

TEST_F(PortTableTest, TwoPortsInEachOthersQueuesEndBothChannels) {
  ASSERT_TRUE(table_->Open(kLeft, PortId(1), PortId(3)).ok());
  ASSERT_TRUE(table_->Open(kLeft, PortId(5), PortId(7)).ok());
  ASSERT_TRUE(Post(1, 10, {7}).ok());

  ASSERT_TRUE(Post(5, 10, {3}).ok());

  EXPECT_THAT(left_.Take(), testing::UnorderedElementsAre("1 closed", "5 closed"));
  EXPECT_EQ(table_->Recount().ports, 2u);
  EXPECT_EQ(table_->Recount().bytes, 0u);
}

TEST_F(PortTableTest, ManyPortsInsideEachOtherCloseWithTheOutermost) {
  constexpr uint64_t kChannels = 2000;
  for (uint64_t i = 0; i < kChannels; ++i) {
    ASSERT_TRUE(table_->Open(kLeft, PortId(4 * i + 1), PortId(4 * i + 3)).ok());
  }
  // Each port waits in the queue of the next.
  for (uint64_t i = 0; i + 1 < kChannels; ++i) {
    ASSERT_TRUE(Post(4 * (i + 1) + 1, 0, {4 * i + 3}).ok());
  }
  ASSERT_EQ(table_->Recount().ports, 2 * kChannels);
  left_.Take();

  // Deeper than anybody goes who means well: the innermost channel ends.
  ASSERT_TRUE(table_->Open(kLeft, PortId(20'001), PortId(20'003)).ok());
  ASSERT_TRUE(Post(1, 0, {20'003}).ok());
  EXPECT_THAT(left_.Take(), testing::IsSupersetOf({"1 closed", "20001 closed"}));

  ASSERT_TRUE(table_->Close(kLeft, PortId(4 * (kChannels - 1) + 3)).ok());

  EXPECT_EQ(table_->Recount().messages, 0u);
}

TEST_F(PortTableTest, AHomeIsSentSoMuchBeforeItTakesSome) {
  Limits limits;
  limits.outbound_frames = 16;
  Reset(limits);
  const PortId there = OpenAcross(1, 3);
  ASSERT_TRUE(table_->Start(kRight, there).ok());
  for (size_t size : {1, 2, 3, 4}) ASSERT_TRUE(Post(1, size).ok());
  EXPECT_THAT(right_.Take(), ElementsAre("2: 1 bytes", "2: 2 bytes"));

  ASSERT_TRUE(table_->Take(kRight, there, 1).ok());

  EXPECT_THAT(right_.Take(), ElementsAre("2: 3 bytes"));
}

TEST_F(PortTableTest, PortsOfOneHomeTakeTurns) {
  Limits limits;
  limits.outbound_frames = 8;
  Reset(limits);
  const PortId busy = OpenAcross(1, 3);
  const PortId other = OpenAcross(5, 7);
  ASSERT_TRUE(table_->Start(kRight, busy).ok());
  ASSERT_TRUE(table_->Start(kRight, other).ok());
  for (size_t size : {1, 2, 3}) ASSERT_TRUE(Post(1, size).ok());
  ASSERT_TRUE(Post(5, 9).ok());
  ASSERT_THAT(right_.Take(), ElementsAre("2: 1 bytes"));

  ASSERT_TRUE(table_->Take(kRight, busy, 1).ok());
  EXPECT_THAT(right_.Take(), ElementsAre("2: 2 bytes"));
  ASSERT_TRUE(table_->Take(kRight, busy, 1).ok());
  EXPECT_THAT(right_.Take(), ElementsAre("4: 9 bytes"));
}

TEST_F(PortTableTest, AHomeThatRefusesIsTriedAgainWhenItIsWritable) {
  const PortId there = OpenAcross(1, 3);
  ASSERT_TRUE(table_->Start(kRight, there).ok());
  right_.refusal = absl::ResourceExhaustedError("full");
  ASSERT_TRUE(Post(1, 10).ok());

  right_.refusal = absl::OkStatus();
  ASSERT_TRUE(Post(1, 20).ok());
  EXPECT_THAT(right_.Take(), IsEmpty());
  table_->OnWritable(kRight);

  EXPECT_THAT(right_.Take(), ElementsAre("2: 10 bytes", "2: 20 bytes"));
}

TEST_F(PortTableTest, AMessageThatCanNeverTravelEndsTheChannelBeforeIt) {
  const PortId there = OpenAcross(1, 3);
  ASSERT_TRUE(table_->Start(kRight, there).ok());
  ASSERT_TRUE(table_->Open(kLeft, PortId(5), PortId(7)).ok());
  right_.refusal = absl::OutOfRangeError("too large");

  ASSERT_TRUE(Post(1, 10, {7}).ok());

  EXPECT_THAT(right_.Take(), ElementsAre("2 closed"));
  EXPECT_THAT(left_.Take(), testing::UnorderedElementsAre("1 closed", "5 closed"));
  EXPECT_EQ(table_->Recount().messages, 0u);
}

TEST_F(PortTableTest, AHomeIsGivenSoManyPorts) {
  Limits limits;
  limits.ports = 6;
  Reset(limits);
  EXPECT_TRUE(table_->Reserve(kRight, 6).ok());
  EXPECT_TRUE(absl::IsResourceExhausted(table_->Reserve(kRight, 7).status()));
  const PortId there = OpenAcross(1, 3);
  ASSERT_TRUE(table_->Start(kRight, there).ok());
  for (uint64_t port : {5, 9, 13}) {
    ASSERT_TRUE(table_->Open(kLeft, PortId(port), PortId(port + 2)).ok());
    ASSERT_TRUE(Post(1, 1, {port, port + 2}).ok());
  }

  EXPECT_THAT(right_.Take(), ElementsAre("14: 1 bytes with 16 18", "14: 1 bytes with 20 22"));
  ASSERT_TRUE(table_->Take(kRight, there, 2).ok());
  EXPECT_THAT(right_.Take(), IsEmpty());
  ASSERT_TRUE(table_->Close(kRight, PortId(16)).ok());
  EXPECT_THAT(right_.Take(), ElementsAre("18 closed", "14: 1 bytes with 24 26"));
}

TEST_F(PortTableTest, CreditComesBackForWhatIsTakenAndWhatIsLost) {
  Limits limits;
  limits.port_bytes = 1000;
  Reset(limits);
  const PortId there = OpenAcross(1, 3);
  ASSERT_TRUE(table_->Start(kRight, there).ok());
  ASSERT_TRUE(Post(1, 10).ok());
  ASSERT_TRUE(Post(1, 20).ok());
  ASSERT_THAT(left_.Take(), IsEmpty());

  ASSERT_TRUE(table_->Take(kRight, there, 1).ok());
  EXPECT_THAT(left_.Take(), ElementsAre("credit 266"));
  ASSERT_TRUE(table_->Close(kRight, there).ok());
  EXPECT_THAT(left_.Take(), ElementsAre("1 closed", "credit 276"));
  ASSERT_TRUE(Post(1, 30).ok());
  EXPECT_THAT(left_.Take(), ElementsAre("credit 286")) << "posted to nobody";
}

TEST_F(PortTableTest, ARendererPostsSoMuchThatNobodyTakes) {
  Limits limits;
  limits.port_bytes = 1000;
  Reset(limits);
  ASSERT_TRUE(table_->Open(kLeft, PortId(1), PortId(3)).ok());
  ASSERT_TRUE(Post(1, 743).ok());  // 999 with its overhead
  ASSERT_TRUE(Post(3, 5000).ok()) << "the last may exceed it";

  EXPECT_THAT(std::string(Post(3, 0).message()), HasSubstr("posts more than may wait"));
}

TEST_F(PortTableTest, ARendererOpensSoManyPorts) {
  Limits limits;
  limits.ports = 4;
  Reset(limits);
  ASSERT_TRUE(table_->Open(kLeft, PortId(1), PortId(3)).ok());
  ASSERT_TRUE(table_->Open(kLeft, PortId(5), PortId(7)).ok());
  ASSERT_TRUE(table_->Close(kLeft, PortId(1)).ok());
  ASSERT_TRUE(table_->Close(kLeft, PortId(3)).ok());
  ASSERT_TRUE(table_->Open(kLeft, PortId(9), PortId(11)).ok());

  EXPECT_THAT(std::string(table_->Open(kLeft, PortId(13), PortId(15)).message()),
              HasSubstr("is one port too many"));
}

TEST_F(PortTableTest, WhatAHomeDoesNotHaveItCannotName) {
  struct Break {
    std::string_view text;
    std::function<absl::Status()> act;
  };
  const PortId right = OpenAcross(1, 3);
  ASSERT_TRUE(Post(1, 10).ok());
  const std::vector<Break> all = {
      {"port_id: 3 does not live here", [&] { return Post(3, 1); }},
      {"port_id: 99 does not live here", [&] { return Post(99, 1); }},
      {"port_id: 3 does not live here", [&] { return Post(1, 1, {3}); }},
      {"port_id: 1 carries itself", [&] { return Post(1, 1, {1}); }},
      {"port_id: 5 is named twice",
       [&] {
         return Post(1, 1, {5, 5});
       }},
      {"port_id: 2 does not live here", [&] { return table_->Start(kLeft, right); }},
      {"port_id: 1 does not live here", [&] { return table_->Start(kRight, PortId(1)); }},
      {"port_id: 1 does not live here", [&] { return table_->Close(kRight, PortId(1)); }},
      {"port_id: 1 does not live here", [&] { return table_->Take(kRight, PortId(1), 1); }},
      {"port_id: 2 takes what was not sent", [&] { return table_->Take(kRight, right, 0); }},
      {"port_id: 2 takes what was not sent", [&] { return table_->Take(kRight, right, 1); }},
      {"port_id: 3 does not live here",
       [&] { return table_->Move(kLeft, Ids({3}), kRight, Ids({4})); }},
      {"port_id: 5 is named twice",
       [&] {
         return table_->Move(kLeft, Ids({5, 5}), kRight, Ids({4, 6}));
       }},
      {"port_id: 4 is main's to choose", [&] { return table_->Open(kLeft, PortId(4), PortId(9)); }},
      {"port_id: 7 was used before", [&] { return table_->Open(kLeft, PortId(7), PortId(9)); }},
      {"port_id: 9 was used before", [&] { return table_->Open(kLeft, PortId(9), PortId(9)); }},
  };
  ASSERT_TRUE(table_->Open(kLeft, PortId(5), PortId(7)).ok());

  for (const Break& each : all) {
    EXPECT_EQ(each.act(), absl::InvalidArgumentError(ToAbsl(each.text)));
  }
}

TEST_F(PortTableTest, AHomeThatIsGoneDoesNothing) {
  table_->RemoveHome(kLeft);

  EXPECT_TRUE(table_->Open(kLeft, PortId(1), PortId(3)).ok());
  EXPECT_TRUE(Post(1, 1).ok());
  EXPECT_TRUE(absl::IsUnavailable(table_->Reserve(kLeft, 1).status()));
  EXPECT_EQ(table_->Recount().ports, 0u);
}

}  // namespace
}  // namespace ipc
