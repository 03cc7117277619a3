// Channels that travel by id after they have been named once.
#include "runtime/core/channel_ids.h"

#include "absl/strings/str_cat.h"
#include "tests/unit/core/connection_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

FrameHeader ById(FrameHeader header, uint32_t id) {
  header.channel_id = id;
  return header;
}

class ChannelIdsTest : public ConnectionTest {
 protected:
  // "NAME id" of the frames sent since the last call.
  std::vector<std::string> TakeNames() {
    std::vector<std::string> names;
    for (const OwnedFrame& frame : wire().sent) {
      const FrameHeader& header = frame.view().header;
      names.push_back(absl::StrCat(std::string(header.channel), " ", header.channel_id));
    }
    wire().sent.clear();
    return names;
  }
  void Send(std::string_view channel) {
    EXPECT_TRUE(connection().Send({.channel = channel}, EmptyPayload()).ok());
  }
  void BecomeMain() {
    options().is_main = true;
    Reset();
  }
};

TEST_F(ChannelIdsTest, AChannelIsNamedOnceAndThenGoesByItsId) {
  Send("a");
  Send("b");
  Send("a");
  ASSERT_TRUE(Invoke("b").ok());

  EXPECT_THAT(TakeNames(), ElementsAre("a 1", "b 2", " 1", " 2"));
}

TEST_F(ChannelIdsTest, AFrameThatWasRefusedHasNamedNothing) {
  wire().refusal = absl::ResourceExhaustedError("full");
  EXPECT_FALSE(connection().Send({.channel = "a"}, EmptyPayload()).ok());
  wire().refusal.reset();

  Send("b");
  Send("a");

  EXPECT_THAT(TakeNames(), ElementsAre("b 1", "a 2"));
}

TEST_F(ChannelIdsTest, ChannelsBeyondTheLastIdGoByName) {
  for (size_t i = 0; i < kMaxChannelIds; ++i) Send(absl::StrCat("channel ", i));
  TakeNames();

  Send("one more");
  Send("one more");
  Send("channel 1023");

  EXPECT_THAT(TakeNames(), ElementsAre("one more 0", "one more 0", " 1024"));
}

TEST_F(ChannelIdsTest, MainSaysNoIdsToARendererThatSaysNone) {
  BecomeMain();
  wire().Deliver(SendFrame("x"));

  Send("a");
  Send("a");

  EXPECT_THAT(TakeNames(), ElementsAre("a 0", "a 0"));
}

TEST_F(ChannelIdsTest, MainSaysIdsToARendererThatSaysThem) {
  BecomeMain();
  wire().Deliver(ById(SendFrame("x"), 1));

  Send("a");
  Send("a");

  EXPECT_THAT(TakeNames(), ElementsAre("a 1", " 1"));
}

TEST_F(ChannelIdsTest, AnIdMeansTheNameThatItCameWith) {
  wire().Deliver(ById(SendFrame("a"), 1));
  wire().Deliver(ById(SendFrame("b"), 2));
  wire().Deliver(ById(SendFrame(""), 1));
  wire().Deliver(ById(InvokeFrame(1, ""), 2));
  wire().Deliver(SendFrame("c"));

  EXPECT_THAT(heard, ElementsAre("send a", "send b", "send a", "invoke b", "send c"));
}

TEST_F(ChannelIdsTest, AnIdThatIsNotTheNextBreaksTheProtocol) {
  for (uint32_t id : {1u, 3u, 0xffff'ffffu}) {
    Reset();
    heard.clear();
    wire().Deliver(ById(SendFrame("a"), 1));

    wire().Deliver(ById(SendFrame("b"), id));

    EXPECT_THAT(heard,
                ElementsAre("send a", absl::StrCat("closed INVALID_ARGUMENT: protocol error: "
                                                   "channel id ",
                                                   id, " is not the next")));
  }
}

TEST_F(ChannelIdsTest, AsManyIdsAsThereMayBeAreTakenAndNoMore) {
  for (uint32_t id = 1; id <= kMaxChannelIds; ++id) {
    wire().Deliver(ById(SendFrame(absl::StrCat("channel ", id)), id));
  }
  EXPECT_FALSE(wire().is_destroyed);

  wire().Deliver(ById(SendFrame("one more"), kMaxChannelIds + 1));

  EXPECT_TRUE(wire().is_destroyed);
}

TEST_F(ChannelIdsTest, AListenerMayEndTheConnectionAndStillReadTheName) {
  wire().Deliver(ById(SendFrame("a"), 1));
  during["a"] = [&] { Destroy(); };

  wire().Deliver(ById(SendFrame(""), 1));

  EXPECT_THAT(heard, ElementsAre("send a", "send a"));
}

TEST_F(ChannelIdsTest, TheEndOfACallThatWentByIdKnowsItsChannel) {
  std::string channel;
  auto keep = [&](const Reply& reply) { channel = reply.channel; };
  for (int i = 0; i < 2; ++i) {
    ASSERT_TRUE(connection().Invoke({.channel = "a"}, EmptyPayload(), kForever, keep).ok());
  }
  wire().Deliver(ReplyFrame(1));
  channel.clear();

  wire().Deliver(ReplyFrame(2));

  EXPECT_EQ(channel, "a");
  EXPECT_THAT(ends, IsEmpty());
}

}  // namespace
}  // namespace ipc
