#include "tests/electron/renderer_body.h"

#include <unistd.h>

#include <charconv>
#include <iostream>
#include <map>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "runtime/base/strings.h"
#include "runtime/value/json_writer.h"

namespace ipc {
namespace {

std::map<std::string, RendererBody, std::less<>>& Bodies() {
  static std::map<std::string, RendererBody, std::less<>> bodies;
  return bodies;
}

// The limits that tests make small.
std::string FormatLimits(const Limits& limits) {
  return absl::StrCat(limits.message_bytes, " ", limits.calls_in_flight, " ", limits.frames, " ",
                      limits.outbound_bytes, " ", limits.outbound_frames, " ", limits.answer_bytes,
                      " ", limits.sync_timeout.count(), " ", limits.ports, " ", limits.port_bytes);
}

Limits ParseLimits(const std::string& text) {
  Limits limits;
  int64_t sync_timeout_ms = 0;
  std::istringstream(text) >> limits.message_bytes >> limits.calls_in_flight >> limits.frames >>
      limits.outbound_bytes >> limits.outbound_frames >> limits.answer_bytes >> sync_timeout_ms >>
      limits.ports >> limits.port_bytes;
  limits.sync_timeout = std::chrono::milliseconds(sync_timeout_ms);
  return limits;
}

// A renderer that comes in by itself runs beside main from then on: the test says when it may talk.
void WaitForEndOfInput() {
  char byte = 0;
  while (read(STDIN_FILENO, &byte, 1) > 0) continue;
}

}  // namespace

RegisterBody::RegisterBody(std::string_view name, RendererBody body) {
  if (!Bodies().emplace(name, body).second) {
    throw std::logic_error(absl::StrCat("two renderer bodies are called ", ToAbsl(name)));
  }
}

RendererBody FindBody(std::string_view name) {
  auto found = Bodies().find(name);
  if (found == Bodies().end()) {
    throw std::logic_error(absl::StrCat("no renderer body is called ", ToAbsl(name)));
  }
  return found->second;
}

std::vector<std::string> ToArguments(const RendererCommand& command) {
  std::vector<std::string> arguments = {absl::StrCat("--renderer=", command.body),
                                        absl::StrCat("--role=", command.role),
                                        absl::StrCat("--limits=", FormatLimits(command.limits))};
  if (!command.socket_path.empty()) {
    arguments.push_back(absl::StrCat("--socket=", command.socket_path));
  }
  return arguments;
}

std::optional<RendererCommand> ParseCommand(int argc, char** argv) {
  RendererCommand command;
  for (int i = 1; i < argc; ++i) {
    absl::string_view argument = argv[i];
    if (absl::ConsumePrefix(&argument, "--renderer=")) command.body = std::string(argument);
    if (absl::ConsumePrefix(&argument, "--socket=")) command.socket_path = std::string(argument);
    if (absl::ConsumePrefix(&argument, "--role=")) command.role = std::string(argument);
    if (absl::ConsumePrefix(&argument, "--limits=")) {
      command.limits = ParseLimits(std::string(argument));
    }
  }
  if (command.body.empty()) return std::nullopt;
  return command;
}

int RunRenderer(const RendererCommand& command) {
  // What it logs is a matter for the test, which sees main's log only.
  RendererProcess* running = nullptr;
  RendererProcessOptions options;
  options.socket_path = command.socket_path;
  options.role = command.role;
  options.limits = command.limits;
  options.log = [&running](LogLevel, std::string_view line) {
    if (running) running->ipc_renderer().Send("log", line).IgnoreError();
  };
  absl::StatusOr<std::unique_ptr<RendererProcess>> renderer = RendererProcess::Create(options);
  if (!renderer.ok()) {
    std::cerr << command.body << ": " << renderer.status() << "\n";
    return 1;
  }
  running = renderer->get();
  if (!command.socket_path.empty()) WaitForEndOfInput();
  try {
    FindBody(command.body)(**renderer);
  } catch (const std::exception& error) {
    std::cerr << command.body << ": " << error.what() << "\n";
    return 1;
  }
  running = nullptr;
  return 0;
}

void Report(RendererProcess& renderer, const Value& value) {
  absl::Status sent = renderer.ipc_renderer().Send("report", value);
  // A test that is over does not wait for its renderers.
  if (!sent.ok() && !absl::IsUnavailable(sent)) throw std::runtime_error(sent.ToString());
}

std::string Describe(const absl::Status& status) {
  return absl::StrCat(absl::StatusCodeToString(status.code()), ": ", status.message());
}

std::string Describe(const absl::StatusOr<Value>& outcome) {
  return outcome.ok() ? absl::StrCat("OK: ", ToJson(*outcome)) : Describe(outcome.status());
}

}  // namespace ipc
