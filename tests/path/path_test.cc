// What one small call costs in steady state, both sides together, while both are awake: no memory,
// no lock, no system call, and as few copies as its bytes need. Above the pipe, and through shared
// memory.
#include <sys/socket.h>

#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "runtime/base/check.h"
#include "runtime/transport/shm/region.h"
#include "runtime/transport/shm/shm_pipe.h"
#include "tests/path/counters.h"
#include "tests/path/path.ipc.h"
#include "tests/path/quiet_pipe.h"
#include "tests/path/stack.h"

namespace ipc {
namespace {

constexpr int kCalls = 1000;

class Calculator final : public path_test::PathIpcMain {
 public:
  void Note(IpcMainEvent&, uint64_t id) override { last_note = id; }
  Promise<path_test::PathAddResponse> Add(IpcMainInvokeEvent&, int32_t left,
                                          int32_t right) override {
    return path_test::PathAddResponse{left + right};
  }
  Promise<path_test::PathAddInTimeResponse> AddInTime(IpcMainInvokeEvent&, int32_t left,
                                                      int32_t right) override {
    return path_test::PathAddInTimeResponse{left + right};
  }
  Promise<path_test::PathAddLaterResponse> AddLater(IpcMainInvokeEvent&, int32_t left,
                                                    int32_t right) override {
    owed.emplace();
    later = {left + right};
    return owed->promise();
  }
  Promise<path_test::PathGreetResponse> Greet(IpcMainInvokeEvent&, std::string name) override {
    return path_test::PathGreetResponse{std::move(name)};
  }

  Promise<path_test::PathEchoResponse> Echo(IpcMainInvokeEvent&, Bytes bytes) override {
    return path_test::PathEchoResponse{std::move(bytes)};
  }

  void AnswerNow() {
    owed->Resolve(later);
    owed.reset();
  }

  uint64_t last_note = 0;
  std::optional<Resolver<path_test::PathAddLaterResponse>> owed;
  path_test::PathAddLaterResponse later;
};

struct Transport {
  const char* name;
  Stack::Pipes (*connect)(EventLoop& loop);
  uint64_t copies;  // of a message's bytes, a direction
};

Stack::Pipes ConnectQuietly(EventLoop&) {
  auto [main_end, renderer_end] = QuietPipe::MakePair();
  return {std::move(main_end), std::move(renderer_end)};
}

Stack::Pipes ConnectShm(EventLoop& loop) {
  int sockets[2] = {-1, -1};
  const int made = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, sockets);
  IPC_CHECK(made == 0, "no socketpair");
  OwnRegion::Created mains = *OwnRegion::Create();
  OwnRegion::Created renderers = *OwnRegion::Create();
  return {*MakeShmPipe(loop, UniqueFd(sockets[0]), std::move(mains.region),
                       *PeerRegion::Map(renderers.fd)),
          *MakeShmPipe(loop, UniqueFd(sockets[1]), std::move(renderers.region),
                       *PeerRegion::Map(mains.fd))};
}

const Transport kTransports[] = {
    // By the one who encodes, and by the one who decodes.
    {"Quiet", ConnectQuietly, 2},
    // And in between, so that nobody reads what a hostile peer may still change.
    {"Shm", ConnectShm, 3},
};

class PathTest : public testing::TestWithParam<Transport> {
 protected:
  PathTest() {
    if (!CanCount()) return;
    registration_ = path_test::BindPath(stack_.ipc_main(), calculator_);
  }
  void SetUp() override {
    if (!CanCount()) GTEST_SKIP() << "a sanitizer counts for itself";
    ASSERT_TRUE(registration_.ok());
  }

  // What `call` costs once it has been made often; it leaves its result in answer_.
  Counts CostOf(const std::function<void(int)>& call) {
    Counts counts;
    stack_.RunInLoop([&] {
      for (int i = 0; i < kCalls; ++i) call(i);
      StartCounting();
      for (int i = 0; i < kCalls; ++i) call(i);
      counts = StopCounting();
    });
    std::printf("[ counted  ] %.2f allocations, %.2f locks a call, system call %d\n",
                static_cast<double>(counts.allocations) / kCalls,
                static_cast<double>(counts.locks) / kCalls, counts.first_system_call);
    return counts;
  }

  template <typename Response>
  void Keep(Promise<Response> promise, int32_t Response::*field) {
    std::move(promise).Then([this, field](absl::StatusOr<Response> response) {
      answer_ = response.ok() ? (*response).*field : -1;
    });
  }

  Stack stack_{GetParam().connect};
  Calculator calculator_;
  absl::StatusOr<Registration> registration_ = absl::UnknownError("not bound");
  path_test::PathIpcRenderer path_{stack_.ipc_renderer()};
  int32_t answer_ = 0;
};

void ExpectNothing(const Counts& counts) {
  EXPECT_EQ(counts.allocations, 0u);
  EXPECT_EQ(counts.locks, 0u);
  EXPECT_EQ(counts.first_system_call, -1);
}

TEST_P(PathTest, AnInvokeOfNumbersAsksForNothing) {
  const Counts counts = CostOf([this](int i) {
    Keep(path_.Add(i, 1), &path_test::PathAddResponse::sum);
    stack_.HandOver();
  });

  EXPECT_EQ(answer_, kCalls);
  ExpectNothing(counts);
}

TEST_P(PathTest, ADeadlineAsksForNothing) {
  const Counts counts = CostOf([this](int i) {
    Keep(path_.AddInTime(i, 1), &path_test::PathAddInTimeResponse::sum);
    stack_.HandOver();
  });

  EXPECT_EQ(answer_, kCalls);
  ExpectNothing(counts);
}

TEST_P(PathTest, AnAnswerThatComesLaterAsksForNothing) {
  const Counts counts = CostOf([this](int i) {
    Keep(path_.AddLater(i, 1), &path_test::PathAddLaterResponse::sum);
    stack_.HandOver();
    calculator_.AnswerNow();
    stack_.HandOver();
  });

  EXPECT_EQ(answer_, kCalls);
  ExpectNothing(counts);
}

TEST_P(PathTest, ManyCallsAtOnceAskForNothing) {
  constexpr int kAtOnce = 64;
  const Counts counts = CostOf([this](int i) {
    for (int j = 0; j < kAtOnce; ++j) Keep(path_.Add(i, j), &path_test::PathAddResponse::sum);
    stack_.HandOver();
  });

  EXPECT_EQ(answer_, kCalls + kAtOnce - 2);
  ExpectNothing(counts);
}

TEST_P(PathTest, AShortStringAsksForNothing) {
  size_t length = 0;
  const Counts counts = CostOf([&](int) {
    path_.Greet("a short name").Then([&](absl::StatusOr<path_test::PathGreetResponse> response) {
      length = response.ok() ? response->greeting.size() : 0;
    });
    stack_.HandOver();
  });

  EXPECT_EQ(length, 12u);
  ExpectNothing(counts);
}

TEST_P(PathTest, AMessageAsksForNothing) {
  const Counts counts = CostOf([this](int i) {
    path_.Note(static_cast<uint64_t>(i)).IgnoreError();
    stack_.HandOver();
  });

  EXPECT_EQ(calculator_.last_note, kCalls - 1u);
  ExpectNothing(counts);
}

TEST_P(PathTest, BytesAreCopiedNoMoreThanTheyNeed) {
  constexpr size_t kBytes = 32 << 10;
  size_t length = 0;
  Counts counts;

  stack_.RunInLoop([&] {
    std::string name(kBytes, 'x');
    StartCounting();
    path_.Greet(std::move(name)).Then([&](absl::StatusOr<path_test::PathGreetResponse> response) {
      length = response.ok() ? response->greeting.size() : 0;
    });
    stack_.HandOver();
    counts = StopCounting();
  });

  EXPECT_EQ(length, kBytes);
  EXPECT_LT(counts.copied_bytes, 2 * GetParam().copies * kBytes + kBytes / 2);
}

// From where the sender has them into the ring, and from there into what the handler gets.
TEST_P(PathTest, LargeBytesAreCopiedTwiceADirection) {
  constexpr size_t kBytes = 128 << 10;  // what the ring takes while nobody reads
  size_t length = 0;
  Counts counts;

  stack_.RunInLoop([&] {
    Bytes bytes(kBytes, uint8_t{7});
    StartCounting();
    path_.Echo(std::move(bytes)).Then([&](absl::StatusOr<path_test::PathEchoResponse> response) {
      length = response.ok() ? response->bytes.size() : 0;
    });
    stack_.HandOver();
    counts = StopCounting();
  });

  EXPECT_EQ(length, kBytes);
  EXPECT_LT(counts.copied_bytes, 2 * 2 * kBytes + kBytes / 2);
}

INSTANTIATE_TEST_SUITE_P(Transports, PathTest, testing::ValuesIn(kTransports),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace ipc
