// Real messages between programs of two versions of a schema: main and a renderer on a thread of
// its process, each with what was generated for its own version. program.py prints the versions
// and the pairs of them; this reads what they have to say to each other, and says what came of it.
//
// Threads     Main and the renderer take turns: one of them waits for the other's message, so an
//             Exchange is never touched by both.
#pragma once

#include <chrono>
#include <cstddef>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "runtime/api/main_binder.h"
#include "runtime/api/main_process.h"
#include "runtime/api/renderer_process.h"
#include "runtime/value/json_reader.h"
#include "tests/electron/renderer_body.h"
#include "tests/generator/breaking/mutation/forms.h"

namespace mutation {

// What a program is told to send, and what the one that is called shall answer.
struct Message {
  size_t pair = 0;
  bool is_from_main = false;
  size_t member = 0;  // of the sender's version
  bool is_json = false;
  ipc::Value value;
  ipc::Value answer;
};

// What became of it, as JSON of whole messages; `!` and a reason where somebody refused, empty
// where nothing came.
struct Fate {
  std::string sent;      // as the sender itself would read it
  std::string heard;     // by a listener or handler
  std::string answered;  // as the one who answers would read it; `-` when it has no such value
  std::string read;      // of the answer, by the caller
};

struct Exchange {
  const Message* message = nullptr;
  Fate fate;
};

// ---- Who is called.

template <typename Response>
ipc::Promise<Response> Answer(Exchange& exchange) {
  if constexpr (std::is_void_v<Response>) {
    exchange.fate.answered = "null";
    return absl::OkStatus();
  } else {
    absl::StatusOr<Response> made = Form<Response>::Make(exchange.message->answer);
    const std::string own = made.ok() ? OwnAnswer(*made, exchange.message->is_json) : "!";
    exchange.fate.answered = own.starts_with('!') ? "-" : own;
    return made;
  }
}

template <typename Params>
auto Listener(Exchange& exchange) {
  return [&exchange](auto&, const Params& params) {
    exchange.fate.heard = Form<Params>::Show(params);
  };
}

template <typename Params, typename Response>
auto Handler(Exchange& exchange) {
  return [&exchange](auto&, const Params& params) {
    exchange.fate.heard = Form<Params>::Show(params);
    return Answer<Response>(exchange);
  };
}

template <typename P>
void Hear(ipc::MainBinder& main, Exchange& exchange, const ipc::SendChannel<P>& channel) {
  main.On(channel, Listener<P>(exchange));
}
template <typename P, typename R>
void Hear(ipc::MainBinder& main, Exchange& exchange, const ipc::InvokeChannel<P, R>& channel) {
  main.Handle(channel, Handler<P, R>(exchange));
}
template <typename P, typename R>
void Hear(ipc::MainBinder& main, Exchange& exchange, const ipc::SyncChannel<P, R>& channel) {
  main.OnSync(channel, Handler<P, R>(exchange));
}
template <typename P>
void Hear(ipc::IpcRenderer& renderer, Exchange& exchange, const ipc::EmitChannel<P>& channel) {
  renderer.On(channel, Listener<P>(exchange));
}
// What the other side hears.
template <typename Side, typename Channel>
void Hear(Side&, Exchange&, const Channel&) {}

// ---- Who calls.

// Calls `send` with the parameters that the message says, or with their JSON.
template <typename Params, typename Typed, typename Untyped>
void SendParams(Exchange& exchange, Typed typed, Untyped untyped) {
  const absl::StatusOr<Params> params = Form<Params>::Make(exchange.message->value);
  if (!params.ok()) {
    exchange.fate.sent = Refusal(params.status());
    return;
  }
  const bool is_json = exchange.message->is_json;
  exchange.fate.sent = ShowOutcome(OwnReading(*params, is_json));
  is_json ? untyped(ArgsOf(*params)) : typed(*params);
}

template <typename P>
void Call(ipc::RendererProcess& renderer, Exchange& exchange, const ipc::SendChannel<P>& channel) {
  ipc::IpcRenderer& ipc = renderer.ipc_renderer();
  SendParams<P>(
      exchange, [&](const P& params) { ipc.Send(channel, params).IgnoreError(); },
      [&](const ipc::Args& args) { ipc.SendArgs(channel.name, args).IgnoreError(); });
}
template <typename P, typename R>
void Call(ipc::RendererProcess& renderer, Exchange& exchange,
          const ipc::InvokeChannel<P, R>& channel) {
  ipc::IpcRenderer& ipc = renderer.ipc_renderer();
  std::string& read = exchange.fate.read;
  SendParams<P>(
      exchange,
      [&](const P& params) {
        read = ShowOutcome(ipc::Await(renderer, ipc.Invoke(channel, params)));
      },
      [&](const ipc::Args& args) {
        read = ShowJsonAnswer<R>(ipc::Await(renderer, ipc.InvokeArgs(channel.name, args)));
      });
}
template <typename P, typename R>
void Call(ipc::RendererProcess& renderer, Exchange& exchange,
          const ipc::SyncChannel<P, R>& channel) {
  ipc::IpcRenderer& ipc = renderer.ipc_renderer();
  std::string& read = exchange.fate.read;
  SendParams<P>(
      exchange, [&](const P& params) { read = ShowOutcome(ipc.SendSync(channel, params)); },
      [&](const ipc::Args& args) {
        read = ShowJsonAnswer<R>(ipc.SendSyncArgs(channel.name, args));
      });
}
template <typename P>
void Call(const ipc::WebContentsRef& contents, Exchange& exchange,
          const ipc::EmitChannel<P>& channel) {
  SendParams<P>(
      exchange, [&](const P& params) { contents.Send(channel, params).IgnoreError(); },
      [&](const ipc::Args& args) { contents.SendArgs(channel.name, args).IgnoreError(); });
}
// What the other side calls.
template <typename Side, typename Channel>
void Call(Side&, Exchange&, const Channel&) {}

// ---- Versions and pairs of them.

struct Version {
  absl::StatusOr<ipc::Registration> (*bind_main)(ipc::IpcMain& main, Exchange& exchange);
  void (*bind_renderer)(ipc::IpcRenderer& renderer, Exchange& exchange);
  void (*call)(ipc::RendererProcess& renderer, Exchange& exchange);
  void (*emit)(const ipc::WebContentsRef& contents, Exchange& exchange);
};

struct Pair {
  Version renderer;
  Version main;
};

template <typename Channels, typename Side>
void CallMember(Side& side, Exchange& exchange) {
  size_t at = 0;
  Channels::ForEach([&](const auto& channel) {
    if (at++ == exchange.message->member) Call(side, exchange, channel);
  });
}

// `Channels::ForEach(f)` calls f with each channel of a version.
template <typename Channels>
constexpr Version kVersion = {
    .bind_main =
        [](ipc::IpcMain& main, Exchange& exchange) {
          ipc::MainBinder binder(main);
          Channels::ForEach([&](const auto& channel) { Hear(binder, exchange, channel); });
          return binder.Finish();
        },
    .bind_renderer =
        [](ipc::IpcRenderer& renderer, Exchange& exchange) {
          Channels::ForEach([&](const auto& channel) { Hear(renderer, exchange, channel); });
        },
    .call = CallMember<Channels, ipc::RendererProcess>,
    .emit = CallMember<Channels, const ipc::WebContentsRef>,
};

// ---- The whole of a program.

// In a line: a channel of ours tells main to take its turn; its answer comes after whatever was
// sent before.
inline constexpr std::string_view kTurn = "mutation.turn";

inline std::string Line(const Fate& fate) {
  std::string line = fate.sent + '\t' + fate.heard + '\t' + fate.answered + '\t' + fate.read;
  for (char& character : line) {
    if (character == '\n') character = ' ';
  }
  return line + '\n';
}

inline void SayAll(ipc::RendererProcess& renderer, const Version& version,
                   const std::vector<Message>& messages, Exchange& exchange) {
  version.bind_renderer(renderer.ipc_renderer(), exchange);
  for (const Message& message : messages) {
    exchange = {.message = &message, .fate = {}};
    if (!message.is_from_main) version.call(renderer, exchange);
    ipc::Await(renderer, renderer.ipc_renderer().Invoke(kTurn)).IgnoreError();
    std::cout << Line(exchange.fate);
  }
}

inline void Run(const Pair& pair, const std::vector<Message>& messages) {
  Exchange exchange;
  ipc::MainProcessOptions options;
  options.limits.sync_timeout = std::chrono::seconds(2);
  options.log = [](ipc::LogLevel, std::string_view) {};
  auto main = *ipc::MainProcess::Create(std::move(options));
  const absl::StatusOr<ipc::Registration> bound = pair.main.bind_main(main->ipc_main(), exchange);
  if (!bound.ok()) std::cerr << bound.status() << '\n';
  main->ipc_main()
      .Handle(kTurn,
              [&](ipc::IpcMainInvokeEvent& event, const ipc::Args&) {
                if (exchange.message->is_from_main) pair.main.emit(event.sender(), exchange);
                return ipc::Value();
              })
      .IgnoreError();
  ipc::WebContents* contents = *main->LaunchInproc(
      [&](ipc::RendererProcess& renderer) { SayAll(renderer, pair.renderer, messages, exchange); });
  contents->render_process_gone().Add([&](auto&) { main->Quit(); });
  main->Run();
}

inline ipc::Value ReadLine(std::istream& in) {
  std::string text;
  std::getline(in, text, '\t');
  return *ipc::ReadJson(text);
}

// A line for each message: `PAIR IS_FROM_MAIN MEMBER IS_JSON` and, after tabs, value and answer.
// Those of one pair follow each other. A line for each answers it.
template <size_t kCount>
int RunAll(const Pair (&pairs)[kCount]) {
  std::vector<std::vector<Message>> waiting(kCount);
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream in(line);
    Message message;
    in >> message.pair >> message.is_from_main >> message.member >> message.is_json;
    in.ignore();
    message.value = ReadLine(in);
    message.answer = ReadLine(in);
    waiting[message.pair].push_back(std::move(message));
  }
  for (size_t pair = 0; pair < kCount; ++pair) {
    if (!waiting[pair].empty()) Run(pairs[pair], waiting[pair]);
  }
  return 0;
}

}  // namespace mutation
