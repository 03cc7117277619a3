// Ports as such: they queue until they are started, they close, and what they hold is limited.

#include <thread>
#include <utility>
#include <vector>

#include "tests/electron/port_contract.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST_P(PortContract, Rule22_MessagesWaitForStartInOrder) {
  WebContents& contents = StartWithPort();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(port_.PostMessage(i).ok());
  ASSERT_TRUE(contents.Send("post", "not started").ok());
  EXPECT_EQ(NextHeard(), "not started");
  EXPECT_EQ(pending_reports(), 0u);

  ASSERT_TRUE(contents.Send("start").ok());

  for (int i = 0; i < 3; ++i) EXPECT_EQ(NextReport(), i);
}

TEST_P(PortContract, Rule22_AChannelInsideMainQueuesUntilStartToo) {
  MessageChannelMain channel(main());
  ASSERT_TRUE(channel.port1.PostMessage("first").ok());
  ASSERT_TRUE(channel.port1.PostMessage("second").ok());

  Hear(channel.port2);

  EXPECT_TRUE(heard_.empty()) << "from inside Start()";
  EXPECT_EQ(NextHeard(), "first");
  EXPECT_EQ(NextHeard(), "second");
}

TEST_P(PortContract, Rule22_ValuesOfEveryKindPass) {
  WebContents& contents = StartWithPort();
  ASSERT_TRUE(contents.Send("start").ok());
  const Value value = Object{{"bytes", Bytes(70'000, 7)}, {"list", Array{1, nullptr, "two", 2.5}}};

  ASSERT_TRUE(port_.PostMessage(value).ok());
  ASSERT_TRUE(contents.Send("post", value).ok());

  EXPECT_EQ(NextReport(), value);
  EXPECT_EQ(NextHeard(), value);
}

TEST_P(PortContract, Rule22_ClosingOneEndClosesTheOtherWhichHearsEverythingFirst) {
  WebContents& contents = StartWithPort();
  ASSERT_TRUE(port_.PostMessage("last words").ok());

  port_.Close();

  ASSERT_TRUE(contents.Send("start").ok());
  EXPECT_EQ(NextReport(), "last words");
  EXPECT_EQ(NextReport(), "closed");
}

TEST_P(PortContract, Rule22_ARenderersCloseIsHeardInMain) {
  WebContents& contents = StartWithPort();
  ASSERT_TRUE(contents.Send("post", "last words").ok());

  ASSERT_TRUE(contents.Send("close").ok());

  EXPECT_EQ(NextHeard(), "last words");
  EXPECT_EQ(NextHeard(), "closed");
}

TEST_P(PortContract, Rule22_DroppingOneEndClosesTheOther) {
  WebContents& contents = StartWithPort();

  ASSERT_TRUE(contents.Send("drop").ok());

  // The renderer's observers hold no handle, only what refers to it.
  EXPECT_EQ(NextHeard(), "closed");
}

TEST_P(PortContract, Rule22_AnEndDroppedInMainClosesTheRenderers) {
  WebContents& contents = StartWithPort();

  port_ = MessagePort();

  EXPECT_EQ(NextReport(), "closed");
  ASSERT_TRUE(contents.Send("post", "to nobody").ok());
}

TEST_P(PortContract, Rule22_TheLastHandleMayBeDroppedOnAnotherThread) {
  StartWithPort();

  RunBeside([port = std::exchange(port_, MessagePort())]() mutable { port = MessagePort(); });

  EXPECT_EQ(NextReport(), "closed");
}

TEST_P(PortContract, Rule22_PostingOnAClosedPortDoesNothingAndClosesWhatIsSent) {
  StartWithPort();
  MessageChannelMain other(main());
  Hear(other.port1);
  port_.Close();

  EXPECT_TRUE(port_.PostMessage("to nobody", {other.port2}).ok());

  EXPECT_EQ(NextHeard(), "closed");
  EXPECT_EQ(NextReport(), "closed");
  EXPECT_TRUE(other.port2.PostMessage("neutered").ok());
}

RENDERER_BODY(SendsAPortToNobody) {
  MessageChannel channel(renderer);
  ReportAll(renderer, channel.port1);
  channel.port1.Start();
  renderer.ipc_renderer().PostMessage("nobody listens", 1, {channel.port2}).IgnoreError();
  renderer.Run();
}

TEST_P(PortContract, Rule22_APortSentToNobodyCloses) {
  WebContents& contents = StartRenderer("SendsAPortToNobody");
  MessageChannelMain channel(main());
  Hear(channel.port1);

  ASSERT_TRUE(contents.PostMessage("nobody listens", 1, {channel.port2}).ok());

  EXPECT_EQ(NextHeard(), "closed");
  EXPECT_EQ(NextReport(), "closed");
}

TEST_P(PortContract, Rule22_APortSentToAFrameThatIsGoneCloses) {
  WebContents& contents = StartWithPort();
  MessageChannelMain channel(main());
  Hear(channel.port1);
  const FrameId nobody(99);

  ASSERT_TRUE(contents.PostMessageToFrame(nobody, "port", 1, {channel.port2}).ok());

  EXPECT_EQ(NextHeard(), "closed");
}

TEST_P(PortContract, Rule22_APortThatComesBehindTheLastHandleOfItsReceiverCloses) {
  MessageChannelMain carrier(main());
  MessageChannelMain carried(main());
  Hear(carried.port1);
  carrier.port2.Start();

  ASSERT_TRUE(carrier.port1.PostMessage("on its way", {carried.port2}).ok());
  std::thread([last = std::exchange(carrier.port2, MessagePort())] {}).join();

  EXPECT_EQ(NextHeard(), "closed");
}

TEST_P(PortContract, Rule22_TheDeathOfARendererClosesTheOtherEnds) {
  WebContents& contents = StartWithPort();
  ASSERT_TRUE(contents.Send("post", "last words").ok());
  EXPECT_EQ(NextHeard(), "last words");

  KillRenderer(contents);

  EXPECT_EQ(NextHeard(), "closed");
}

RENDERER_BODY(WaitsForItsPortToClose) {
  MessagePort port;
  bool is_closed = false;
  renderer.ipc_renderer().On("port", [&](IpcRendererEvent& event, const Args&) {
    port = event.ports()[0];
    port.close().Add([&] { is_closed = true; });
    Report(renderer, "ready");
  });
  renderer.Run();
  if (!is_closed) throw std::runtime_error("the port is still open");
  if (!port.PostMessage("to nobody").ok()) throw std::runtime_error("posting is refused");
}

TEST_P(PortContract, Rule22_ARenderersPortsCloseWhenMainLeaves) {
  WebContents& contents = StartRenderer("WaitsForItsPortToClose");
  MessageChannelMain channel(main());
  ASSERT_TRUE(contents.PostMessage("port", 1, {channel.port2}).ok());
  EXPECT_EQ(NextReport(), "ready");

  EXPECT_EQ(CloseRenderer(contents), 0);
}

TEST_P(PortContract, Rule22_AnObserverThatThrowsIsLogged) {
  MessageChannelMain channel(main());
  channel.port2.message().Add([](auto&) { throw std::runtime_error("some error"); });
  Hear(channel.port2);

  ASSERT_TRUE(channel.port1.PostMessage(1).ok());

  EXPECT_EQ(NextHeard(), 1);
  EXPECT_THAT(log(), ElementsAre("Error occurred in observer of 'message': Error: some error"));
}

TEST_P(PortContract, Rule22_WhatWaitsInPortsIsLimited) {
  options().limits.port_bytes = 10'000;
  StartWithPort();
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(port_.PostMessage(Bytes(1000)).ok()) << i;

  const absl::Status refused = port_.PostMessage(1);

  EXPECT_THAT(Describe(refused),
              testing::AllOf(HasSubstr("RESOURCE_EXHAUSTED: "), HasSubstr("wait to be taken")));
}

RENDERER_BODY(FloodsAPort) {
  MessageChannel channel(renderer);
  renderer.ipc_renderer().PostMessage("port", 1, {channel.port2}).IgnoreError();
  int posted = 0;
  absl::Status refused;
  while (refused.ok()) {
    refused = channel.port1.PostMessage(Bytes(1000));
    if (refused.ok()) ++posted;
  }
  Report(renderer, posted);
  Report(renderer, Describe(refused));
  renderer.ipc_renderer().On("more", [&](auto&, const Args&) {
    Report(renderer, Describe(channel.port1.PostMessage("more")));
  });
  renderer.Run();
}

TEST_P(PortContract, Rule22_ARendererIsRefusedUntilWhatItPostedIsTaken) {
  options().limits.port_bytes = 10'000;
  std::vector<MessagePort> ports;
  WebContents& contents = StartRenderer("FloodsAPort");
  ipc_main().On("port", [&](IpcMainEvent& event, const Args&) { ports = event.ports(); });
  const Value posted = NextReport();
  EXPECT_EQ(posted, 8);  // of 1,270 bytes each or a little more, the last beyond the limit
  EXPECT_THAT(NextReport().string(), HasSubstr("RESOURCE_EXHAUSTED: "));

  Hear(ports[0]);
  for (int i = 0; i < 8; ++i) EXPECT_EQ(NextHeard(), Bytes(1000));
  Value outcome;
  for (int tries = 0; outcome != "OK: " && tries < 1000; ++tries) {
    ASSERT_TRUE(contents.Send("more").ok());
    outcome = NextReport();
  }

  EXPECT_EQ(outcome, "OK: ");
  EXPECT_EQ(NextHeard(), "more");
}

// Each refusal would cost it a port, and there are no more than four.
RENDERER_BODY(TransfersAClosedPortInVain) {
  MessageChannel open(renderer);
  MessagePort closed = MessageChannel(renderer).port1;
  closed.Close();
  Value too_deep = 1;
  for (int i = 0; i < 100; ++i) too_deep = Array{std::move(too_deep)};
  IpcRenderer& ipc = renderer.ipc_renderer();
  std::vector<absl::Status> outcomes = {open.port1.PostMessage(too_deep, {closed}),
                                        open.port1.PostMessage(Bytes(2'000'000), {closed}),
                                        ipc.PostMessage("port", Bytes(2'000'000), {closed})};
  for (const absl::Status& outcome : outcomes) Report(renderer, Describe(outcome));
  MessageChannel one_more(renderer);
  ReportAll(renderer, one_more.port2);
  one_more.port2.Start();
  one_more.port1.PostMessage("there is room").IgnoreError();
  renderer.Run();
}

TEST_P(PortContract, Rule22_AClosedPortThatCouldNotBeSentIsClosedAsBefore) {
  options().limits.ports = 4;
  options().limits.message_bytes = 1'000'000;
  StartRenderer("TransfersAClosedPortInVain");

  EXPECT_THAT(NextReport().string(), HasSubstr("INVALID_ARGUMENT: "));
  EXPECT_THAT(NextReport().string(), HasSubstr("OUT_OF_RANGE: "));
  EXPECT_THAT(NextReport().string(), HasSubstr("OUT_OF_RANGE: "));
  EXPECT_EQ(NextReport(), "there is room");
  EXPECT_THAT(log(), testing::IsEmpty());
}

RENDERER_BODY(OpensTooManyChannels) {
  std::vector<MessageChannel> channels;
  for (int i = 0; i < 3; ++i) channels.emplace_back(renderer);
  Report(renderer, Describe(channels[2].port1.PostMessage("to nobody")));
  channels.erase(channels.begin());
  channels.emplace_back(renderer);
  ReportAll(renderer, channels[2].port2);
  channels[2].port2.Start();
  channels[2].port1.PostMessage("there is room again").IgnoreError();
  renderer.Run();
}

TEST_P(PortContract, Rule22_ARendererHasSoManyPorts) {
  options().limits.ports = 4;
  StartRenderer("OpensTooManyChannels");

  EXPECT_EQ(NextReport(), "OK: ");
  EXPECT_EQ(NextReport(), "there is room again");
  EXPECT_THAT(log(), ElementsAre(HasSubstr("a MessageChannel is closed from the start")));
}

}  // namespace
}  // namespace ipc
