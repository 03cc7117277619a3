// Peers that break the rules, at the front door and behind it. Each costs itself only: whatever it
// does, the renderer beside it is served.

#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/bindings/error.h"
#include "tests/electron/contract.h"
#include "tests/electron/hostile_peer.h"

namespace ipc {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::SizeIs;

constexpr size_t kMessageBytes = 1000;

RENDERER_BODY(IsServed) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  ipc.On("go", [&](auto&, const Args&) {
    ipc.Invoke("serve").Then(
        [&](absl::StatusOr<Value> outcome) { Report(renderer, Describe(outcome)); });
  });
  renderer.Run();
}

// The survivor comes over the pipe that is the parameter, the hostile peer through the front door.
class HostileContract : public ElectronContract {
 protected:
  HostileContract() {
    options().limits.message_bytes = kMessageBytes;
    options().limits.ports = 16;
    options().limits.port_bytes = 20 * kMessageBytes;
    // What a peer reads next is what it waits for.
    options().ping_interval = milliseconds(0);
  }

  void SetUp() override {
    ASSERT_TRUE(
        ipc_main()
            .Handle("serve", [](auto&, const Args&) -> Promise<Value> { return Value("served"); })
            .ok());
    survivor_ = &StartRenderer("IsServed");
    path_ = ListenOnce();
  }

  void ExpectTheOtherIsServed() {
    ASSERT_TRUE(survivor_->Send("go").ok());
    EXPECT_EQ(NextReport(), "OK: \"served\"");
  }

  // Says hello, writes `bytes` where HTTP/2 should begin, and waits for main to end it.
  void AttackBehindTheHello(std::string_view bytes) {
    RunBeside([&] {
      HostileSocket socket(path_);
      ASSERT_TRUE(socket.SayHello().status.ok());
      socket.Write(bytes);
      socket.WaitForEnd();
    });
    RunUntil([&] { return main().GetAllWebContents().size() == 1; });
  }

  // The same with a message of a gRPC stream. Returns the line that main logs.
  std::string AttackWithBatch(std::string_view batch) {
    const size_t lines = log().size();
    RunBeside([&] {
      HostileSocket socket(path_);
      ASSERT_TRUE(socket.SayHello().status.ok());
      HostileStream stream(socket.Take());
      stream.Write(batch);
      stream.WaitForEnd();
    });
    RunUntil([&] { return main().GetAllWebContents().size() == 1; });
    return log().size() > lines ? log().back() : "";
  }

  WebContents* survivor_ = nullptr;
  std::string path_;
};

TEST_P(HostileContract, BytesThatAreNoHelloAreRefused) {
  const std::string http2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  const std::string too_large = "IPC1\x10\x01";  // 4097 bytes to come
  const std::string empty = std::string("IPC1\0\0", 6);
  const std::string no_message = std::string("IPC1\0\4\xff\xff\xff\xff", 10);
  for (const std::string& bytes : {http2, too_large, empty, no_message, std::string(5000, 'x')}) {
    const size_t lines = log().size();

    RunBeside([&] {
      HostileSocket socket(path_);
      socket.Write(bytes);
      socket.WaitForEnd();
    });
    RunUntil([&] { return log().size() > lines; });

    EXPECT_THAT(log().back(), testing::StartsWith("refused a connection of process "));
    EXPECT_THAT(main().GetAllWebContents(), SizeIs(1));
  }
  ExpectTheOtherIsServed();
}

TEST_P(HostileContract, APeerThatLeavesInTheMiddleOfItsHelloIsForgotten) {
  for (const char* bytes : {"", "I", "IPC1", "IPC1\x01", "IPC1\x01\x01half"}) {
    RunBeside([&] { HostileSocket(path_).Write(bytes); });
  }

  ExpectTheOtherIsServed();
  EXPECT_THAT(main().GetAllWebContents(), SizeIs(1));
}

TEST_P(HostileContract, AnotherVersionOfTheProtocolIsToldSo) {
  absl::StatusOr<Welcome> welcome;

  RunBeside([&] {
    std::string hello = EncodeHello({.version = 99, .role = "hostile", .pipes = {PipeKind::kGrpc}});
    HostileSocket socket(path_);
    socket.Write("IPC1" + std::string(1, '\0') + static_cast<char>(hello.size()) + hello);
    welcome = socket.ReadWelcome();
    socket.WaitForEnd();
  });

  ASSERT_TRUE(welcome.ok()) << welcome.status();
  EXPECT_TRUE(absl::IsFailedPrecondition(welcome->status)) << welcome->status;
  EXPECT_THAT(welcome->status.message(), testing::AllOf(HasSubstr("99"), HasSubstr("1")));
}

TEST_P(HostileContract, GarbageInPlaceOfGrpcEndsThatPeer) {
  AttackBehindTheHello(std::string(100'000, '\xa5'));
  AttackBehindTheHello("GET / HTTP/1.1\r\n\r\n");
  AttackBehindTheHello("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + std::string(50'000, '\xff'));

  ExpectTheOtherIsServed();
}

TEST_P(HostileContract, APeerThatLeavesInTheMiddleOfGrpcIsGone) {
  for (const char* bytes : {"", "PRI * HT", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x01"}) {
    RunBeside([&] {
      HostileSocket socket(path_);
      ASSERT_TRUE(socket.SayHello().status.ok());
      socket.Write(bytes);
    });
    RunUntil([&] { return main().GetAllWebContents().size() == 1; });
  }

  ExpectTheOtherIsServed();
}

FrameHeader GoodHeader() {
  FrameHeader header;
  header.kind = FrameKind::kInvoke;
  header.call_id = CallId(1);
  header.channel = "serve";
  header.payload_kind = PayloadKind::kJson;
  return header;
}

TEST_P(HostileContract, AFrameThatIsNotOneEndsThatPeer) {
  const std::string good = Batch(GoodHeader(), "[]");
  const std::vector<std::string> batches = {
      "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",  // no protobuf
      good.substr(0, good.size() - 1),                 // truncated
      std::string("\x0a\x7f", 2),                      // a frame of 127 bytes that are not there
      good + "\x0a",                                   // one good frame, and the head of another
  };
  for (const std::string& batch : batches) {
    EXPECT_THAT(AttackWithBatch(batch), HasSubstr("has ended: ")) << testing::PrintToString(batch);
  }

  ExpectTheOtherIsServed();
}

TEST_P(HostileContract, AFrameThatBreaksARuleEndsThatPeerAndTheFieldIsNamed) {
  struct Broken {
    std::string field;
    std::function<void(FrameHeader&)> change;
  };
  const std::string long_name(129, 'c');
  const std::vector<Broken> all = {
      {"kind", [](FrameHeader& header) { header.kind = static_cast<FrameKind>(99); }},
      {"kind", [](FrameHeader& header) { header.kind = static_cast<FrameKind>(0); }},
      {"call_id", [](FrameHeader& header) { header.call_id = CallId(); }},
      {"channel", [](FrameHeader& header) { header.channel = ""; }},
      {"channel", [&](FrameHeader& header) { header.channel = long_name; }},
      {"channel", [](FrameHeader& header) { header.channel = "\xff"; }},
      {"channel", [](FrameHeader& header) { header.channel_id = 7; }},
      {"status", [](FrameHeader& header) { header.status = 17; }},
      {"status_message", [](FrameHeader& header) { header.status_message = "\xc3"; }},
      {"payload_kind", [](FrameHeader& header) { header.payload_kind = PayloadKind(9); }},
      {"blob_size", [](FrameHeader& header) { header.blob_sizes = {1000}; }},
      {"frame 2", [](FrameHeader& header) { header.frame_id = FrameId(2); }},
  };
  for (const Broken& broken : all) {
    FrameHeader header = GoodHeader();
    broken.change(header);

    EXPECT_THAT(AttackWithBatch(Batch(header, "[]")),
                testing::AllOf(HasSubstr("has ended: "), HasSubstr(broken.field)));
  }
  ExpectTheOtherIsServed();
}

TEST_P(HostileContract, AFrameThatIsTooLargeEndsThatPeer) {
  const std::string text = "[\"" + std::string(kMessageBytes, 'x') + "\"]";

  EXPECT_THAT(AttackWithBatch(Batch(GoodHeader(), text)),
              HasSubstr("1004 bytes, the limit is 1000"));
  EXPECT_THAT(AttackWithBatch(Batch(GoodHeader(), std::string(4 << 20, 'x'))),
              HasSubstr("has ended: "))
      << "more than gRPC is told to take";

  ExpectTheOtherIsServed();
}

FrameHeader PortsHeader(FrameKind kind, std::initializer_list<uint64_t> ports) {
  FrameHeader header;
  header.kind = kind;
  if (kind == FrameKind::kSend) header.channel = "message";
  for (uint64_t port : ports) header.port_ids.emplace_back(port);
  return header;
}

TEST_P(HostileContract, WhoNamesAPortThatIsNotItsOwnIsEnded) {
  using enum FrameKind;
  const std::string open = Batch(PortsHeader(kPortOpen, {1, 3}));
  const std::string post = Batch(PortsHeader(kPort, {1}));
  FrameHeader credit = PortsHeader(kCredit, {3});
  credit.credit = 2;
  const std::vector<std::pair<std::string, std::string>> attacks = {
      {Batch(PortsHeader(kPort, {1})), "port_id: 1 does not live here"},
      {Batch(PortsHeader(kPortStart, {2})), "port_id: 2 does not live here"},
      {Batch(PortsHeader(kPortClose, {7})), "port_id: 7 does not live here"},
      {Batch(PortsHeader(kSend, {7})), "port_id: 7 does not live here"},
      {Batch(PortsHeader(kCredit, {})), "wrong direction"},
      {Batch(credit), "port_id: 3 does not live here"},
      {open + post + Batch(PortsHeader(kPortStart, {3})) + Batch(credit),
       "takes what was not sent"},
      {open + open, "port_id: 1 was used before"},
      {Batch(PortsHeader(kPortOpen, {2, 4})), "port_id: 2 is main's to choose"},
      {Batch(PortsHeader(kPortOpen, {1})), "port_id: missing"},
      {open + Batch(PortsHeader(kPort, {1, 1})), "port_id: 1 carries itself"},
      {open + Batch(PortsHeader(kPort, {1, 9})), "port_id: 9 does not live here"},
      {open + Batch(PortsHeader(kSend, {1, 1})), "port_id: 1 is named twice"},
      {open + Batch(PortsHeader(kPortClose, {1})) + post, "port_id: 1 does not live here"},
      {open + Batch(PortsHeader(kSend, {1})) + post, "port_id: 1 does not live here"},
  };
  for (const auto& [batch, reason] : attacks) {
    EXPECT_THAT(AttackWithBatch(batch),
                testing::AllOf(HasSubstr("has ended: "), HasSubstr(reason)));
  }
  FrameHeader invoke = GoodHeader();
  invoke.port_ids = {PortId(1)};
  EXPECT_THAT(AttackWithBatch(Batch(invoke, "[]")), HasSubstr("port_id: too many"));

  ExpectTheOtherIsServed();
}

TEST_P(HostileContract, AFloodOfPortsOrOfWhatIsPostedEndsThatPeer) {
  std::string channels;
  for (uint64_t i = 0; i <= options().limits.ports / 2; ++i) {
    channels += Batch(PortsHeader(FrameKind::kPortOpen, {4 * i + 1, 4 * i + 3}));
  }
  std::string messages = Batch(PortsHeader(FrameKind::kPortOpen, {1, 3}));
  FrameHeader post = PortsHeader(FrameKind::kPort, {1});
  post.payload_kind = PayloadKind::kTyped;
  for (size_t waiting = 0; waiting <= options().limits.port_bytes; waiting += kMessageBytes) {
    messages += Batch(post, std::string(kMessageBytes, 'x'));
  }

  EXPECT_THAT(AttackWithBatch(channels), HasSubstr("is one port too many"));
  EXPECT_THAT(AttackWithBatch(messages), HasSubstr("posts more than may wait"));

  ExpectTheOtherIsServed();
}

TEST_P(HostileContract, APortOfAHostilePeerIsWorthNoMoreThanItself) {
  std::vector<MessagePort> ports;
  std::vector<std::string> heard;
  ipc_main().On("message", [&](IpcMainEvent& event, const Args&) {
    ports = event.ports();
    ports[0].message().Add([&](MessagePortEvent&) { heard.push_back("message"); });
    ports[0].close().Add([&] { heard.push_back("closed"); });
    ports[0].Start();
  });
  FrameHeader send = PortsHeader(FrameKind::kSend, {3});
  send.payload_kind = PayloadKind::kJson;
  FrameHeader post = PortsHeader(FrameKind::kPort, {1});
  post.payload_kind = PayloadKind::kJson;

  AttackWithBatch(Batch(PortsHeader(FrameKind::kPortOpen, {1, 3})) + Batch(send, "[]") +
                  Batch(post, "{broken") + Batch(post, "7") +
                  Batch(PortsHeader(FrameKind::kPort, {99})));
  RunUntil([&] { return heard.size() == 2; });

  EXPECT_THAT(heard, testing::ElementsAre("message", "closed"));
  EXPECT_THAT(log(), Contains(HasSubstr("a message through a port could not be read: ")));
  ExpectTheOtherIsServed();
}

// What is refused without ending the peer: its frames are good, what they say is not.
TEST_P(HostileContract, JsonThatIsNotJsonIsAnsweredAndThePeerGoesOn) {
  const std::vector<std::string> texts = {
      "",
      "[1,",
      "{}",
      "7",
      "null",
      "[1] [2]",
      "[01]",
      "['a']",
      "[\"\xff\"]",
      "[\"\\ud800\"]",
      "[nan]",
      "[1e999]x",
      "[{\"a\":1,\"a\":2}]",
      "[{\"$bytes\":0}]",
      "[{\"$other\":1}]",
      std::string(65, '[') + std::string(65, ']'),
  };
  std::vector<std::string> answers;

  RunBeside([&] {
    HostileSocket socket(path_);
    ASSERT_TRUE(socket.SayHello().status.ok());
    HostileStream stream(socket.Take());
    auto ask = [&, id = uint64_t{0}](std::string_view channel, const std::string& text) mutable {
      stream.Write(JsonInvoke(++id, channel, text));
      std::optional<OwnedFrame> reply = stream.Read();
      answers.push_back(reply ? absl::StrCat(reply->view().header.status, ": ",
                                             std::string(reply->view().header.status_message))
                              : "the stream has ended");
    };
    for (const std::string& text : texts) ask("serve", text);
    ask("no-such-channel", "[]");
    ask("serve", "[]");
  });

  ASSERT_THAT(answers, SizeIs(texts.size() + 2));
  for (size_t i = 0; i < texts.size(); ++i) {
    EXPECT_THAT(answers[i], testing::ContainsRegex("^(3|11): Error: ")) << texts[i];
  }
  EXPECT_EQ(answers[texts.size()], "12: Error: No handler registered for 'no-such-channel'");
  EXPECT_EQ(answers.back(), "0: ");
  ExpectTheOtherIsServed();
}

TEST_P(HostileContract, JsonThatIsNotJsonCostsAListenerOneLineOfTheLog) {
  int heard = 0;
  ipc_main().On("message", [&](auto&, const Args&) { ++heard; });

  RunBeside([&] {
    FrameHeader header = GoodHeader();
    header.kind = FrameKind::kSend;
    header.call_id = CallId();
    header.channel = "message";
    HostileSocket socket(path_);
    ASSERT_TRUE(socket.SayHello().status.ok());
    HostileStream stream(socket.Take());
    stream.Write(Batch(header, "[broken"));
    stream.Write(Batch(header, "[\"good\"]"));
    stream.Write(JsonInvoke(1, "serve", "[]"));
    stream.Read();
  });

  EXPECT_EQ(heard, 1);
  EXPECT_THAT(log(),
              Contains(HasSubstr("Error occurred in listener for 'message' of WebContents")));
}

// A peer that is asked, and whose failure has more beside it than a failure should.
TEST_P(HostileContract, DetailsThatAreNoneLeaveAFailureItsText) {
  const std::string deep = std::string(400, '[') + std::string(400, ']');
  const std::string odd = R"({"name":5,"code":{"a":[1]},"cause":{"message":[],"cause":7}})";
  for (const std::string& details : {std::string("{"), std::string("\xff"), deep, odd}) {
    std::optional<absl::Status> failure;
    Subscription created = main().web_contents_created().AddScoped([&](WebContents& peer) {
      peer.Invoke("ask").Then([&, ref = peer.ref()](const absl::StatusOr<Value>& end) {
        failure = end.status();
        ref.get()->Close();
      });
    });

    RunBeside([&] {
      HostileSocket socket(path_);
      ASSERT_TRUE(socket.SayHello().status.ok());
      HostileStream stream(socket.Take());
      std::optional<OwnedFrame> asked = stream.Read();
      ASSERT_TRUE(asked.has_value());
      FrameHeader reply;
      reply.kind = FrameKind::kReply;
      reply.call_id = asked->view().header.call_id;
      reply.status = 2;
      reply.status_message = "Error: it failed";
      reply.payload_kind = PayloadKind::kJson;
      stream.Write(Batch(reply, details));
      stream.Read();  // the end, when main has heard it: who leaves sooner may take it along
    });
    ASSERT_TRUE(failure.has_value());

    EXPECT_EQ(Describe(*failure), "UNKNOWN: Error invoking remote method 'ask': Error: it failed");
    EXPECT_EQ(ErrorDetails::From(*failure).message, "it failed");
    EXPECT_EQ(ErrorDetails::From(*failure).name, "Error");
  }
  ExpectTheOtherIsServed();
}

INSTANTIATE_TEST_SUITE_P(Pipes, HostileContract, AllPipes(), PipeName);

}  // namespace
}  // namespace ipc
