// Ports that move: from one process to another, through main, inside of messages, while they are
// used.

#include <memory>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/electron/port_contract.h"

namespace ipc {
namespace {

using testing::HasSubstr;

RENDERER_BODY(OffersAChannel) {
  MessageChannel channel(renderer);
  ReportAll(renderer, channel.port1);
  channel.port1.Start();
  channel.port1.PostMessage("before it left").IgnoreError();
  renderer.ipc_renderer().PostMessage("port", "take it", {channel.port2}).IgnoreError();
  channel.port1.PostMessage("after it left").IgnoreError();
  renderer.Run();
}

TEST_P(PortContract, Rule22_ARendererMakesAChannelWithoutAskingMain) {
  StartRenderer("OffersAChannel");
  MessagePort port;
  ipc_main().On("port", [&](IpcMainEvent& event, const Args& args) {
    heard_.push_back(args[0]);
    port = event.ports()[0];
    Hear(port);
    port.PostMessage("thanks").IgnoreError();
  });

  EXPECT_EQ(NextHeard(), "take it");
  EXPECT_EQ(NextHeard(), "before it left");
  EXPECT_EQ(NextHeard(), "after it left");
  EXPECT_EQ(NextReport(), "thanks");
}

TEST_P(PortContract, Rule22_APortThatCameMayBeGivenOn) {
  WebContents& contents = StartWithPort();
  ASSERT_TRUE(port_.PostMessage("waits, and goes along").ok());
  std::vector<MessagePort> given;
  ipc_main().On("given", [&](IpcMainEvent& event, const Args&) { given = event.ports(); });

  ASSERT_TRUE(contents.Send("transfer").ok());

  EXPECT_EQ(NextReport(), "OK: ");
  RunUntil([&] { return given.size() == 1; });
  Hear(given[0]);
  EXPECT_EQ(NextHeard(), "waits, and goes along");
  ASSERT_TRUE(contents.Send("transfer").ok());
  EXPECT_EQ(NextReport(), "INVALID_ARGUMENT: Port at index 0 is already neutered.");
  ASSERT_TRUE(contents.Send("post", "by the old owner").ok());
  ASSERT_TRUE(given[0].PostMessage("by the new one").ok());
  EXPECT_EQ(NextHeard(), "by the new one");
}

RENDERER_BODY(TakesAPortOutOfAPort) {
  MessagePort outer;
  MessagePort inner;
  renderer.ipc_renderer().On("port", [&](IpcRendererEvent& event, const Args&) {
    outer = event.ports()[0];
    outer.message().Add([&](MessagePortEvent& message) {
      inner = message.ports()[0];
      ReportAll(renderer, inner);
      inner.Start();
      inner.PostMessage("arrived").IgnoreError();
    });
    outer.Start();
  });
  renderer.Run();
}

TEST_P(PortContract, Rule22_APortTravelsThroughAPort) {
  WebContents& contents = StartRenderer("TakesAPortOutOfAPort");
  MessageChannelMain outer(main());
  MessageChannelMain inner(main());
  Hear(inner.port1);
  ASSERT_TRUE(inner.port1.PostMessage("waits inside").ok());

  ASSERT_TRUE(outer.port1.PostMessage("with a port", {inner.port2}).ok());
  ASSERT_TRUE(contents.PostMessage("port", 1, {outer.port2}).ok());

  EXPECT_EQ(NextReport(), "waits inside");
  EXPECT_EQ(NextHeard(), "arrived");
}

TEST_P(PortContract, Rule22_AClosedPortTravelsAndIsClosedThere) {
  WebContents& contents = StartRenderer("HearsAPort");
  MessageChannelMain channel(main());
  channel.port2.Close();

  ASSERT_TRUE(contents.PostMessage("port", "closed already", {channel.port2}).ok());

  EXPECT_EQ(NextReport(), "closed already");
  EXPECT_EQ(NextReport(), "closed");
}

TEST_P(PortContract, Rule22_WhatCannotBeTransferredIsRefusedWithElectronsTexts) {
  WebContents& contents = StartWithPort();
  MessageChannelMain channel(main());
  const MessagePort& port1 = channel.port1;
  const MessagePort& port2 = channel.port2;
  auto refusal = [](const absl::Status& status) { return Describe(status); };

  EXPECT_EQ(refusal(contents.PostMessage("port", 1, {port1, port2, port1})),
            "INVALID_ARGUMENT: Port at index 2 is a duplicate.");
  EXPECT_EQ(refusal(port1.PostMessage(1, {port2, port1})),
            "INVALID_ARGUMENT: Port at index 1 contains the source port.");
  EXPECT_EQ(refusal(port1.PostMessage("\xff", {port2})),
            "INVALID_ARGUMENT: An object could not be cloned. (value is not UTF-8)");
  EXPECT_EQ(refusal(contents.PostMessage("port", "\xff", {port2})),
            "INVALID_ARGUMENT: An object could not be cloned. (args[0] is not UTF-8)");

  // None of them has cost a port.
  Hear(port2);
  ASSERT_TRUE(port1.PostMessage("still works").ok());
  EXPECT_EQ(NextHeard(), "still works");
  ASSERT_TRUE(contents.PostMessage("port", 1, {port2}).ok());
  EXPECT_EQ(refusal(port1.PostMessage(1, {port2})),
            "INVALID_ARGUMENT: Port at index 0 is already neutered.");
  EXPECT_EQ(refusal(contents.PostMessage("port", 1, {MessagePort()})),
            "INVALID_ARGUMENT: Port at index 0 is already neutered.");
}

RENDERER_BODY(TransfersWhatItMayNot) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  MessageChannel channel(renderer);
  const MessagePort& port1 = channel.port1;
  const MessagePort& port2 = channel.port2;
  Report(renderer, Describe(ipc.PostMessage("port", 1, {port1, port1})));
  Report(renderer, Describe(port1.PostMessage(1, {port1})));
  Report(renderer, Describe(ipc.PostMessage("port", 1, {port2})));
  Report(renderer, Describe(ipc.PostMessage("port", 1, {port2})));
  renderer.Run();
}

TEST_P(PortContract, Rule22_TheSameHoldsInARenderer) {
  StartRenderer("TransfersWhatItMayNot");

  EXPECT_EQ(NextReport(), "INVALID_ARGUMENT: Port at index 1 is a duplicate.");
  EXPECT_EQ(NextReport(), "INVALID_ARGUMENT: Port at index 0 contains the source port.");
  EXPECT_EQ(NextReport(), "OK: ");
  EXPECT_EQ(NextReport(), "INVALID_ARGUMENT: Port at index 0 is already neutered.");
}

TEST_P(PortContract, Rule22_NothingIsSentToARendererThatIsGone) {
  WebContents& contents = StartRenderer("HearsAPort");
  MessageChannelMain channel(main());
  WebContentsRef ref = contents.ref();
  CloseRenderer(contents);

  EXPECT_TRUE(absl::IsUnavailable(ref.PostMessage("port", 1, {channel.port2})));

  Hear(channel.port2);
  ASSERT_TRUE(channel.port1.PostMessage("still here").ok());
  EXPECT_EQ(NextHeard(), "still here");
}

TEST_P(PortContract, Rule22_ARendererIsGivenSoManyPorts) {
  options().limits.ports = 1;
  WebContents& contents = StartWithPort();
  MessageChannelMain another(main());

  const absl::Status refused = contents.PostMessage("port", 1, {another.port2});

  EXPECT_THAT(Describe(refused), HasSubstr("RESOURCE_EXHAUSTED: WebContents #"));
  ASSERT_TRUE(contents.Send("close").ok());
  EXPECT_EQ(NextHeard(), "closed");
  EXPECT_TRUE(contents.PostMessage("port", 1, {another.port2}).ok());
}

// Two ports of one channel, each wherever it has got to: it posts and hears the numbers up to
// kMessages, and moves on every so often, with what it has counted.
constexpr int kMessages = 10'000;
constexpr int kBurst = 100;
constexpr int kStay = 500;

class Traveller : public std::enable_shared_from_this<Traveller> {
 public:
  Traveller(RendererProcess& renderer, const MessagePort& port, const Value& luggage)
      : renderer_(renderer),
        port_(port),
        name_(luggage["name"]),
        posted_(luggage["posted"].int64()),
        heard_(luggage["heard"].int64()) {}

  void Begin() {
    port_.message().Add(
        [self = shared_from_this()](MessagePortEvent& event) { self->Hear(event.data()); });
    port_.Start();
    if (posted_ == 0) Burst();
  }

 private:
  void Burst() {
    for (int i = 0; i < kBurst && posted_ < kMessages; ++i) {
      absl::Status sent = port_.PostMessage(posted_++);
      if (!sent.ok()) Report(renderer_, Describe(sent));
    }
  }

  void Hear(const Value& number) {
    if (number != heard_)
      Report(renderer_, absl::StrCat("expected ", heard_, ", not ", number.int64()));
    ++heard_;
    if (heard_ % kBurst == 0) Burst();
    if (heard_ == kMessages) {
      port_.Close();  // the other end hears the rest first
      return Report(renderer_, "done");
    }
    if (heard_ % kStay != 0) return;
    const Value luggage = Object{{"name", name_}, {"posted", posted_}, {"heard", heard_}};
    absl::Status sent = renderer_.ipc_renderer().PostMessage("onwards", luggage, {port_});
    if (!sent.ok()) Report(renderer_, Describe(sent));
  }

  RendererProcess& renderer_;
  MessagePort port_;
  Value name_;
  int64_t posted_;
  int64_t heard_;
};

RENDERER_BODY(HostsTravellers) {
  renderer.ipc_renderer().On("port", [&](IpcRendererEvent& event, const Args& args) {
    std::make_shared<Traveller>(renderer, event.ports()[0], args[0])->Begin();
  });
  Report(renderer, "ready");
  renderer.Run();
}

TEST_P(PortContract, Rule22_TenThousandMessagesBothWaysBetweenRenderersArriveWhileThePortsMove) {
  WebContents& left = StartRenderer("HostsTravellers");
  WebContents& right = StartRenderer("HostsTravellers");
  EXPECT_EQ(NextReport(), "ready");
  EXPECT_EQ(NextReport(), "ready");
  int moves = 0;
  ipc_main().On("onwards", [&](IpcMainEvent& event, const Args& args) {
    WebContents& next = ++moves % 3 == 0 ? right : left;
    EXPECT_TRUE(next.PostMessage("port", args[0], event.ports()).ok());
  });
  auto luggage = [](const char* name) {
    return Value(Object{{"name", name}, {"posted", 0}, {"heard", 0}});
  };

  MessageChannelMain channel(main());
  ASSERT_TRUE(left.PostMessage("port", luggage("one"), {channel.port1}).ok());
  ASSERT_TRUE(right.PostMessage("port", luggage("other"), {channel.port2}).ok());

  EXPECT_EQ(NextReport(), "done");
  EXPECT_EQ(NextReport(), "done");
  EXPECT_EQ(moves, 2 * (kMessages / kStay - 1));
}

}  // namespace
}  // namespace ipc
