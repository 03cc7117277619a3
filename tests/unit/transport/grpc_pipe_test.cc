// The gRPC pipe before peers that are not its own other end: foreign clients, and hostile ones.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "runtime/transport/grpc/grpc_pipe.h"
#include "runtime/wire/batch.h"
#include "tests/unit/transport/pipe_harness.h"
#include "tests/unit/transport/raw_grpc_client.h"

namespace ipc::testing {
namespace {

using std::chrono::steady_clock;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kConnect[] = "/ipc.wire.Pipe/Connect";

// A batch of one SEND with `text` as its payload.
std::string BatchOf(std::string_view text) {
  const FrameHeader header{.channel = "c", .payload_kind = PayloadKind::kTyped};
  const absl::Span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(text.data()), text.size());
  const EncodedPayload payload({PayloadKind::kTyped, bytes, {}});
  std::string batch(BatchedFrameSize(header, text.size()), '\0');
  EncodeBatchedFrame(header, payload, {reinterpret_cast<uint8_t*>(batch.data()), batch.size()});
  return batch;
}

class GrpcPipeTest : public ::testing::Test {
 protected:
  void Serve(GrpcServerOptions options = {}) {
    sockets_ = MakeSocketPair();
    ServeAt(end_, std::move(sockets_.left), std::move(options));
  }
  static void ServeAt(End& end, UniqueFd socket, GrpcServerOptions options) {
    end.Run([&] {
      end.pipe = *ServeGrpcPipe(std::move(socket), GrpcLoop::Create(*end.sequence().loop()),
                                std::move(options));
    });
    end.Start();
  }
  void ConnectPipe() {
    sockets_ = MakeSocketPair();
    ConnectAt(end_, std::move(sockets_.left));
  }
  static void ConnectAt(End& end, UniqueFd socket) {
    end.Run([&] {
      end.pipe = *ConnectGrpcPipe(std::move(socket), GrpcLoop::Create(*end.sequence().loop()));
    });
    end.Start();
  }
  // The peer's socket is this test's to write to.
  void Say(std::string_view bytes) {
    ASSERT_EQ(send(sockets_.right.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(bytes.size()));
  }
  RawGrpcClient ConnectClient() { return RawGrpcClient(std::move(sockets_.right)); }

  // On a thread of its own: the test's blocks in the calls of a client.
  End end_{std::make_shared<Sequence>(Sequence::Kind::kOwnThread)};
  SocketPair sockets_;
};

TEST_F(GrpcPipeTest, BytesThatAreNotHttp2EndAServer) {
  Serve();

  Say("GET / HTTP/1.1\r\nHost: nobody\r\n\r\n");

  EXPECT_EQ(end_.AwaitEnd().code(), absl::StatusCode::kUnavailable);
}

TEST_F(GrpcPipeTest, BytesThatAreNotHttp2EndAClient) {
  ConnectPipe();

  Say("HTTP/1.1 400 Bad Request\r\n\r\n");

  EXPECT_EQ(end_.AwaitEnd().code(), absl::StatusCode::kUnavailable);
}

TEST_F(GrpcPipeTest, APrefaceThatBreaksOffEndsAServer) {
  Serve();

  Say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0");
  sockets_.right.Reset();

  EXPECT_EQ(end_.AwaitEnd().code(), absl::StatusCode::kUnavailable);
}

TEST_F(GrpcPipeTest, AClientThatLeavesBeforeItsCallEndsAServer) {
  Serve();

  sockets_.right.Reset();

  EXPECT_EQ(end_.AwaitEnd().code(), absl::StatusCode::kUnavailable);
}

TEST_F(GrpcPipeTest, AClientThatSaysNothingHasLimitedTime) {
  Limits limits;
  limits.hello_timeout = milliseconds(60);
  Serve({.limits = limits});

  EXPECT_EQ(end_.AwaitEnd().code(), absl::StatusCode::kDeadlineExceeded);
}

TEST_F(GrpcPipeTest, AClientThatHasCalledHasAllTheTimeItWants) {
  Limits limits;
  limits.hello_timeout = milliseconds(60);
  Serve({.limits = limits});
  RawGrpcClient client = ConnectClient();
  client.Call(kConnect);
  client.Write(BatchOf("hello"));
  end_.AwaitLog(1);

  end_.Run(
      [&] { EXPECT_FALSE(end_.pipe->WaitForFrames(steady_clock::now() + milliseconds(200), {})); });

  EXPECT_THAT(end_.Log(), ElementsAre("frame:hello"));
}

TEST_F(GrpcPipeTest, ASocketThatBreaksEndsBothPipes) {
  sockets_ = MakeSocketPair();
  const UniqueFd knife(fcntl(sockets_.left.get(), F_DUPFD_CLOEXEC, 0));
  End client(std::make_shared<Sequence>(Sequence::Kind::kThisThread));
  ServeAt(end_, std::move(sockets_.left), {});
  ConnectAt(client, std::move(sockets_.right));
  ASSERT_TRUE(client.Send("hello").ok());
  end_.AwaitLog(1);

  shutdown(knife.get(), SHUT_RDWR);

  EXPECT_EQ(end_.AwaitEnd().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(client.AwaitEnd().code(), absl::StatusCode::kUnavailable);
}

TEST_F(GrpcPipeTest, AForeignClientTalksInBatches) {
  Serve();
  RawGrpcClient client = ConnectClient();
  client.Call(kConnect);

  ASSERT_TRUE(client.Write(absl::StrCat(BatchOf("one"), BatchOf("two"))));
  ASSERT_TRUE(client.Write(""));  // an empty batch means nothing
  ASSERT_TRUE(client.Write(BatchOf("three")));

  EXPECT_THAT(end_.AwaitLog(3), ElementsAre("frame:one", "frame:two", "frame:three"));
  ASSERT_TRUE(end_.Send("four").ok());
  EXPECT_THAT(client.Read(), HasSubstr("four"));
}

TEST_F(GrpcPipeTest, TheLoopFinishesABatchThatWaitForFramesBegan) {
  Serve();
  RawGrpcClient client = ConnectClient();
  client.Call(kConnect);
  std::thread writer;
  end_.Run([&] {
    writer = std::thread([&client] {
      EXPECT_TRUE(client.Write(absl::StrCat(BatchOf("one"), BatchOf("two"), BatchOf("three"))));
    });
    EXPECT_TRUE(end_.pipe->WaitForFrames(steady_clock::now() + kPatience, {}));
    EXPECT_THAT(end_.log, ElementsAre("frame:one"));
  });

  EXPECT_THAT(end_.AwaitLog(3), ElementsAre("frame:one", "frame:two", "frame:three"));
  writer.join();
}

TEST_F(GrpcPipeTest, WhatAnswersOneBatchLeavesAsOneBatch) {
  Serve();
  RawGrpcClient client = ConnectClient();
  client.Call(kConnect);
  end_.OnEachFrame([&](const FrameView& frame) {
    EXPECT_TRUE(SendText(*end_.pipe, absl::StrCat("re: ", TextOf(frame))).ok());
  });

  ASSERT_TRUE(client.Write(absl::StrCat(BatchOf("one"), BatchOf("two"), BatchOf("three"))));

  EXPECT_THAT(client.Read(),
              AllOf(HasSubstr("re: one"), HasSubstr("re: two"), HasSubstr("re: three")));
}

TEST_F(GrpcPipeTest, AFrameThatIsSentAloneLeavesAtOnce) {
  Serve();
  RawGrpcClient client = ConnectClient();
  client.Call(kConnect);
  std::string read;
  end_.OnEachFrame([&](const FrameView&) {
    EXPECT_TRUE(SendText(*end_.pipe, "alone").ok());
    read = client.Read();  // while the handler still runs
    EXPECT_TRUE(SendText(*end_.pipe, "second").ok());
    EXPECT_TRUE(SendText(*end_.pipe, "third").ok());
  });

  ASSERT_TRUE(client.Write(BatchOf("go")));
  ASSERT_TRUE(end_.AwaitFrames(1));

  EXPECT_THAT(read, HasSubstr("alone"));
  EXPECT_THAT(client.Read(), AllOf(HasSubstr("second"), HasSubstr("third")));
}

TEST_F(GrpcPipeTest, WhatWasHeldBackLeavesBeforeThePipeWaitsForFrames) {
  Serve();
  RawGrpcClient client = ConnectClient();
  client.Call(kConnect);
  end_.OnEachFrame([&](const FrameView& frame) {
    if (TextOf(frame) != "one") return;
    EXPECT_TRUE(SendText(*end_.pipe, "question").ok());
    EXPECT_TRUE(end_.pipe->WaitForFrames(steady_clock::now() + kPatience, {}));  // hands over "two"
    EXPECT_TRUE(end_.pipe->WaitForFrames(steady_clock::now() + kPatience, {}));
  });

  ASSERT_TRUE(client.Write(absl::StrCat(BatchOf("one"), BatchOf("two"))));
  EXPECT_THAT(client.Read(), HasSubstr("question"));
  ASSERT_TRUE(client.Write(BatchOf("answer")));

  EXPECT_TRUE(end_.AwaitFrames(3));
}

TEST_F(GrpcPipeTest, AForeignClientThatHalfClosesEndsInOrder) {
  Serve();
  RawGrpcClient client = ConnectClient();
  client.Call(kConnect);
  ASSERT_TRUE(client.Write(BatchOf("last words")));

  client.HalfClose();

  EXPECT_THAT(end_.AwaitLog(2), ElementsAre("frame:last words", "closed:OK"));
  EXPECT_TRUE(client.Finish().ok());
}

TEST_F(GrpcPipeTest, ABadBatchEndsTheCallerWithAReason) {
  const std::vector<std::pair<std::string, std::string>> kCases = {
      {"\xff\xff\xff", "inside of a value"},          // no protobuf
      {std::string("\x0a\x00", 2), "kind: unknown"},  // an empty frame
      {"\x0a\x7f short", "inside of a value"},        // a frame that goes on beyond the batch
      {"\x08\x01", "frame: not a message"},           // a number where the frame should be
      {std::string("\x0a\x02\x08\x00", 4), "kind: unknown"},
      {std::string("\x0a\x02\x08\x01", 4), "channel: missing"},
  };
  for (const auto& [batch, reason] : kCases) {
    End end(std::make_shared<Sequence>(Sequence::Kind::kOwnThread));
    SocketPair sockets = MakeSocketPair();
    ServeAt(end, std::move(sockets.left), {});
    RawGrpcClient client(std::move(sockets.right));
    client.Call(kConnect);

    client.Write(batch);

    const absl::Status ended = end.AwaitEnd();
    EXPECT_EQ(ended.code(), absl::StatusCode::kInvalidArgument) << reason;
    EXPECT_THAT(std::string(ended.message()), HasSubstr(reason));
    EXPECT_EQ(client.Finish(), ended);
  }
}

TEST_F(GrpcPipeTest, AMessageAboveTheLimitEndsItsSender) {
  Limits limits;
  limits.message_bytes = 1 << 20;
  Serve({.limits = limits});
  RawGrpcClient client = ConnectClient();
  client.Call(kConnect);

  client.Write(std::string(2 << 20, 'x'));

  EXPECT_FALSE(end_.AwaitEnd().ok());
  EXPECT_FALSE(client.Finish().ok());
}

TEST_F(GrpcPipeTest, APayloadOneByteAboveTheLimitEndsItsSender) {
  Limits limits;
  limits.message_bytes = 1 << 20;
  Serve({.limits = limits});
  RawGrpcClient client = ConnectClient();
  client.Call(kConnect);
  size_t received = 0;
  end_.OnEachFrame([&](const FrameView& frame) { received = frame.payload.size(); });

  ASSERT_TRUE(client.Write(BatchOf(std::string(limits.message_bytes, 'x'))));
  client.Write(BatchOf(std::string(limits.message_bytes + 1, 'x')));

  EXPECT_EQ(end_.AwaitEnd().code(), absl::StatusCode::kOutOfRange);
  EXPECT_EQ(received, limits.message_bytes);
}

TEST_F(GrpcPipeTest, ACompressedMessageIsNotUnpacked) {
  Serve();
  RawGrpcClient client = ConnectClient();
  client.Call(kConnect, {}, RawGrpcClient::Compression::kGzip);

  client.Write(std::string(1 << 20, 'x'));

  EXPECT_FALSE(end_.AwaitEnd().ok());
  EXPECT_EQ(end_.frames, 0u);
}

TEST_F(GrpcPipeTest, AnotherMethodIsRefusedAndLeavesThePipeAlone) {
  Serve();
  RawGrpcClient client = ConnectClient();

  client.Call("/ipc.wire.Pipe/Other");
  const absl::Status refused = client.Finish();
  client.Call(kConnect);
  client.Write(BatchOf("hello"));

  EXPECT_EQ(refused.code(), absl::StatusCode::kUnimplemented);
  EXPECT_THAT(end_.AwaitLog(1), ElementsAre("frame:hello"));
}

TEST_F(GrpcPipeTest, ASecondConnectCallIsRefused) {
  Serve();
  RawGrpcClient client = ConnectClient();
  client.Call(kConnect);
  client.HalfClose();
  ASSERT_TRUE(client.Finish().ok());

  client.Call(kConnect);

  EXPECT_EQ(client.Finish().code(), absl::StatusCode::kResourceExhausted);
}

TEST_F(GrpcPipeTest, AClientThatIsAdmittedSaysWhoItIs) {
  GrpcClientHello seen;
  Serve({.admit = [&](const GrpcClientHello& hello) {
    seen = hello;
    return absl::OkStatus();
  }});
  RawGrpcClient client = ConnectClient();

  client.Call(kConnect, {{"ipc-role", "editor"}, {"ipc-token", "secret"}});
  client.Write(BatchOf("hello"));

  EXPECT_THAT(end_.AwaitLog(1), ElementsAre("frame:hello"));
  EXPECT_EQ(seen.role, "editor");
  EXPECT_EQ(seen.token, "secret");
}

TEST_F(GrpcPipeTest, AClientThatIsNotAdmittedHearsWhy) {
  Serve({.admit = [](const GrpcClientHello& hello) {
    EXPECT_EQ(hello.role, "renderer");
    return absl::PermissionDeniedError("who are you?");
  }});
  RawGrpcClient client = ConnectClient();

  client.Call(kConnect);
  client.Write(BatchOf("hello"));

  EXPECT_EQ(end_.AwaitEnd().code(), absl::StatusCode::kPermissionDenied);
  EXPECT_EQ(client.Finish(), absl::PermissionDeniedError("who are you?"));
  EXPECT_EQ(end_.frames, 0u);
}

TEST_F(GrpcPipeTest, AdmitMayDestroyThePipe) {
  Serve({.admit = [this](const GrpcClientHello&) {
    end_.pipe.reset();
    return absl::OkStatus();
  }});
  RawGrpcClient client = ConnectClient();
  client.Call(kConnect);

  EXPECT_TRUE(end_.sequence().RunUntil([&] { return end_.pipe == nullptr; }));
  EXPECT_FALSE(client.Finish().ok());
}

TEST_F(GrpcPipeTest, APeerThatDoesNotReadDelaysNobodysDestruction) {
  Serve();
  RawGrpcClient client = ConnectClient();
  client.Call(kConnect);
  client.Write(BatchOf("hello"));
  end_.AwaitLog(1);
  end_.Run([&] {
    while (SendPattern(*end_.pipe, 1 << 20).ok()) continue;
  });

  const auto start = steady_clock::now();
  end_.Run([&] {
    end_.pipe->Close();
    end_.pipe.reset();
  });

  EXPECT_LT(steady_clock::now() - start, std::chrono::seconds(2));
}

TEST_F(GrpcPipeTest, AServerWithoutACallIsDestroyedAtOnce) {
  Serve();

  const auto start = steady_clock::now();
  end_.Run([&] { end_.pipe.reset(); });

  EXPECT_LT(steady_clock::now() - start, std::chrono::seconds(2));
}

}  // namespace
}  // namespace ipc::testing
