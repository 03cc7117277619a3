// The end of a Connection: every call ends once, then the delegate hears of it, and it may be
// destroyed from wherever it calls out.

#include <algorithm>

#include "tests/unit/core/connection_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(ConnectionTest, AllCallsEndBeforeTheDelegateHears) {
  for (const char* name : {"a", "b"}) {
    ASSERT_TRUE(Invoke(name, In(50)).ok());
    during[name] = [this] { heard.push_back("a call ended"); };
  }
  wire().Deliver(InvokeFrame(1, "in"));
  std::stop_callback on_stop(responders.at("in").stop_token(),
                             [this] { heard.push_back("a handler is told"); });
  heard.clear();

  wire().delegate->OnClosed(absl::UnavailableError("crashed"));

  const std::string gone = "UNAVAILABLE: Error: the other process is gone (crashed)";
  EXPECT_THAT(ends, ElementsAre("a: " + gone, "b: " + gone));
  EXPECT_THAT(heard, ElementsAre("a handler is told", "a call ended", "a call ended",
                                 "closed UNAVAILABLE: crashed"));
}

TEST_F(ConnectionTest, AnEndInOrderIsSaidInOrder) {
  ASSERT_TRUE(Invoke("a").ok());

  wire().delegate->OnClosed(absl::OkStatus());

  EXPECT_THAT(ends, ElementsAre("a: UNAVAILABLE: Error: the other process is gone (closed)"));
  EXPECT_THAT(heard, ElementsAre("closed OK"));
}

TEST_F(ConnectionTest, CloseEndsEverythingOnce) {
  ASSERT_TRUE(Invoke("a").ok());

  connection().Close(absl::UnavailableError("killed"));
  connection().Close(absl::UnavailableError("killed again"));

  EXPECT_TRUE(wire().is_destroyed);
  EXPECT_THAT(ends, ElementsAre("a: UNAVAILABLE: Error: the other process is gone (killed)"));
  EXPECT_THAT(heard, ElementsAre("closed UNAVAILABLE: killed"));
}

TEST_F(ConnectionTest, NothingIsSentAfterTheEnd) {
  connection().Close(absl::OkStatus());

  EXPECT_TRUE(absl::IsUnavailable(connection().Send({.channel = "a"}, EmptyPayload())));
  EXPECT_TRUE(absl::IsUnavailable(Invoke("a").status()));
  EXPECT_TRUE(absl::IsUnavailable(InvokeSync("a")));
  EXPECT_THAT(wire().TakeSent(), IsEmpty());
  EXPECT_EQ(connection().calls_in_flight(), 0u);
}

TEST_F(ConnectionTest, ACallMadeWhileTheOthersEndIsRefused) {
  std::optional<absl::Status> refused;
  during["a"] = [&] { refused = Invoke("b").status(); };
  ASSERT_TRUE(Invoke("a").ok());

  connection().Close(absl::OkStatus());

  EXPECT_TRUE(absl::IsUnavailable(*refused));
}

TEST_F(ConnectionTest, ACallCancelledWhileTheOthersEndIsForgotten) {
  CallId second;
  during["a"] = [&] { connection().Cancel(second); };
  ASSERT_TRUE(Invoke("a").ok());
  second = *Invoke("b");

  connection().Close(absl::OkStatus());

  EXPECT_THAT(ends, ElementsAre("a: UNAVAILABLE: Error: the other process is gone (closed)"));
}

TEST_F(ConnectionTest, LeavingWhileCallsEndEndsTheRestAndSilencesOnClosed) {
  during["a"] = [&] {
    connection().Leave();
    heard.push_back("has left");
  };
  during["b"] = [&] { heard.push_back("b ended"); };
  ASSERT_TRUE(Invoke("a").ok());
  ASSERT_TRUE(Invoke("b").ok());

  wire().delegate->OnClosed(absl::OkStatus());

  EXPECT_THAT(heard, ElementsAre("b ended", "has left"));
  EXPECT_THAT(ends, testing::SizeIs(2));
}

TEST_F(ConnectionTest, HandlersAreToldOfTheEndInTheOrderOfTheirCalls) {
  std::vector<std::unique_ptr<std::stop_callback<std::function<void()>>>> on_stop;
  std::vector<Responder> handlers;
  std::vector<int> told;
  for (int call = 1; call <= 20; ++call) {
    wire().Deliver(InvokeFrame(static_cast<uint64_t>(call), "in"));
    on_stop.push_back(std::make_unique<std::stop_callback<std::function<void()>>>(
        responders.at("in").stop_token(), [&told, call] { told.push_back(call); }));
    handlers.push_back(std::move(responders.at("in")));
  }

  connection().Close(absl::OkStatus());

  EXPECT_THAT(told, testing::SizeIs(20));
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
}

TEST_F(ConnectionTest, NoDeadlineComesAfterTheEnd) {
  ASSERT_TRUE(Invoke("a", In(10)).ok());
  connection().Close(absl::OkStatus());
  ends.clear();

  Pass(100);

  EXPECT_THAT(ends, IsEmpty());
}

TEST_F(ConnectionTest, ItMayBeDestroyedInsideEveryUpcall) {
  options().is_main = true;
  const std::vector<std::function<void()>> upcalls = {
      [&] { wire().Deliver(SendFrame("destroys")); },
      [&] { wire().Deliver(InvokeFrame(1, "destroys")); },
      [&] { wire().Deliver(SyncFrame(1, "destroys")); },
      [&] {
        ASSERT_TRUE(Invoke("destroys").ok());
        wire().Deliver(ReplyFrame(1));
      },
      [&] {
        ASSERT_TRUE(Invoke("destroys").ok());
        connection().Close(absl::OkStatus());
      },
      [&] {
        ASSERT_TRUE(Invoke("destroys").ok());
        wire().delegate->OnClosed(absl::OkStatus());
      },
  };
  during["destroys"] = [&] { Destroy(); };

  for (const auto& upcall : upcalls) {
    Reset();
    upcall();
    EXPECT_TRUE(wire().is_destroyed);
  }
}

TEST_F(ConnectionTest, ItMayBeDestroyedInsideOnClosed) {
  during["closed"] = [&] { Destroy(); };

  connection().Close(absl::OkStatus());

  EXPECT_TRUE(wire().is_destroyed);
}

TEST_F(ConnectionTest, ItMayBeDestroyedWhenAHandlerIsToldToStop) {
  for (bool is_cancelled : {true, false}) {
    Reset();
    wire().Deliver(InvokeFrame(1, "a"));
    std::stop_callback on_stop(responders.at("a").stop_token(), [&] { Destroy(); });

    if (is_cancelled) {
      wire().Deliver(CancelFrame(1));
    } else {
      connection().Close(absl::OkStatus());
    }

    EXPECT_TRUE(wire().is_destroyed);
  }
}

TEST_F(ConnectionTest, DestroyingItStopsHandlers) {
  wire().Deliver(InvokeFrame(1, "a"));
  std::stop_token stop = responders.at("a").stop_token();

  Destroy();

  EXPECT_TRUE(stop.stop_requested());
}

}  // namespace
}  // namespace ipc
