// Rule 20: payloads of the sizes at which buffers, windows and frames end, in every form, by every
// verb.

#include <array>
#include <cstddef>
#include <limits>

#include "absl/strings/str_cat.h"
#include "tests/electron/contract.h"

namespace ipc {
namespace {

using testing::EndsWith;
using testing::StartsWith;

constexpr std::array<size_t, 7> kSizes = {0, 1, 65535, 65536, 65537, 262147, 3145729};

// Of `size` bytes in some way, no two places of it alike over a long stretch.
Value StringOf(size_t size) {
  std::string text(size, ' ');
  for (size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + (i * 31 + i / 251) % 26);
  return text;
}

Value BytesOf(size_t size) {
  Bytes bytes(size);
  for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<uint8_t>(i * 31 + i / 251);
  return bytes;
}

Value ObjectOf(size_t size) {
  Array parts;
  for (size_t i = 0; i < size; i += 64) parts.push_back(Value(static_cast<int64_t>(i)));
  return Object{{"text", StringOf(size / 2)}, {"parts", std::move(parts)}, {"bytes", BytesOf(16)}};
}

std::vector<Value> AllPayloads() {
  std::vector<Value> payloads;
  for (size_t size : kSizes) {
    for (Value payload : {StringOf(size), BytesOf(size), ObjectOf(size)}) {
      payloads.push_back(std::move(payload));
    }
  }
  return payloads;
}

// What came back, in a word; the payloads are too large for a report.
std::string Compare(const absl::StatusOr<Value>& echo, const Value& payload) {
  if (!echo.ok()) return Describe(echo);
  return *echo == payload ? "same" : "different";
}

RENDERER_BODY(InvokesWithEveryPayload) {
  for (const Value& payload : AllPayloads()) {
    Report(renderer,
           Compare(Await(renderer, renderer.ipc_renderer().Invoke("echo", payload)), payload));
  }
  renderer.Run();
}

TEST_P(ElectronContract, Rule20_PayloadsOfEverySizePassByInvoke) {
  StartRenderer("InvokesWithEveryPayload");
  ASSERT_TRUE(ipc_main()
                  .Handle("echo", [](auto&, const Args& args) -> Promise<Value> { return args[0]; })
                  .ok());

  for (size_t i = 0; i < AllPayloads().size(); ++i) EXPECT_EQ(NextReport(), "same") << i;
}

RENDERER_BODY(AsksWithEveryPayload) {
  for (const Value& payload : AllPayloads()) {
    Report(renderer, Compare(renderer.ipc_renderer().SendSync("echo", payload), payload));
  }
  renderer.Run();
}

TEST_P(ElectronContract, Rule20_PayloadsOfEverySizePassBySendSync) {
  StartRenderer("AsksWithEveryPayload");
  ipc_main().On("echo",
                [](IpcMainEvent& event, const Args& args) { event.SetReturnValue(args[0]); });

  for (size_t i = 0; i < AllPayloads().size(); ++i) EXPECT_EQ(NextReport(), "same") << i;
}

// One at a time: together they are more than the outbound queue takes.
RENDERER_BODY(SendsEveryPayload) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  const std::vector<Value> payloads = AllPayloads();
  size_t next = 0;
  auto send_next = [&] {
    if (next == payloads.size()) return;
    absl::Status sent = ipc.Send("echo", payloads[next]);
    if (!sent.ok()) Report(renderer, Describe(sent));
  };
  ipc.On("echo", [&](auto&, const Args& args) {
    Report(renderer, Compare(args[0], payloads[next++]));
    send_next();
  });
  send_next();
  renderer.Run();
}

TEST_P(ElectronContract, Rule20_PayloadsOfEverySizePassBySendBothWays) {
  StartRenderer("SendsEveryPayload");
  ipc_main().On("echo", [](IpcMainEvent& event, const Args& args) {
    EXPECT_TRUE(event.Reply("echo", args[0]).ok());
  });

  for (size_t i = 0; i < AllPayloads().size(); ++i) EXPECT_EQ(NextReport(), "same") << i;
}

RENDERER_BODY(EchoesValues) {
  renderer.ipc_renderer().On("value", [&](auto&, const Args& args) { Report(renderer, args[0]); });
  renderer.Run();
}

TEST_P(ElectronContract, Rule20_JsonValuesPassUnchanged) {
  const Value value = Object{{"zebra", nullptr},
                             {"yes", true},
                             {"smallest", INT64_MIN},
                             {"largest", UINT64_MAX},
                             {"pi", 3.141592653589793},
                             {"text", "\u20ac \U0001F600 \" \\ \n"},
                             {"$bytes", 0},
                             {"$$", "dollars"},
                             {"bytes", Bytes{0, 255, 128}},
                             {"nested", Array{Array{}, Object{}, Bytes{}, Bytes{1}}},
                             {"", "no name"}};
  WebContents& contents = StartRenderer("EchoesValues");

  ASSERT_TRUE(contents.Send("value", value).ok());

  Value echo = NextReport();
  EXPECT_EQ(echo, value);
  EXPECT_EQ(echo.object().begin()->first, "zebra") << "members keep their order";
}

TEST_P(ElectronContract, Rule20_NumbersThatJsonDoesNotHaveBecomeNull) {
  using Double = std::numeric_limits<double>;
  WebContents& contents = StartRenderer("EchoesValues");

  ASSERT_TRUE(
      contents.Send("value", Array{Double::quiet_NaN(), Double::infinity(), -Double::infinity(), 1})
          .ok());

  EXPECT_EQ(NextReport(), Array({nullptr, nullptr, nullptr, 1}));
}

RENDERER_BODY(NestsAsDeepAsItMayAndDeeper) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  Value nested;
  for (int depth = 0; depth < 63; ++depth) nested = Array{std::move(nested)};  // args is the first
  Report(renderer, Describe(ipc.Send("message", nested)));
  nested = Array{std::move(nested)};
  Report(renderer, Describe(ipc.Send("message", nested)));
  Report(renderer, Describe(ipc.SendSync("message", nested)));
  Report(renderer, Describe(Await(renderer, ipc.Invoke("message", nested))));
  renderer.Run();
}

TEST_P(ElectronContract, Ending_WhatNestsTooDeepIsRefusedWhereItIsSent) {
  int heard = 0;
  StartRenderer("NestsAsDeepAsItMayAndDeeper");
  ipc_main().On("message", [&](IpcMainEvent&, const Args&) { ++heard; });

  EXPECT_EQ(NextReport(), "OK: ");
  for (const char* prefix : {"", "Error invoking remote method 'message': Error: ",
                             "Error invoking remote method 'message': Error: "}) {
    EXPECT_THAT(NextReport().string(),
                testing::AllOf(StartsWith(absl::StrCat("INVALID_ARGUMENT: ", prefix,
                                                       "An object could not be cloned. (args[0]")),
                               EndsWith(" nests deeper than 64)")));
  }
  EXPECT_EQ(heard, 1);
}

}  // namespace
}  // namespace ipc
