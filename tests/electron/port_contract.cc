#include "tests/electron/port_contract.h"

namespace ipc {

INSTANTIATE_TEST_SUITE_P(Pipes, PortContract, AllPipes(), PipeName);

void ReportAll(RendererProcess& renderer, const MessagePort& port) {
  port.message().Add([&](MessagePortEvent& event) { Report(renderer, event.data()); });
  port.close().Add([&] { Report(renderer, "closed"); });
}

// Keeps the port that main sends, and starts it when main says so.
RENDERER_BODY(HearsAPort) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  MessagePort port;
  ipc.On("port", [&](IpcRendererEvent& event, const Args& args) {
    port = event.ports()[0];
    ReportAll(renderer, port);
    Report(renderer, args[0]);
  });
  ipc.On("start", [&](auto&, const Args&) { port.Start(); });
  ipc.On("post", [&](auto&, const Args& args) { port.PostMessage(args[0]).IgnoreError(); });
  ipc.On("close", [&](auto&, const Args&) { port.Close(); });
  ipc.On("drop", [&](auto&, const Args&) { port = MessagePort(); });
  ipc.On("transfer", [&](auto&, const Args&) {
    Report(renderer, Describe(ipc.PostMessage("given", "from renderer", {port})));
  });
  renderer.Run();
}

WebContents& PortContract::StartWithPort() {
  WebContents& contents = StartRenderer("HearsAPort");
  MessageChannelMain channel(main());
  Hear(channel.port1);
  EXPECT_TRUE(contents.PostMessage("port", "here it is", {channel.port2}).ok());
  EXPECT_EQ(NextReport(), "here it is");
  port_ = channel.port1;
  return contents;
}

void PortContract::Hear(const MessagePort& port) {
  port.message().Add([this](MessagePortEvent& event) { heard_.push_back(event.data()); });
  port.close().Add([this] { heard_.push_back("closed"); });
  port.Start();
}

Value PortContract::NextHeard() {
  RunUntil([this] { return !heard_.empty(); });
  Value first = std::move(heard_.front());
  heard_.pop_front();
  return first;
}

}  // namespace ipc
