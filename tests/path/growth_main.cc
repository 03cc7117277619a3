// Prints what one message costs, of both sides together, where there are ten channels, listeners or
// calls in flight, and where there are 10,000. A cost that grows with their number is an error: the
// sum of them would be quadratic.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/base/check.h"
#include "tests/path/quiet_pipe.h"
#include "tests/path/stack.h"

namespace ipc {
namespace {

constexpr int kCounts[] = {10, 100, 1'000, 10'000};
constexpr int kMessages = 40'000;  // at least, for one figure

// Caches alone make what is spread over 10,000 objects dearer; growth with the number would be a
// factor of a thousand.
constexpr double kMostGrowth = 4;

Stack NewStack() {
  Limits limits;
  limits.calls_in_flight = 10'000;
  return Stack(
      [](EventLoop&) -> Stack::Pipes {
        auto [main_end, renderer_end] = QuietPipe::MakePair();
        return {std::move(main_end), std::move(renderer_end)};
      },
      limits);
}

void Handle(Stack& stack, std::string_view channel, IpcMain::Handler handler) {
  const absl::Status added = stack.ipc_main().Handle(channel, std::move(handler));
  IPC_CHECK(added.ok(), "a handler was refused");
}

std::vector<std::string> Names(int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) names.push_back("channel-" + std::to_string(i));
  return names;
}

// Of one `step`, which hands over `messages`.
double NanosecondsOf(Stack& stack, int messages, const std::function<void(int)>& step) {
  double nanoseconds = 0;
  stack.RunInLoop([&] {
    const int steps = std::max(2, kMessages / messages);
    step(0);
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < steps; ++i) step(i);
    const auto passed = std::chrono::steady_clock::now() - start;
    nanoseconds = std::chrono::duration<double, std::nano>(passed).count() / steps / messages;
  });
  return nanoseconds;
}

// Invokes, one after another, each on another of so many channels.
double Channels(int count) {
  Stack stack = NewStack();
  const std::vector<std::string> names = Names(count);
  for (const std::string& name : names) {
    Handle(stack, name, [](IpcMainInvokeEvent&, const Args&) { return Value(1); });
  }
  return NanosecondsOf(stack, count, [&](int) {
    for (const std::string& name : names) {
      stack.ipc_renderer().Invoke(name).Then([](const absl::StatusOr<Value>&) {});
      stack.HandOver();
    }
  });
}

// One message that so many listeners hear; the cost for each of them.
double Listeners(int count) {
  Stack stack = NewStack();
  stack.ipc_main().SetMaxListeners(0);
  int64_t heard = 0;
  for (int i = 0; i < count; ++i) {
    stack.ipc_main().On("news", [&heard](IpcMainEvent&, const Args&) { ++heard; });
  }
  return NanosecondsOf(stack, count, [&](int) {
    stack.ipc_renderer().Send("news").IgnoreError();
    stack.HandOver();
  });
}

// So many calls that all wait, and then are answered, the last one first.
double CallsInFlight(int count) {
  Stack stack = NewStack();
  std::vector<Resolver<Value>> owed;
  Handle(stack, "later",
         [&owed](IpcMainInvokeEvent&, const Args&) { return owed.emplace_back().promise(); });
  return NanosecondsOf(stack, count, [&](int) {
    for (int i = 0; i < count; ++i) {
      stack.ipc_renderer().Invoke("later").Then([](const absl::StatusOr<Value>&) {});
    }
    stack.HandOver();
    for (; !owed.empty(); owed.pop_back()) owed.back().Resolve(Value(1));
    stack.HandOver();
  });
}

// So many calls with deadlines of their own that are cancelled, the first one first.
double CancelledCalls(int count) {
  Stack stack = NewStack();
  std::vector<Resolver<Value>> owed;
  Handle(stack, "never",
         [&owed](IpcMainInvokeEvent&, const Args&) { return owed.emplace_back().promise(); });
  std::vector<Promise<Value>> promises;
  return NanosecondsOf(stack, count, [&](int) {
    for (int i = 0; i < count; ++i) {
      promises.push_back(stack.ipc_renderer().InvokeArgs(
          "never", Args(), CallOptions(milliseconds(60'000 + count - i))));
    }
    stack.HandOver();
    promises.clear();
    stack.HandOver();
    owed.clear();
    stack.HandOver();
  });
}

// False: it grows.
bool PrintRow(const char* what, const std::function<double(int)>& cost) {
  std::printf("%-36s", what);
  std::vector<double> costs;
  for (const int count : kCounts) {
    costs.push_back(cost(count));
    std::printf(" %7.0f ns", costs.back());
    std::fflush(stdout);
  }
  const double growth = costs.back() / costs.front();
  const bool is_ok = growth <= kMostGrowth;
  std::printf("  %5.1f x  %s\n", growth, is_ok ? "ok" : "GROWS");
  return is_ok;
}

int Main() {
  std::printf("%-36s", "one message, where there are");
  for (const int count : kCounts) std::printf(" %10d", count);
  std::printf("\n");
  bool is_ok = PrintRow("channels with a handler", Channels);
  is_ok &= PrintRow("listeners of its channel, for each", Listeners);
  is_ok &= PrintRow("calls in flight", CallsInFlight);
  is_ok &= PrintRow("calls with deadlines, all cancelled", CancelledCalls);
  return is_ok ? 0 : 1;
}

}  // namespace
}  // namespace ipc

int main() { return ipc::Main(); }
