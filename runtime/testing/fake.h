// What generated fakes are made of: one part for each channel, which does what the test tells it
// to, and keeps what was said.
//
//   notes::FakeNotesIpcMain main;
//   auto bound = notes::BindNotes(app.ipc_main(), main);
//   main.on_read().Answers(notes::Note{...});
//   ...
//   EXPECT_EQ(main.on_read().calls()[0].params.id, 7u);
//   EXPECT_THAT(main.calls(), SizeIs(1));
//
// Ownership   Each fake owns its parts.
// Threads     The sequence of the side that is faked; other threads look when it has come to rest.
// Errors      A call that the test has not said how to answer fails with UNIMPLEMENTED.
#pragma once

#include <deque>
#include <functional>
#include <ostream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "runtime/api/ipc_main_event.h"
#include "runtime/api/ipc_renderer_event.h"
#include "runtime/async/outcome.h"
#include "runtime/async/promise.h"
#include "runtime/base/check.h"
#include "runtime/base/ids.h"
#include "runtime/codec/entry.h"
#include "runtime/value/args.h"
#include "runtime/value/value.h"

namespace ipc::testing {

// One message, whatever its channel.
struct FakeCall {
  std::string member;    // "Read", as the .ipc file calls it
  Value params;          // as JSON: {"id":7}; an array where they are `any...`
  WebContentsId sender;  // 0: main

  friend bool operator==(const FakeCall&, const FakeCall&) = default;
  // "#1 Read {"id":7}"
  friend std::ostream& operator<<(std::ostream& out, const FakeCall& call) {
    return out << '#' << call.sender.value() << ' ' << call.member << ' ' << call.params;
  }
};

// All that was said to one fake, in the order in which it came.
using FakeCalls = std::vector<FakeCall>;

// One message of one channel.
template <typename Params>
struct Received {
  Params params;
  WebContentsId sender;  // 0: main
};

inline WebContentsId SenderOf(const MessageOrigin& event) { return event.sender().id(); }
inline WebContentsId SenderOf(const IpcRendererEvent& event) { return event.sender_id(); }
inline WebContentsId SenderOf(const IpcRendererInvokeEvent&) { return {}; }

// What a fake keeps of a channel.
template <typename Params>
class FakeChannel {
 public:
  // The fake's log outlives this.
  FakeChannel(FakeCalls& all, std::string member) : all_(all), member_(std::move(member)) {}
  FakeChannel(const FakeChannel&) = delete;
  FakeChannel& operator=(const FakeChannel&) = delete;

  // What was said on it, in the order in which it came.
  const std::vector<Received<Params>>& calls() const { return calls_; }

 protected:
  const std::string& member() const { return member_; }
  // The parameters of one message, as what is kept.
  template <typename Event, typename... Values>
  Params Keep(const Event& event, Values&&... values) {
    Params params = ToParams(std::forward<Values>(values)...);
    all_.push_back({member_, ToValue(params), SenderOf(event)});
    calls_.push_back({params, SenderOf(event)});
    return params;
  }

 private:
  template <typename... Values>
  static Params ToParams(Values&&... values) {
    if constexpr (std::is_same_v<Params, Args>) {
      return Args(std::forward<Values>(values)...);
    } else {
      return Params{std::forward<Values>(values)...};
    }
  }

  static Value ToValue(const Params& params) {
    if constexpr (std::is_same_v<Params, Args>) {
      return Array(params.begin(), params.end());
    } else {
      return ToJsonValue(params);
    }
  }

  FakeCalls& all_;
  const std::string member_;
  std::vector<Received<Params>> calls_;
};

// A channel without answers.
template <typename Params>
class FakeListener : public FakeChannel<Params> {
 public:
  using FakeChannel<Params>::FakeChannel;

  // What else happens for each message, from now on.
  void Does(std::function<void(const Params& params)> action) { action_ = std::move(action); }

  // From the fake.
  template <typename Event, typename... Values>
  void Hear(const Event& event, Values&&... values) {
    const Params params = this->Keep(event, std::forward<Values>(values)...);
    if (action_) action_(params);
  }
  auto listener() {
    return [this]<typename... Values>(auto& event, Values&&... values) {
      this->Hear(event, std::forward<Values>(values)...);
    };
  }

 private:
  std::function<void(const Params&)> action_;
};

// A channel whose calls have an answer. What was told last counts.
template <typename Params, typename Response>
class FakeHandler : public FakeChannel<Params> {
 public:
  using FakeChannel<Params>::FakeChannel;

  // The answer to each call: a value, a Result, or the Status that it fails with.
  void Answers(Outcome<Response> answer) {
    action_ = [answer = std::move(answer)](const Params&) -> Promise<Response> { return answer; };
  }
  void Answers()
    requires std::is_void_v<Response>
  {
    Answers(absl::OkStatus());
  }
  // The same for one call, after those that were told so before, and before all others.
  void AnswersOnce(Outcome<Response> answer) { once_.push_back(std::move(answer)); }

  // What makes the answer to each call.
  void Does(std::function<Promise<Response>(const Params& params)> action) {
    action_ = std::move(action);
  }

  // No call is answered, until the test does it: with the Resolver of the oldest that waits.
  void Waits() {
    action_ = [this](const Params&) { return waiting_.emplace_back().promise(); };
  }
  Resolver<Response> TakeWaiting() {
    IPC_CHECK(!waiting_.empty(), "no call waits at this fake");
    Resolver<Response> oldest = std::move(waiting_.front());
    waiting_.pop_front();
    return oldest;
  }

  // From the fake.
  template <typename Event, typename... Values>
  Promise<Response> Answer(const Event& event, Values&&... values) {
    const Params params = this->Keep(event, std::forward<Values>(values)...);
    if (!once_.empty()) {
      Outcome<Response> answer = std::move(once_.front());
      once_.pop_front();
      return answer;
    }
    if (action_) return action_(params);
    return absl::UnimplementedError(
        absl::StrCat("the test has not told its fake how to answer ", this->member()));
  }
  auto handler() {
    return [this]<typename... Values>(auto& event, Values&&... values) {
      return this->Answer(event, std::forward<Values>(values)...);
    };
  }

 private:
  std::function<Promise<Response>(const Params&)> action_;
  std::deque<Outcome<Response>> once_;
  std::deque<Resolver<Response>> waiting_;
};

// For a fake that is to be the one that answers.
inline void MustHandle(const absl::Status& handled) {
  IPC_CHECK(handled.ok(), "a fake cannot answer what somebody else in its renderer answers");
}

}  // namespace ipc::testing
