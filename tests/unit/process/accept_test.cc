// Acceptance over a socket pair whose other end the test plays, byte by byte; and against a real
// renderer process.
#include "runtime/process/accept.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/process/hello.h"
#include "runtime/process/internal/handshake.h"
#include "runtime/transport/grpc/grpc_pipe.h"
#include "runtime/transport/shm/region.h"
#include "tests/unit/process/testing.h"

namespace ipc {
namespace {

using test::Framed;
using test::Helper;
using test::ReadToEnd;
using test::WriteAll;
using ::testing::HasSubstr;

constexpr std::string_view kHttp2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

Hello GoodHello() {
  Hello hello;
  hello.role = "editor";
  hello.token = "sesame";
  hello.schemas = {{"notes.Notes", 0x1234}};
  hello.pipes = {PipeKind::kGrpc};
  return hello;
}

// A whole hello of exactly `size` bytes.
std::string HelloOfSize(size_t size) {
  Hello hello = GoodHello();
  hello.token.assign(size - 64, 'x');
  while (EncodeHello(hello).size() < size) hello.token += 'x';
  return EncodeHello(hello);
}

class AcceptanceTest : public testing::Test {
 protected:
  AcceptanceTest() {
    auto [ours, theirs] = test::SocketPair();
    ours_ = std::move(ours);
    theirs_ = std::move(theirs);
    options_.admit = [this](const Hello& hello, const PeerCredentials& peer) {
      admitted_ = hello;
      peer_ = peer;
      return answer_;
    };
  }

  void Accept() {
    acceptance_ = std::make_unique<Acceptance>(
        *loop_, std::move(ours_), options_, [this](absl::StatusOr<Arrival> outcome) {
          EXPECT_FALSE(outcome_.has_value()) << "called twice";
          outcome_ = std::move(outcome);
        });
  }

  // The status that the acceptance ends with.
  absl::Status RunToEnd() {
    EXPECT_TRUE(loop_.RunUntil([&] { return outcome_.has_value(); }));
    acceptance_.reset();
    return outcome_->status();
  }

  absl::Status AcceptBytes(std::string_view bytes) {
    WriteAll(theirs_.get(), bytes);
    Accept();
    return RunToEnd();
  }

  // What main answered, when it then closed.
  absl::StatusOr<Welcome> Answer() {
    const std::string bytes = ReadToEnd(theirs_.get());
    if (bytes.size() < 6) return absl::UnavailableError("no answer");
    const auto* message = reinterpret_cast<const uint8_t*>(bytes.data()) + 6;
    return DecodeWelcome({message, bytes.size() - 6});
  }

  test::TestLoop loop_;
  UniqueFd ours_;
  UniqueFd theirs_;
  AcceptOptions options_;
  absl::StatusOr<WebContentsId> answer_ = WebContentsId(7);
  std::unique_ptr<Acceptance> acceptance_;
  std::optional<absl::StatusOr<Arrival>> outcome_;
  std::optional<Hello> admitted_;
  PeerCredentials peer_;
};

TEST_F(AcceptanceTest, AGoodHelloBecomesAnArrivalWithAPipe) {
  EXPECT_TRUE(AcceptBytes(Framed(EncodeHello(GoodHello()))).ok());

  ASSERT_TRUE(outcome_->ok()) << outcome_->status();
  EXPECT_EQ((*outcome_)->admission.id, WebContentsId(7));
  EXPECT_EQ((*outcome_)->hello, GoodHello());
  EXPECT_NE((*outcome_)->pipe, nullptr);
}

TEST_F(AcceptanceTest, AdmitDecidesByTheHelloAndTheCredentials) {
  AcceptBytes(Framed(EncodeHello(GoodHello()))).IgnoreError();

  EXPECT_EQ(admitted_, GoodHello());
  EXPECT_EQ(peer_, (PeerCredentials{getpid(), getuid(), getgid()}));
}

TEST_F(AcceptanceTest, TheWelcomeNamesThePipeAndTheWebContents) {
  WriteAll(theirs_.get(), Framed(EncodeHello(GoodHello())));
  Accept();
  ASSERT_TRUE(loop_.RunUntil([&] { return outcome_.has_value(); }));

  Welcome expected;
  expected.pipe = PipeKind::kGrpc;
  expected.web_contents_id = WebContentsId(7);
  const std::string bytes = Framed(EncodeWelcome(expected));
  std::string got(bytes.size(), '\0');
  EXPECT_EQ(recv(theirs_.get(), got.data(), got.size(), MSG_WAITALL),
            static_cast<ssize_t>(got.size()));

  EXPECT_EQ(got, bytes);
}

TEST_F(AcceptanceTest, AHelloMayComeByteByByte) {
  Accept();
  for (const char byte : Framed(EncodeHello(GoodHello()))) {
    WriteAll(theirs_.get(), {&byte, 1});
    loop_->Dispatch();
  }

  EXPECT_TRUE(RunToEnd().ok());
  EXPECT_EQ(admitted_, GoodHello());
}

TEST_F(AcceptanceTest, TheRefusedRendererHearsWhy) {
  answer_ = absl::PermissionDeniedError("wrong token");

  const absl::Status status = AcceptBytes(Framed(EncodeHello(GoodHello())));

  EXPECT_EQ(status, absl::PermissionDeniedError("wrong token"));
  const auto answer = Answer();
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->status, absl::PermissionDeniedError("wrong token"));
}

TEST_F(AcceptanceTest, AReasonTooLongForAWelcomeIsShortenedBetweenCharacters) {
  std::string reason;
  while (reason.size() < 100'000) reason += "\xE2\x82\xAC";  // three bytes a character
  answer_ = absl::PermissionDeniedError(reason);

  AcceptBytes(Framed(EncodeHello(GoodHello()))).IgnoreError();

  const auto answer = Answer();
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_TRUE(absl::IsPermissionDenied(answer->status));
  EXPECT_GT(answer->status.message().size(), 1000u);
  EXPECT_EQ(answer->status.message().size() % 3, 0u);
}

TEST_F(AcceptanceTest, AnotherProtocolVersionIsRefusedWithBothVersions) {
  Hello hello = GoodHello();
  hello.version = 9;

  const absl::Status status = AcceptBytes(Framed(EncodeHello(hello)));

  const absl::Status expected = absl::FailedPreconditionError(
      "the renderer speaks protocol version 9, main speaks version 1");
  EXPECT_EQ(status, expected);
  EXPECT_EQ(Answer()->status, expected);
  EXPECT_FALSE(admitted_.has_value());
}

TEST_F(AcceptanceTest, TheFirstOfferThatMainCanServeIsChosen) {
  Hello hello = GoodHello();
  hello.pipes = {PipeKind{99}, PipeKind::kGrpc, PipeKind::kSharedMemory};

  EXPECT_TRUE(AcceptBytes(Framed(EncodeHello(hello))).ok());
}

TEST_F(AcceptanceTest, APipeThatMainDoesNotServeHereIsNotChosen) {
  options_.pipes = {PipeKind::kGrpc};
  Hello hello = GoodHello();
  hello.pipes = {PipeKind::kSharedMemory};

  EXPECT_TRUE(absl::IsUnimplemented(AcceptBytes(Framed(EncodeHello(hello)))));
}

TEST_F(AcceptanceTest, ARendererWithoutAPipeOfOursIsRefused) {
  Hello hello = GoodHello();
  hello.pipes = {PipeKind{99}};

  EXPECT_TRUE(absl::IsUnimplemented(AcceptBytes(Framed(EncodeHello(hello)))));
  EXPECT_TRUE(absl::IsUnimplemented(Answer()->status));
}

// What a renderer that offers shared memory brings along.
class SharedMemoryHelloTest : public AcceptanceTest {
 protected:
  SharedMemoryHelloTest() { hello_.pipes = {PipeKind::kSharedMemory}; }

  void SayHello(const UniqueFd& descriptor) {
    ASSERT_TRUE(internal::WriteMessage(theirs_.get(), EncodeHello(hello_), 4096, descriptor).ok());
  }
  void ExpectRefusal(std::string_view reason) {
    const size_t before = test::OpenDescriptors().size();
    Accept();
    const absl::Status status = RunToEnd();

    EXPECT_EQ(status, absl::InvalidArgumentError({reason.data(), reason.size()}));
    EXPECT_EQ(Answer()->status, status);
    EXPECT_EQ(test::OpenDescriptors().size(), before - 1);  // the socket's end here
    EXPECT_FALSE(outcome_->ok());
  }

  Hello hello_ = GoodHello();
};

TEST_F(SharedMemoryHelloTest, MemoryIsExchangedForMemory) {
  SayHello(OwnRegion::Create()->fd);
  Accept();
  ASSERT_TRUE(loop_.RunUntil([&] { return outcome_.has_value(); }));

  auto welcome = internal::ReadMessage(theirs_.get(), 4096, kForever);

  ASSERT_TRUE(outcome_->ok()) << outcome_->status();
  ASSERT_TRUE(welcome.ok()) << welcome.status();
  EXPECT_EQ(DecodeWelcome(welcome->bytes)->pipe, PipeKind::kSharedMemory);
  EXPECT_TRUE(PeerRegion::Map(welcome->descriptor).ok());
}

TEST_F(SharedMemoryHelloTest, WhereMainHasNoMemoryToShareAnotherPipeIsTaken) {
  std::vector<absl::Status> told;
  options_.on_no_memory = [&](const absl::Status& why) { told.push_back(why); };
  hello_.pipes = {PipeKind::kSharedMemory, PipeKind::kGrpc};
  SayHello(OwnRegion::Create()->fd);
  const test::NoMemoryToShare none;
  Accept();
  ASSERT_TRUE(loop_.RunUntil([&] { return outcome_.has_value(); }));

  auto welcome = internal::ReadMessage(theirs_.get(), 4096, kForever);

  ASSERT_TRUE(outcome_->ok()) << outcome_->status();
  ASSERT_TRUE(welcome.ok()) << welcome.status();
  EXPECT_EQ(DecodeWelcome(welcome->bytes)->pipe, PipeKind::kGrpc);
  EXPECT_FALSE(welcome->descriptor.is_valid());
  EXPECT_EQ(told.size(), 1u);
}

TEST_F(SharedMemoryHelloTest, WhereMainHasNoMemoryToShareAndNoOtherPipeBothHearTheWayOut) {
  SayHello(OwnRegion::Create()->fd);
  const test::NoMemoryToShare none;
  Accept();

  const absl::Status status = RunToEnd();

  EXPECT_THAT(std::string(status.message()), HasSubstr("add PipeKind::kGrpc"));
  EXPECT_EQ(Answer()->status, status);
}

TEST_F(SharedMemoryHelloTest, NoDescriptorIsRefused) {
  SayHello({});

  ExpectRefusal("the hello offers shared memory and brings none");
}

TEST_F(SharedMemoryHelloTest, ADescriptorThatIsNoMemoryIsRefused) {
  SayHello(UniqueFd(fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 0)));

  ExpectRefusal("the shared memory is of another kind");
}

TEST_F(SharedMemoryHelloTest, MemoryThatCouldShrinkIsRefused) {
  UniqueFd memory(memfd_create("test", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  ASSERT_EQ(ftruncate(memory.get(), 1 << 20), 0);
  SayHello(memory);
  memory.Reset();

  ExpectRefusal("the shared memory is not sealed");
}

TEST_F(SharedMemoryHelloTest, ADescriptorThatComesLaterIsASecondOne) {
  const std::string bytes = Framed(EncodeHello(hello_));
  test::SendWithDescriptors(theirs_.get(), bytes.substr(0, 3), 1);
  test::SendWithDescriptors(theirs_.get(), bytes.substr(3), 1);
  Accept();

  EXPECT_EQ(RunToEnd(), absl::InvalidArgumentError("a hello with two descriptors"));
}

TEST_F(SharedMemoryHelloTest, ManyDescriptorsAreRefusedAndClosed) {
  const size_t before = test::OpenDescriptors().size();
  test::SendWithDescriptors(theirs_.get(), Framed(EncodeHello(hello_)), 200);
  Accept();

  EXPECT_EQ(RunToEnd(), absl::InvalidArgumentError("a hello with two descriptors"));
  EXPECT_EQ(test::OpenDescriptors().size(), before - 1);
}

TEST_F(SharedMemoryHelloTest, ADescriptorBesideAnotherOfferIsClosed) {
  hello_.pipes = {PipeKind::kGrpc};
  SayHello(OwnRegion::Create()->fd);
  const size_t before = test::OpenDescriptors().size();
  answer_ = absl::PermissionDeniedError("not today");
  Accept();

  EXPECT_TRUE(absl::IsPermissionDenied(RunToEnd()));
  EXPECT_EQ(test::OpenDescriptors().size(), before - 1);
}

TEST_F(AcceptanceTest, GarbageIsRefusedAtItsFirstWrongByte) {
  const absl::Status status = AcceptBytes("IPX");

  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_EQ(Answer().status(), absl::UnavailableError("no answer"));
  EXPECT_FALSE(admitted_.has_value());
}

TEST_F(AcceptanceTest, AMessageThatIsNoHelloIsRefused) {
  const absl::Status status = AcceptBytes(Framed("\xff\xff\xff\xff"));

  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_EQ(Answer()->status, status);
}

TEST_F(AcceptanceTest, ATruncatedHelloThatEndsIsRefused) {
  const std::string bytes = Framed(EncodeHello(GoodHello()));
  WriteAll(theirs_.get(), std::string_view(bytes).substr(0, bytes.size() - 1));
  shutdown(theirs_.get(), SHUT_WR);
  Accept();

  EXPECT_TRUE(absl::IsUnavailable(RunToEnd()));
}

TEST_F(AcceptanceTest, ASocketThatClosesWithoutAWordIsRefused) {
  theirs_.Reset();
  Accept();

  EXPECT_TRUE(absl::IsUnavailable(RunToEnd()));
}

TEST_F(AcceptanceTest, ASilentPeerIsRefusedAfterTheTimeout) {
  options_.limits.hello_timeout = milliseconds(1);
  WriteAll(theirs_.get(), "IPC");
  Accept();

  EXPECT_EQ(RunToEnd(), absl::DeadlineExceededError("no hello within 1 ms"));
}

class HelloSizeTest : public AcceptanceTest, public testing::WithParamInterface<int> {};

TEST_P(HelloSizeTest, OneMoreThanTheLimitIsTooLarge) {
  const size_t size = options_.limits.hello_bytes + static_cast<size_t>(GetParam());

  const absl::Status status = AcceptBytes(Framed(HelloOfSize(size)));

  if (GetParam() <= 0) {
    EXPECT_TRUE(status.ok()) << status;
  } else {
    EXPECT_EQ(status, absl::OutOfRangeError("a hello of 4097 bytes, the limit is 4096"));
  }
}

INSTANTIATE_TEST_SUITE_P(AroundTheLimit, HelloSizeTest, testing::Values(-1, 0, 1));

TEST_F(AcceptanceTest, AnHttp2PrefaceIsRefusedUnlessGrpcClientsAreAllowed) {
  const absl::Status status = AcceptBytes(kHttp2Preface);

  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr("gRPC"));
}

TEST_F(AcceptanceTest, AGrpcClientThatNeverCallsIsRefusedAfterTheTimeout) {
  options_.allow_grpc_clients = true;
  options_.limits.hello_timeout = milliseconds(50);

  EXPECT_TRUE(absl::IsDeadlineExceeded(AcceptBytes(kHttp2Preface)));
}

// The other end of a foreign client's pipe: how it ended.
struct ClientDelegate final : Pipe::Delegate {
  void OnFrame(const FrameView&) override {}
  void OnWritable() override {}
  void OnClosed(const absl::Status& reason) override { closed = reason; }

  std::optional<absl::Status> closed;
};

TEST_F(AcceptanceTest, AnAllowedGrpcClientArrivesWithTheHelloOfItsMetadata) {
  options_.allow_grpc_clients = true;
  ClientDelegate delegate;
  auto client = ConnectGrpcPipe(std::move(theirs_), GrpcLoop::Create(*loop_));
  ASSERT_TRUE(client.ok()) << client.status();
  (*client)->Start(&delegate);

  Accept();

  ASSERT_TRUE(RunToEnd().ok()) << outcome_->status();
  EXPECT_EQ((*outcome_)->admission.id, WebContentsId(7));
  EXPECT_EQ((*outcome_)->hello.role, "renderer");
  EXPECT_EQ(peer_.pid, getpid());
  EXPECT_NE((*outcome_)->pipe, nullptr);
}

TEST_F(AcceptanceTest, ARefusedGrpcClientGetsTheStatus) {
  options_.allow_grpc_clients = true;
  answer_ = absl::PermissionDeniedError("wrong token");
  ClientDelegate delegate;
  auto client = ConnectGrpcPipe(std::move(theirs_), GrpcLoop::Create(*loop_));
  ASSERT_TRUE(client.ok()) << client.status();
  (*client)->Start(&delegate);

  Accept();

  EXPECT_EQ(RunToEnd(), absl::PermissionDeniedError("wrong token"));
  ASSERT_TRUE(loop_.RunUntil([&] { return delegate.closed.has_value(); }));
  EXPECT_EQ(*delegate.closed, absl::PermissionDeniedError("wrong token"));
}

TEST_F(AcceptanceTest, DestroyingItCancels) {
  Accept();
  WriteAll(theirs_.get(), Framed(EncodeHello(GoodHello())));

  acceptance_.reset();
  loop_->Dispatch();

  EXPECT_FALSE(outcome_.has_value());
  EXPECT_EQ(ReadToEnd(theirs_.get()), "");
}

TEST_F(AcceptanceTest, DoneMayDestroyIt) {
  bool is_over = false;
  acceptance_ = std::make_unique<Acceptance>(*loop_, std::move(ours_), options_,
                                             [&](const absl::StatusOr<Arrival>&) {
                                               acceptance_.reset();
                                               is_over = true;
                                             });
  WriteAll(theirs_.get(), "garbage");

  EXPECT_TRUE(loop_.RunUntil([&] { return is_over; }));
}

TEST_F(AcceptanceTest, ALaunchedRendererComesInByItsInheritedSocket) {
  auto launched =
      ChildProcess::Launch(*loop_, Helper({"connect", "editor", "sesame"}), [](const ExitInfo&) {});
  ASSERT_TRUE(launched.ok()) << launched.status();
  ours_ = std::move(launched->socket);

  Accept();

  ASSERT_TRUE(RunToEnd().ok()) << outcome_->status();
  EXPECT_EQ(admitted_->role, "editor");
  EXPECT_EQ(admitted_->token, "sesame");
}

TEST_F(AcceptanceTest, ALaunchedRendererThatIsRefusedGetsTheStatus) {
  answer_ = absl::PermissionDeniedError("wrong token");
  std::optional<ExitInfo> exit;
  auto launched = ChildProcess::Launch(*loop_, Helper({"connect", "editor", "guess"}),
                                       [&](const ExitInfo& info) { exit = info; });
  ASSERT_TRUE(launched.ok()) << launched.status();
  ours_ = std::move(launched->socket);

  Accept();

  ASSERT_TRUE(loop_.RunUntil([&] { return exit.has_value(); }));
  EXPECT_EQ(exit->code, static_cast<int>(absl::StatusCode::kPermissionDenied));
}

TEST_F(AcceptanceTest, ALaunchedProcessThatSaysSomethingElseIsRefused) {
  auto launched =
      ChildProcess::Launch(*loop_, Helper({"say", "good morning"}), [](const ExitInfo&) {});
  ASSERT_TRUE(launched.ok()) << launched.status();
  ours_ = std::move(launched->socket);

  Accept();

  EXPECT_TRUE(absl::IsInvalidArgument(RunToEnd())) << outcome_->status();
}

TEST_F(AcceptanceTest, ALaunchedProcessThatDiesIsRefusedAtOnce) {
  auto launched = ChildProcess::Launch(*loop_, Helper({"exit", "0"}), [](const ExitInfo&) {});
  ASSERT_TRUE(launched.ok()) << launched.status();
  ours_ = std::move(launched->socket);

  Accept();

  EXPECT_TRUE(absl::IsUnavailable(RunToEnd())) << outcome_->status();
}

}  // namespace
}  // namespace ipc
