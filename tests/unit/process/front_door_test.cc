// FrontDoor at a real path: who gets in, who does not, and what it survives.
#include "runtime/process/front_door.h"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/process/connect.h"
#include "runtime/process/hello.h"
#include "tests/unit/process/testing.h"

namespace ipc {
namespace {

using test::Framed;
using test::ReadToEnd;
using test::WriteAll;
using ::testing::HasSubstr;

std::string GoodHello() {
  Hello hello;
  hello.role = "editor";
  hello.pipes = {PipeKind::kGrpc};
  return Framed(EncodeHello(hello));
}

bool Exists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

mode_t ModeOf(const std::string& path) {
  struct stat info {};
  EXPECT_EQ(stat(path.c_str(), &info), 0) << path;
  return info.st_mode & 0777;
}

class FrontDoorTest : public testing::Test {
 protected:
  FrontDoorTest() {
    options_.path = directory_ / "app.sock";
    options_.accept.admit = [this](const Hello&, const PeerCredentials&) {
      return WebContentsId(++last_id_);
    };
    options_.on_refused = [this](const PeerCredentials&, const absl::Status& status) {
      refused_.push_back(status);
    };
  }

  absl::Status Open() {
    auto door = FrontDoor::Create(
        *loop_, options_, [this](Arrival arrival) { arrivals_.push_back(std::move(arrival)); });
    if (!door.ok()) return door.status();
    door_ = *std::move(door);
    return absl::OkStatus();
  }

  UniqueFd Connect() {
    auto socket =
        ConnectToPath(options_.path, std::chrono::steady_clock::now() + milliseconds(9000));
    EXPECT_TRUE(socket.ok()) << socket.status();
    return socket.ok() ? *std::move(socket) : UniqueFd();
  }

  void RunUntilArrivals(size_t count) {
    EXPECT_TRUE(loop_.RunUntil([&] { return arrivals_.size() >= count; })) << arrivals_.size();
  }
  void RunUntilRefused(size_t count) {
    EXPECT_TRUE(loop_.RunUntil([&] { return refused_.size() >= count; })) << refused_.size();
  }
  void RunUntilHalfOpen(size_t count) {
    EXPECT_TRUE(loop_.RunUntil([&] { return door_->half_open() == count; })) << door_->half_open();
  }

  test::TemporaryDirectory directory_;
  test::TestLoop loop_;
  FrontDoor::Options options_;
  uint32_t last_id_ = 0;
  std::vector<Arrival> arrivals_;
  std::vector<absl::Status> refused_;
  std::unique_ptr<FrontDoor> door_;
};

TEST_F(FrontDoorTest, WhoSaysHelloArrivesWithItsCredentials) {
  ASSERT_TRUE(Open().ok());
  const UniqueFd client = Connect();

  WriteAll(client.get(), GoodHello());
  RunUntilArrivals(1);

  EXPECT_EQ(arrivals_[0].hello.role, "editor");
  EXPECT_EQ(arrivals_[0].peer, (PeerCredentials{getpid(), getuid(), getgid()}));
  EXPECT_EQ(arrivals_[0].admission.id, WebContentsId(1));
}

TEST_F(FrontDoorTest, GarbageIsClosedAndTold) {
  ASSERT_TRUE(Open().ok());
  const UniqueFd client = Connect();

  WriteAll(client.get(), "GET / HTTP/1.1\r\n\r\n");
  RunUntilRefused(1);

  EXPECT_TRUE(absl::IsInvalidArgument(refused_[0])) << refused_[0];
  EXPECT_EQ(ReadToEnd(client.get()), "");
  EXPECT_EQ(door_->half_open(), 0u);
}

TEST_F(FrontDoorTest, ASilentClientIsClosedAfterTheTimeout) {
  options_.accept.limits.hello_timeout = milliseconds(1);
  ASSERT_TRUE(Open().ok());
  const UniqueFd client = Connect();

  RunUntilRefused(1);

  EXPECT_TRUE(absl::IsDeadlineExceeded(refused_[0])) << refused_[0];
  EXPECT_EQ(ReadToEnd(client.get()), "");
}

TEST_F(FrontDoorTest, OnlyAllowedUsersComeIn) {
  options_.allowed_uids = {getuid() + 1};
  ASSERT_TRUE(Open().ok());
  const UniqueFd client = Connect();

  RunUntilRefused(1);

  EXPECT_TRUE(absl::IsPermissionDenied(refused_[0])) << refused_[0];
  EXPECT_EQ(ReadToEnd(client.get()), "");
}

class HalfOpenTest : public FrontDoorTest, public testing::WithParamInterface<int> {};

TEST_P(HalfOpenTest, WhoeverIsOverTheLimitWaitsUntilSomebodyIsDone) {
  constexpr size_t kLimit = 4;
  options_.accept.limits.half_open = kLimit;
  ASSERT_TRUE(Open().ok());
  std::vector<UniqueFd> silent(kLimit + static_cast<size_t>(GetParam()) - 1);
  for (UniqueFd& client : silent) client = Connect();
  const UniqueFd last = Connect();
  WriteAll(last.get(), GoodHello());

  RunUntilHalfOpen(silent.size());
  for (int turn = 0; turn < 10; ++turn) loop_->Dispatch();
  const bool is_in_at_once = !arrivals_.empty();
  silent.pop_back();
  RunUntilArrivals(1);

  EXPECT_EQ(is_in_at_once, GetParam() <= 0);
}

INSTANTIATE_TEST_SUITE_P(AroundTheLimit, HalfOpenTest, testing::Values(-1, 0, 1));

TEST_F(FrontDoorTest, ItGoesOnAfterItHadNoDescriptors) {
  ASSERT_TRUE(Open().ok());
  EventLoop& loop = *loop_;
  loop.Dispatch();
  const UniqueFd client = Connect();
  WriteAll(client.get(), GoodHello());

  {
    const test::DescriptorLimit limit(0);
    for (int turn = 0; turn < 10; ++turn) loop.Dispatch();
  }
  EXPECT_EQ(arrivals_.size() + refused_.size() + door_->half_open(), 0u);
  RunUntilArrivals(1);
}

TEST_F(FrontDoorTest, WithoutDescriptorsItLeavesTheLoopAsleep) {
  ASSERT_TRUE(Open().ok());
  test::TestLoop& loop = loop_;
  loop->Dispatch();
  const UniqueFd client = Connect();
  int turns = 0;
  bool is_over = false;

  loop->StartTimer(loop->Now() + milliseconds(250), [&] { is_over = true; });
  {
    const test::DescriptorLimit limit(0);
    EXPECT_TRUE(loop.RunUntil([&] { return ++turns > 1000 || is_over; }));
  }

  // It tries every 100 ms; each of these takes a turn or two.
  EXPECT_LT(turns, 20);
}

TEST_F(FrontDoorTest, ASecondInstanceIsRefused) {
  ASSERT_TRUE(Open().ok());

  const auto second = FrontDoor::Create(*loop_, options_, [](Arrival) {});

  EXPECT_TRUE(absl::IsAlreadyExists(second.status())) << second.status();
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(options_.path));
  const UniqueFd client = Connect();
  WriteAll(client.get(), GoodHello());
  RunUntilArrivals(1);
}

TEST_F(FrontDoorTest, ASecondInstanceIsRefusedAlsoWhenSomebodyRemovedTheSocket) {
  ASSERT_TRUE(Open().ok());
  ASSERT_EQ(unlink(options_.path.c_str()), 0);

  const auto second = FrontDoor::Create(*loop_, options_, [](Arrival) {});

  EXPECT_TRUE(absl::IsAlreadyExists(second.status())) << second.status();
}

TEST_F(FrontDoorTest, ALaterInstanceKeepsItsFilesWhenOursWereRemoved) {
  ASSERT_TRUE(Open().ok());
  ASSERT_EQ(unlink(options_.path.c_str()), 0);
  ASSERT_EQ(unlink((options_.path + ".lock").c_str()), 0);
  const auto later = FrontDoor::Create(*loop_, options_, [](Arrival) {});
  ASSERT_TRUE(later.ok()) << later.status();

  door_.reset();

  EXPECT_TRUE(Connect().is_valid());
}

TEST_F(FrontDoorTest, AStaleSocketIsReplaced) {
  test::ListenAt(options_.path).Reset();
  ASSERT_TRUE(Exists(options_.path));

  ASSERT_TRUE(Open().ok());

  const UniqueFd client = Connect();
  WriteAll(client.get(), GoodHello());
  RunUntilArrivals(1);
}

TEST_F(FrontDoorTest, ALockFileThatNobodyHoldsIsTakenOver) {
  std::ofstream(options_.path + ".lock").close();
  test::ListenAt(options_.path).Reset();

  ASSERT_TRUE(Open().ok());

  EXPECT_TRUE(Connect().is_valid());
}

TEST_F(FrontDoorTest, ALiveSocketOfAProgramWithoutOurLockIsLeftAlone) {
  const UniqueFd stranger = test::ListenAt(options_.path);

  EXPECT_TRUE(absl::IsAlreadyExists(Open()));

  EXPECT_TRUE(Connect().is_valid());
}

TEST_F(FrontDoorTest, AFileThatIsNoSocketIsLeftAlone) {
  std::ofstream(options_.path) << "precious";

  EXPECT_TRUE(absl::IsInvalidArgument(Open()));

  EXPECT_TRUE(Exists(options_.path));
}

TEST_F(FrontDoorTest, TheDirectoryIsMadeForUsAlone) {
  options_.path = directory_ / "run/app.sock";

  ASSERT_TRUE(Open().ok());

  EXPECT_EQ(ModeOf(directory_ / "run"), 0700u);
  EXPECT_EQ(ModeOf(options_.path), 0600u);
}

TEST_F(FrontDoorTest, ADirectoryThatOthersMayWriteToIsRefused) {
  const std::string shared = directory_ / "shared";
  ASSERT_EQ(mkdir(shared.c_str(), 0700), 0);
  ASSERT_EQ(chmod(shared.c_str(), 0777), 0);
  options_.path = shared + "/app.sock";

  const absl::Status status = Open();

  EXPECT_TRUE(absl::IsPermissionDenied(status)) << status;
  EXPECT_THAT(std::string(status.message()), HasSubstr(shared));
}

class PathLengthTest : public FrontDoorTest, public testing::WithParamInterface<int> {};

TEST_P(PathLengthTest, APathMayHave107Bytes) {
  const std::string folder = directory_ / "";
  const size_t size = 107 + static_cast<size_t>(GetParam());
  options_.path = folder + std::string(size - folder.size(), 's');

  const absl::Status status = Open();

  if (GetParam() <= 0) {
    EXPECT_TRUE(status.ok()) << status;
  } else {
    EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  }
}

INSTANTIATE_TEST_SUITE_P(AroundTheLimit, PathLengthTest, testing::Values(-1, 0, 1));

TEST_F(FrontDoorTest, DestroyingItClosesTheHalfOpenAndRemovesItsFiles) {
  ASSERT_TRUE(Open().ok());
  const UniqueFd client = Connect();
  RunUntilHalfOpen(1);

  door_.reset();

  EXPECT_EQ(ReadToEnd(client.get()), "");
  EXPECT_FALSE(Exists(options_.path));
  EXPECT_FALSE(Exists(options_.path + ".lock"));
  EXPECT_TRUE(Open().ok());
}

TEST_F(FrontDoorTest, ArrivingMayDestroyIt) {
  bool is_over = false;
  auto door = FrontDoor::Create(*loop_, options_, [&](const Arrival&) {
    door_.reset();
    is_over = true;
  });
  ASSERT_TRUE(door.ok()) << door.status();
  door_ = *std::move(door);
  const UniqueFd client = Connect();
  WriteAll(client.get(), GoodHello());

  EXPECT_TRUE(loop_.RunUntil([&] { return is_over; }));
}

TEST_F(FrontDoorTest, RefusingMayDestroyIt) {
  bool is_over = false;
  options_.on_refused = [&](const PeerCredentials&, const absl::Status&) {
    door_.reset();
    is_over = true;
  };
  ASSERT_TRUE(Open().ok());
  const UniqueFd client = Connect();
  WriteAll(client.get(), "garbage");

  EXPECT_TRUE(loop_.RunUntil([&] { return is_over; }));
}

TEST_F(FrontDoorTest, OneHundredHostileClientsLeaveNoDescriptor) {
  ASSERT_TRUE(Open().ok());
  const std::set<int> before = test::OpenDescriptors();

  for (size_t i = 0; i < 100; ++i) {
    const UniqueFd client = Connect();
    WriteAll(client.get(), i % 2 == 0 ? "garbage" : "IPC1\xff\xff");
    RunUntilRefused(i + 1);
  }

  EXPECT_EQ(test::OpenDescriptors(), before);
}

}  // namespace
}  // namespace ipc
