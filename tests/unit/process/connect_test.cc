// The renderer's side of the hello, with main's side played by the test.
#include "runtime/process/connect.h"

#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <vector>

#include "runtime/process/hello.h"
#include "runtime/process/internal/handshake.h"
#include "runtime/transport/shm/region.h"
#include "tests/unit/process/testing.h"

namespace ipc {
namespace {

using test::Framed;
using test::Helper;
using test::WriteAll;
using ::testing::HasSubstr;

Welcome GoodWelcome() {
  Welcome welcome;
  welcome.pipe = PipeKind::kGrpc;
  welcome.web_contents_id = WebContentsId(7);
  return welcome;
}

class ConnectTest : public testing::Test {
 protected:
  ConnectTest() {
    auto [main, renderer] = test::SocketPair();
    main_ = std::move(main);
    renderer_ = std::move(renderer);
  }

  absl::StatusOr<MainConnection> Connect() {
    return ConnectToMain(std::move(renderer_), *loop_, options_);
  }

  // What the renderer makes of these bytes for an answer.
  absl::StatusOr<MainConnection> ConnectTo(std::string_view answer) {
    WriteAll(main_.get(), answer);
    return Connect();
  }

  test::TestLoop loop_;
  ConnectOptions options_;
  UniqueFd main_;
  UniqueFd renderer_;
};

TEST_F(ConnectTest, AWelcomeBecomesAPipeAndAnId) {
  const auto connection = ConnectTo(Framed(EncodeWelcome(GoodWelcome())));

  ASSERT_TRUE(connection.ok()) << connection.status();
  EXPECT_EQ(connection->id, WebContentsId(7));
  EXPECT_NE(connection->pipe, nullptr);
}

TEST_F(ConnectTest, TheHelloSaysWhatTheOptionsSay) {
  options_.role = "editor";
  options_.token = "sesame";
  options_.schemas = {{"notes.Notes", 7}};

  const auto connection = ConnectTo(Framed(EncodeWelcome(GoodWelcome())));
  const auto bytes = internal::ReadMessage(main_.get(), 4096, kForever);

  ASSERT_TRUE(bytes.ok()) << bytes.status();
  Hello expected;
  expected.role = "editor";
  expected.token = "sesame";
  expected.schemas = {{"notes.Notes", 7}};
  expected.pipes = {PipeKind::kSharedMemory, PipeKind::kGrpc};
  EXPECT_EQ(DecodeHello(bytes->bytes).value(), expected);
}

TEST_F(ConnectTest, ARefusalIsTheStatusThatMainSent) {
  Welcome refusal;
  refusal.status = absl::PermissionDeniedError("wrong token");

  EXPECT_EQ(ConnectTo(Framed(EncodeWelcome(refusal))).status(),
            absl::PermissionDeniedError("wrong token"));
}

TEST_F(ConnectTest, AnotherProtocolVersionIsRefusedWithBothVersions) {
  Welcome welcome = GoodWelcome();
  welcome.version = 9;

  EXPECT_EQ(ConnectTo(Framed(EncodeWelcome(welcome))).status(),
            absl::FailedPreconditionError(
                "the renderer speaks protocol version 1, main speaks version 9"));
}

TEST_F(ConnectTest, APipeThatWasNotOfferedIsRefused) {
  options_.pipes = {PipeKind::kGrpc};
  Welcome welcome = GoodWelcome();
  welcome.pipe = PipeKind::kSharedMemory;

  EXPECT_TRUE(absl::IsInternal(ConnectTo(Framed(EncodeWelcome(welcome))).status()));
}

TEST_F(ConnectTest, SharedMemoryComesAndGoesWithTheHello) {
  const OwnRegion::Created mains = *OwnRegion::Create();
  Welcome welcome = GoodWelcome();
  welcome.pipe = PipeKind::kSharedMemory;
  ASSERT_TRUE(internal::WriteMessage(main_.get(), EncodeWelcome(welcome), 4096, mains.fd).ok());

  const auto connection = Connect();
  auto hello = internal::ReadMessage(main_.get(), 4096, kForever);

  ASSERT_TRUE(connection.ok()) << connection.status();
  EXPECT_NE(connection->pipe, nullptr);
  ASSERT_TRUE(hello.ok()) << hello.status();
  EXPECT_TRUE(PeerRegion::Map(hello->descriptor).ok());
}

TEST_F(ConnectTest, AHelloWithoutSharedMemoryBringsNoDescriptor) {
  options_.pipes = {PipeKind::kGrpc};

  const auto connection = ConnectTo(Framed(EncodeWelcome(GoodWelcome())));
  const auto hello = internal::ReadMessage(main_.get(), 4096, kForever);

  ASSERT_TRUE(hello.ok()) << hello.status();
  EXPECT_FALSE(hello->descriptor.is_valid());
}

TEST_F(ConnectTest, WhereThereIsNoMemoryToShareTheOtherPipesAreOffered) {
  std::vector<absl::Status> told;
  options_.on_no_memory = [&](const absl::Status& why) { told.push_back(why); };
  const test::NoMemoryToShare none;

  const auto connection = ConnectTo(Framed(EncodeWelcome(GoodWelcome())));
  const auto hello = internal::ReadMessage(main_.get(), 4096, kForever);

  EXPECT_TRUE(connection.ok()) << connection.status();
  ASSERT_TRUE(hello.ok()) << hello.status();
  EXPECT_EQ(DecodeHello(hello->bytes)->pipes, std::vector{PipeKind::kGrpc});
  EXPECT_FALSE(hello->descriptor.is_valid());
  ASSERT_EQ(told.size(), 1u);
  EXPECT_FALSE(told[0].ok());
}

TEST_F(ConnectTest, WhereThereIsNoMemoryToShareAndNoOtherPipeTheErrorSaysTheWayOut) {
  options_.pipes = {PipeKind::kSharedMemory};
  const test::NoMemoryToShare none;

  const std::string error(Connect().status().message());

  EXPECT_THAT(error, HasSubstr("the system gives no memory to share (ftruncate: "));
  EXPECT_THAT(error, HasSubstr("add PipeKind::kGrpc"));
}

TEST_F(ConnectTest, MemoryThatWasNotOfferedIsNotTaken) {
  const OwnRegion::Created mains = *OwnRegion::Create();
  Welcome welcome = GoodWelcome();
  welcome.pipe = PipeKind::kSharedMemory;
  ASSERT_TRUE(internal::WriteMessage(main_.get(), EncodeWelcome(welcome), 4096, mains.fd).ok());
  const test::NoMemoryToShare none;

  EXPECT_EQ(Connect().status(), absl::InternalError("main chose a pipe that was not offered"));
}

TEST_F(ConnectTest, AWelcomeToSharedMemoryThatBringsNoneIsRefused) {
  Welcome welcome = GoodWelcome();
  welcome.pipe = PipeKind::kSharedMemory;

  EXPECT_EQ(ConnectTo(Framed(EncodeWelcome(welcome))).status(),
            absl::InternalError("main chose shared memory and sent none"));
}

TEST_F(ConnectTest, AnAnswerThatIsNoWelcomeIsRefused) {
  EXPECT_TRUE(absl::IsInvalidArgument(ConnectTo("HTTP/1.1 200 OK").status()));
}

TEST_F(ConnectTest, AMessageThatIsNoWelcomeIsRefused) {
  EXPECT_TRUE(absl::IsInvalidArgument(ConnectTo(Framed("\xff\xff\xff")).status()));
}

TEST_F(ConnectTest, AnAnswerOverTheLimitIsRefused) {
  EXPECT_TRUE(absl::IsOutOfRange(ConnectTo("IPC1\x10\x01").status()));
}

TEST_F(ConnectTest, ATruncatedAnswerIsRefused) {
  shutdown(main_.get(), SHUT_RD);  // what comes is lost; what was sent is there
  WriteAll(main_.get(), "IPC1");
  main_.Reset();

  EXPECT_TRUE(absl::IsUnavailable(Connect().status()));
}

TEST_F(ConnectTest, AMainThatIsGoneIsUnavailable) {
  main_.Reset();

  EXPECT_TRUE(absl::IsUnavailable(Connect().status()));
}

TEST_F(ConnectTest, AMainThatNeverAnswersIsGivenUp) {
  options_.limits.hello_timeout = milliseconds(1);

  EXPECT_TRUE(absl::IsDeadlineExceeded(ConnectTo("IPC1").status()));
}

TEST_F(ConnectTest, AHelloOverTheLimitIsNotSent) {
  options_.token = std::string(4096, 'x');

  const absl::Status status = Connect().status();

  EXPECT_TRUE(absl::IsOutOfRange(status)) << status;
  EXPECT_EQ(test::ReadToEnd(main_.get()), "");
}

TEST(ConnectToPathTest, NobodyListeningIsUnavailable) {
  const test::TemporaryDirectory directory;

  const auto socket = ConnectToPath(directory / "app.sock", kForever);

  EXPECT_TRUE(absl::IsUnavailable(socket.status())) << socket.status();
  EXPECT_THAT(std::string(socket.status().message()), HasSubstr(directory / "app.sock"));
}

TEST(ConnectToPathTest, AListenerThatNeverAcceptsIsGivenUp) {
  const test::TemporaryDirectory directory;
  const std::string path = directory / "app.sock";
  const UniqueFd listener = test::ListenAt(path);
  std::vector<UniqueFd> waiting;
  absl::Status status;

  // Its queue has room for a few.
  while (status.ok() && waiting.size() < 10) {
    auto socket = ConnectToPath(path, std::chrono::steady_clock::now() + milliseconds(20));
    status = socket.status();
    if (socket.ok()) waiting.push_back(*std::move(socket));
  }

  EXPECT_TRUE(absl::IsDeadlineExceeded(status)) << status;
}

TEST(ConnectToPathTest, ADeadlineThatHasPassedIsGivenUp) {
  const test::TemporaryDirectory directory;
  const UniqueFd listener = test::ListenAt(directory / "app.sock");

  const auto socket = ConnectToPath(directory / "app.sock", std::chrono::steady_clock::now());

  EXPECT_TRUE(absl::IsDeadlineExceeded(socket.status())) << socket.status();
}

TEST(InheritedSocketTest, IsTakenOnceAndKeptFromTheChildsOwnChildren) {
  test::TestLoop loop;
  std::optional<ExitInfo> exit;

  auto child =
      ChildProcess::Launch(*loop, Helper({"twice"}), [&](const ExitInfo& info) { exit = info; });
  ASSERT_TRUE(child.ok()) << child.status();
  ASSERT_TRUE(loop.RunUntil([&] { return exit.has_value(); }));

  EXPECT_EQ(*exit, (ExitInfo{ExitReason::kCleanExit, 0}));
}

class InheritedVariableTest : public testing::TestWithParam<std::string> {};

TEST_P(InheritedVariableTest, MustNameASocket) {
  setenv(kRendererFdVariable, GetParam().c_str(), 1);

  const auto socket = TakeInheritedSocket();

  EXPECT_TRUE(absl::IsInvalidArgument(socket.status())) << socket.status();
  EXPECT_EQ(getenv(kRendererFdVariable), nullptr);
}

INSTANTIATE_TEST_SUITE_P(Values, InheritedVariableTest,
                         testing::Values("", "three", "-1", "999999", "1", "3x"));

}  // namespace
}  // namespace ipc
