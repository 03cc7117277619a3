// Typed channels: the rules hold for them as for others, and a peer that speaks JSON reaches them
// by their names.

#include "runtime/codec/define.h"
#include "tests/electron/contract.h"
#include "tests/electron/contract.ipc.h"

namespace ipc {
namespace {

using contract::ContractCountResponse;
using contract::ContractIpcRenderer;
using contract::Page;
using contract::Trouble;
using testing::ElementsAre;

class Book final : public contract::ContractIpcMain {
 public:
  void Turned(IpcMainEvent& event, Page page) override {
    turned.push_back(page);
    EXPECT_TRUE(contract::ContractWebContents(event.sender()).Renamed(page).ok());
  }
  Promise<Result<Page, Trouble>> Rename(IpcMainInvokeEvent&, Page page,
                                        std::string title) override {
    if (title.empty()) return Result<Page, Trouble>(Trouble::Reason("no title"));
    page.title = title;
    return Result<Page, Trouble>(page);
  }
  Promise<Result<bool, Value>> Refuse(IpcMainInvokeEvent&, Value why) override {
    return Result<bool, Value>::Error(std::move(why));
  }
  Promise<void> Slow(IpcMainInvokeEvent&) override { return slow.emplace_back().promise(); }
  Promise<ContractCountResponse> Count(IpcMainEvent&, std::vector<std::string> words) override {
    return ContractCountResponse{.count = static_cast<uint32_t>(words.size())};
  }
  Promise<contract::ContractMeasureResponse> Measure(IpcMainInvokeEvent& event,
                                                     std::string text) override {
    const contract::ContractWebContents sender(event.sender());
    EXPECT_TRUE(sender.Measured(text + "+").ok());
    EXPECT_TRUE(sender.Measured(text).ok());
    return contract::ContractMeasureResponse{.bytes = static_cast<uint32_t>(text.size())};
  }

  std::vector<Page> turned;
  std::vector<Resolver<void>> slow;
};

class TypedContract : public ElectronContract {
 protected:
  Book book_;
  absl::StatusOr<Registration> binding_ = contract::BindContract(ipc_main(), book_);
};

RENDERER_BODY(CallsTyped) {
  ContractIpcRenderer ipc(renderer.ipc_renderer());
  ipc.OnRenamed([&](auto&, const Page& page) { Report(renderer, "renamed " + page.title); });

  auto renamed = Await(renderer, ipc.Rename({.title = "old", .number = 7}, "new"));
  Report(renderer, renamed.ok() && renamed->ok() ? (*renamed)->title : Describe(renamed.status()));
  auto refused = Await(renderer, ipc.Rename({.title = "old", .number = 7}, ""));
  Report(renderer, refused.ok() && !refused->ok() ? refused->error().reason() : "no typed error");
  Report(renderer, ipc.Count({"one", "two"})->count);
  Report(renderer, Describe(Await(renderer, ipc.Slow())));
  ipc.Turned({.title = "turned", .number = 1}).IgnoreError();
  renderer.Run();
}

TEST_P(TypedContract, Ending_TypedValuesAndTypedErrorsArrive) {
  StartRenderer("CallsTyped");

  EXPECT_EQ(NextReport(), "new");
  EXPECT_EQ(NextReport(), "no title");
  EXPECT_EQ(NextReport(), 2);
  EXPECT_EQ(NextReport(),
            "DEADLINE_EXCEEDED: Error invoking remote method 'contract.Slow': Error: no answer "
            "within 20 ms");
  EXPECT_EQ(NextReport(), "renamed turned");
  EXPECT_THAT(book_.turned, ElementsAre(Page{.title = "turned", .number = 1}));
}

// Of a typed channel with JSON: the outcome, and the data that an error carries.
RENDERER_BODY(CallsTypedByName) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  const Value page = Object{{"title", "old"}, {"number", 7}};
  auto rename = [&](auto... args) {
    absl::StatusOr<Value> outcome = Await(renderer, ipc.Invoke("contract.Rename", args...));
    Report(renderer, Describe(outcome));
    if (!outcome.ok()) Report(renderer, ErrorData(outcome.status()).value_or("no data"));
  };
  rename(page, "new");
  rename(page, "");
  rename(Object{{"title", 5}, {"number", 7}}, "new");
  rename(Object{{"title", "old"}, {"number", 4294967296}}, "new");
  rename(page);
  rename(page, "new", "surplus");
  Report(renderer, Describe(ipc.SendSync("contract.Count", Array{"one", 2})));
  Report(renderer, Describe(ipc.SendSync("contract.Count", Array{"one", "two"})));
  ipc.Send("contract.Turned", Object{{"title", nullptr}}).IgnoreError();
  ipc.Send("contract.Turned", Object{{"title", "by name"}, {"number", 2}}).IgnoreError();
  renderer.Run();
}

TEST_P(TypedContract, Ending_BadArgumentsNameThePath) {
  WebContents& contents = StartRenderer("CallsTypedByName");
  const std::string failed = "Error invoking remote method 'contract.Rename': Error: ";

  EXPECT_EQ(NextReport(), R"(OK: {"title":"new","number":7})");
  EXPECT_EQ(NextReport(), "UNKNOWN: " + failed + R"({"reason":"no title"})");
  EXPECT_EQ(NextReport(), Value(Object{{"reason", "no title"}}));
  EXPECT_EQ(NextReport(),
            "INVALID_ARGUMENT: " + failed + "args[0].title: expected string, got number");
  EXPECT_EQ(NextReport(), "no data");
  EXPECT_THAT(NextReport().string(),
              testing::StartsWith("INVALID_ARGUMENT: " + failed + "args[0].number: "));
  EXPECT_EQ(NextReport(), "no data");
  EXPECT_EQ(NextReport(), "INVALID_ARGUMENT: " + failed + "expected 2 arguments, got 1");
  EXPECT_EQ(NextReport(), "no data");
  EXPECT_EQ(NextReport(), "INVALID_ARGUMENT: " + failed + "expected 2 arguments, got 3");
  EXPECT_EQ(NextReport(), "no data");
  EXPECT_EQ(NextReport(),
            "INVALID_ARGUMENT: Error invoking remote method 'contract.Count': Error: args[0][1]: "
            "expected string, got number");
  EXPECT_EQ(NextReport(), "OK: 2");
  RunUntil([&] { return !book_.turned.empty(); });
  EXPECT_THAT(book_.turned, ElementsAre(Page{.title = "by name", .number = 2}));
  EXPECT_TRUE(HasLogged("Error occurred in listener for 'contract.Turned' of WebContents #" +
                        std::to_string(contents.id().value()) +
                        ": Error: args[0].title: expected string, got null"));
}

RENDERER_BODY(IsRefusedByName) {
  IpcRenderer& ipc = renderer.ipc_renderer();
  for (const Value& why : {Value(), Value(7)}) {
    auto outcome = Await(renderer, ipc.Invoke("contract.Refuse", why));
    Report(renderer, Describe(outcome));
    Report(renderer, ErrorData(outcome.status()).value_or("no data"));
  }
  renderer.Run();
}

TEST_P(TypedContract, Ending_ATypedErrorOfNullIsDataToACallerByName) {
  StartRenderer("IsRefusedByName");
  const std::string failed = "UNKNOWN: Error invoking remote method 'contract.Refuse': Error: ";

  EXPECT_EQ(NextReport(), failed + "null");
  EXPECT_EQ(NextReport(), nullptr) << "an error without data says so";
  EXPECT_EQ(NextReport(), failed + "7");
  EXPECT_EQ(NextReport(), 7);
}

// A renderer of another version, which expects something else than the number that main answers.
RENDERER_BODY(ExpectsAnotherAnswer) {
  constexpr InvokeChannel<contract::ContractMeasureParams, Result<Page, Trouble>> kMeasure{
      "contract.Measure"};
  auto outcome = Await(renderer, renderer.ipc_renderer().Invoke(kMeasure, {.text = "text"}));
  Report(renderer, Describe(outcome.status()));
  renderer.Run();
}

TEST_P(TypedContract, Ending_AnAnswerThatDoesNotDecodeIsNotTheCallersDoing) {
  StartRenderer("ExpectsAnotherAnswer");

  EXPECT_EQ(
      NextReport(),
      "INTERNAL: Error invoking remote method 'contract.Measure': Error: answer.ok: expected wire "
      "type length, got varint");
}

// [MaxBytes=24]: a tag, a length and a text of 22 when typed; ["..."] around one of 20 as JSON.
RENDERER_BODY(SendsWhatAChannelTakes) {
  ContractIpcRenderer ipc(renderer.ipc_renderer());
  ipc.OnMeasured([&](auto&, const std::string& text) { Report(renderer, text); });
  Report(renderer, Await(renderer, ipc.Measure(std::string(22, 't')))->bytes);
  Report(renderer, Describe(Await(renderer, ipc.Measure(std::string(23, 't'))).status()));
  for (size_t size : {20u, 21u}) {
    auto outcome =
        Await(renderer, renderer.ipc_renderer().Invoke("contract.Measure", std::string(size, 'j')));
    Report(renderer, Describe(outcome));
  }
  renderer.Run();
}

TEST_P(TypedContract, Ending_MoreBytesThanAChannelTakesAreRefusedInEitherForm) {
  StartRenderer("SendsWhatAChannelTakes");
  const std::string refused =
      "OUT_OF_RANGE: Error invoking remote method 'contract.Measure': Error: 25 bytes, the limit "
      "is 24";

  EXPECT_EQ(NextReport(), std::string(22, 't')) << "but not the same and a plus";
  EXPECT_EQ(NextReport(), 22);
  EXPECT_EQ(NextReport(), refused);
  EXPECT_EQ(NextReport(), std::string(20, 'j') + "+");
  EXPECT_EQ(NextReport(), std::string(20, 'j'));
  EXPECT_EQ(NextReport(), "OK: 20");
  EXPECT_EQ(NextReport(), refused);
}

RENDERER_BODY(SendsTypedToUntyped) {
  ContractIpcRenderer ipc(renderer.ipc_renderer());
  ipc.Turned({.title = "heard as JSON", .number = 3}).IgnoreError();
  renderer.Run();
}

TEST_P(TypedContract, AnUntypedListenerHearsATypedMessageAsJson) {
  Value heard;
  StartRenderer("SendsTypedToUntyped");
  ipc_main().On("contract.Turned", [&](auto&, const Args& args) { heard = args[0]; });

  RunUntil([&] { return !heard.is_null(); });

  EXPECT_EQ(heard, Value(Object{{"title", "heard as JSON"}, {"number", 3}}));
}

RENDERER_BODY(HearsTypedInBothWays) {
  ContractIpcRenderer ipc(renderer.ipc_renderer());
  ipc.OnRenamed([&](auto&, const Page& page) { Report(renderer, page.title + " as Page"); });
  renderer.ipc_renderer().On("contract.Renamed", [&](auto&, const Args& args) {
    Report(renderer, args[0]["title"].string() + " as JSON");
  });
  ipc.Turned({.title = "heard", .number = 4}).IgnoreError();
  renderer.Run();
}

TEST_P(TypedContract, ARendererHearsATypedMessageBothWaysWhereItKnowsTheChannel) {
  StartRenderer("HearsTypedInBothWays");

  EXPECT_EQ(NextReport(), "heard as Page");
  EXPECT_EQ(NextReport(), "heard as JSON");
}

TEST_P(TypedContract, Rule06_AChannelSetIsBoundOnceOrNotAtAll) {
  absl::StatusOr<Registration> second = contract::BindContract(ipc_main(), book_);

  EXPECT_EQ(Describe(second.status()),
            "ALREADY_EXISTS: Attempted to register a second handler for 'contract.Rename'");
  EXPECT_EQ(ipc_main().ListenerCount("contract.Turned"), 1u) << "what was bound is undone";

  binding_ = absl::UnknownError("unbound");
  EXPECT_TRUE(contract::BindContract(ipc_main(), book_).ok());
}

INSTANTIATE_TEST_SUITE_P(Pipes, TypedContract, AllPipes(), PipeName);

}  // namespace
}  // namespace ipc
