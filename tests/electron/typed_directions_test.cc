// Typed channels that do not end in main: what it asks of a renderer, what renderers say to each
// other, what a guest says to its embedder.

#include "runtime/api/web_view.h"
#include "runtime/codec/define.h"
#include "tests/electron/contract.h"
#include "tests/electron/contract.ipc.h"

namespace ipc {
namespace {

using contract::ContractIpcRenderer;
using contract::ContractSumResponse;
using contract::ContractWebContents;
using contract::ContractWebView;
using contract::ContractWeighResponse;
using contract::Page;
using contract::Trouble;

class TypedDirectionsContract : public ElectronContract {
 protected:
  template <typename T>
  Outcome<T> OutcomeOf(Promise<T> call) {
    std::optional<Outcome<T>> outcome;
    std::move(call).Then([&](Outcome<T> settled) { outcome.emplace(std::move(settled)); });
    RunUntil([&] { return outcome.has_value(); });
    return *std::move(outcome);
  }
};

RENDERER_BODY(AnswersTypedAsks) {
  ContractIpcRenderer ipc(renderer.ipc_renderer());
  std::vector<Resolver<void>> pondering;
  const absl::Status handled[] = {
      ipc.HandleConfirm([](IpcRendererInvokeEvent&, Page page, bool dirty) {
        if (!dirty) return Result<Page, Trouble>(Trouble::Reason("nothing to save"));
        return Result<Page, Trouble>(Page{.title = page.title, .number = page.number + 1});
      }),
      ipc.HandlePonder([&](IpcRendererInvokeEvent&) { return pondering.emplace_back().promise(); }),
      ipc.HandleWeigh([](IpcRendererInvokeEvent&, const std::string& text) {
        return ContractWeighResponse{.bytes = static_cast<uint32_t>(text.size())};
      }),
      ipc.HandleSum(
          [](IpcRendererInvokeEvent&, const Args& numbers) -> Promise<ContractSumResponse> {
            ContractSumResponse answer;
            for (const Value& number : numbers) answer.sum += number.int64();
            return answer;
          }),
      ipc.HandlePonder([](IpcRendererInvokeEvent&) { return absl::OkStatus(); })};
  for (const absl::Status& status : handled) Report(renderer, Describe(status));
  renderer.ipc_renderer().On("let-go", [&](auto&, const Args&) { ipc.RemovePonderHandler(); });
  renderer.Run();
}

TEST_P(TypedDirectionsContract, Ending_AnAskIsAnsweredWithAValueOrATypedError) {
  WebContents& contents = StartRenderer("AnswersTypedAsks");
  const ContractWebContents window(contents.ref());
  for (int handler = 0; handler < 4; ++handler) EXPECT_EQ(NextReport(), "OK: ");
  EXPECT_EQ(NextReport(),
            "ALREADY_EXISTS: Attempted to register a second handler for 'contract.Ponder'");

  auto confirmed = OutcomeOf(window.Confirm({.title = "page", .number = 7}, true));
  auto refused = OutcomeOf(window.Confirm({.title = "page", .number = 7}, false));
  auto sum = OutcomeOf(window.Sum({1, 2, 39}));

  ASSERT_TRUE(confirmed.ok() && confirmed->ok()) << confirmed.status();
  EXPECT_EQ(confirmed->value(), (Page{.title = "page", .number = 8}));
  ASSERT_TRUE(refused.ok() && !refused->ok()) << refused.status();
  EXPECT_EQ(refused->error(), Trouble::Reason("nothing to save"));
  ASSERT_TRUE(sum.ok()) << sum.status();
  EXPECT_EQ(sum->sum, 42);
}

TEST_P(TypedDirectionsContract, Ending_ATypedAskHasTheDeadlineAndTheLimitOfItsChannel) {
  WebContents& contents = StartRenderer("AnswersTypedAsks");
  const ContractWebContents window(contents.ref());
  for (int handler = 0; handler < 5; ++handler) NextReport();

  const absl::Status late = OutcomeOf(window.Ponder());
  const auto fits = OutcomeOf(window.Weigh(std::string(22, 't')));
  const auto large = OutcomeOf(window.Weigh(std::string(23, 't')));
  ASSERT_TRUE(contents.Send("let-go").ok());
  const absl::Status unheard = OutcomeOf(window.Ponder());

  EXPECT_EQ(Describe(late),
            "DEADLINE_EXCEEDED: Error invoking remote method 'contract.Ponder': Error: no answer "
            "within 20 ms");
  EXPECT_EQ(fits->bytes, 22u);
  EXPECT_EQ(Describe(large.status()),
            "OUT_OF_RANGE: Error invoking remote method 'contract.Weigh': Error: 25 bytes, the "
            "limit is 24");
  EXPECT_EQ(Describe(unheard),
            "UNIMPLEMENTED: Error invoking remote method 'contract.Ponder': Error: No handler "
            "registered for 'contract.Ponder'");
}

TEST_P(TypedDirectionsContract, Ending_ATypedAskIsCallableByItsName) {
  WebContents& contents = StartRenderer("AnswersTypedAsks");
  for (int handler = 0; handler < 5; ++handler) NextReport();
  const Value page = Object{{"title", "page"}, {"number", 7}};

  const auto confirmed = OutcomeOf(contents.Invoke("contract.Confirm", page, true));
  const auto wrong = OutcomeOf(contents.Invoke("contract.Confirm", Object{{"title", 5}}, true));

  EXPECT_EQ(Describe(confirmed), R"(OK: {"title":"page","number":8})");
  EXPECT_EQ(Describe(wrong),
            "INVALID_ARGUMENT: Error invoking remote method 'contract.Confirm': Error: "
            "args[0].title: expected string, got number");
}

RENDERER_BODY(HearsTypedRelays) {
  ContractIpcRenderer ipc(renderer.ipc_renderer());
  ipc.OncePointed([&](IpcRendererEvent& event, const Page& page, uint32_t line) {
    Report(renderer, Array{event.sender_id().value(), page.title, line});
  });
  ipc.OnWhispered([&](IpcRendererEvent&, const std::string& text) { Report(renderer, text); });
  Report(renderer, "hears");
  renderer.Run();
}

RENDERER_BODY(SaysTypedRelays) {
  ContractIpcRenderer ipc(renderer.ipc_renderer());
  renderer.ipc_renderer().On("go", [&](auto&, const Args& args) {
    const WebContentsId target(static_cast<uint32_t>(args[0].int64()));
    const absl::Status sent[] = {
        ipc.Whispered(target, std::string(23, 't')), ipc.Whispered(target, "psst"),
        ipc.Pointed(target, {.title = "page", .number = 7}, 3),
        ipc.Pointed(target, {.title = "once", .number = 7}, 3), ipc.Whispered(target, "bye")};
    for (const absl::Status& status : sent) {
      if (!status.ok()) Report(renderer, Describe(status));
    }
  });
  renderer.Run();
}

TEST_P(TypedDirectionsContract, Rule21_ATypedRelayReachesTheOtherRenderer) {
  WebContents& hearer = StartRenderer("HearsTypedRelays");
  WebContents& speaker = StartRenderer("SaysTypedRelays");
  EXPECT_EQ(NextReport(), "hears");

  ASSERT_TRUE(speaker.Send("go", hearer.id().value()).ok());

  EXPECT_EQ(NextReport(), "psst") << "and not what is too long";
  EXPECT_EQ(NextReport(), Value(Array{speaker.id().value(), "page", 3}));
  EXPECT_EQ(NextReport(), "bye") << "and nobody listens to the second page";
}

RENDERER_BODY(EmbedsTyped) {
  std::optional<WebView> view;
  std::optional<ContractWebView> guest;
  renderer.ipc_renderer().On("embed", [&](auto&, const Args& args) {
    view.emplace(renderer, WebContentsId(static_cast<uint32_t>(args[0].int64())));
    guest.emplace(*view);
    guest->OnceGrew([&](IpcRendererEvent& event, uint32_t width, uint32_t height) {
      Report(renderer, Array{event.sender_id().value(), width, height});
    });
    const ListenerId removed = guest->OnMurmured(
        [&](auto&, const std::string&) { Report(renderer, "a removed listener heard"); });
    guest->OnMurmured([&](auto&, const std::string& text) { Report(renderer, text); });
    guest->RemoveMurmuredListener(removed);
    Report(renderer, "embedded");
  });
  Report(renderer, "ready");
  renderer.Run();
}

RENDERER_BODY(IsATypedGuest) {
  ContractIpcRenderer ipc(renderer.ipc_renderer());
  renderer.ipc_renderer().On("go", [&](auto&, const Args&) {
    const absl::Status sent[] = {ipc.Murmured(std::string(23, 't')), ipc.Murmured("hum"),
                                 ipc.Grew(640, 480), ipc.Grew(1, 1), ipc.Murmured("bye")};
    for (const absl::Status& status : sent) {
      if (!status.ok()) Report(renderer, Describe(status));
    }
  });
  renderer.Run();
}

TEST_P(TypedDirectionsContract, Rule21_ATypedMessageOfAGuestReachesTheEmbeddersWebView) {
  WebContents& embedder = StartRenderer("EmbedsTyped");
  EXPECT_EQ(NextReport(), "ready");
  WebContents& guest = StartRendererAs({.embedder_id = embedder.id()}, "IsATypedGuest");
  ASSERT_TRUE(embedder.Send("embed", guest.id().value()).ok());
  EXPECT_EQ(NextReport(), "embedded");

  ASSERT_TRUE(guest.Send("go").ok());

  EXPECT_EQ(NextReport(), "hum") << "and not what is too long";
  EXPECT_EQ(NextReport(), Value(Array{guest.id().value(), 640, 480}));
  EXPECT_EQ(NextReport(), "bye") << "and nobody listens to the second size";
}

INSTANTIATE_TEST_SUITE_P(Pipes, TypedDirectionsContract, AllPipes(), PipeName);

}  // namespace
}  // namespace ipc
