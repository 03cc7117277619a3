#include "tests/bench/harness/session.h"

#include <sched.h>

#include <functional>
#include <map>
#include <string_view>

#include "tests/bench/harness/die.h"

namespace bench {
namespace {

Pattern PatternOf(const std::string& name) {
  static const std::map<std::string, Pattern> patterns = {
      {"round-trips", Pattern::kRoundTrips}, {"in-flight", Pattern::kInFlight},
      {"one-way", Pattern::kOneWay},         {"paced", Pattern::kPaced},
      {"broadcast", Pattern::kBroadcast},
  };
  const auto found = patterns.find(name);
  if (found == patterns.end()) Die("no pattern " + name);
  return found->second;
}

}  // namespace

Session ParseSession(int argc, char** argv) {
  Session session;
  const std::map<std::string, std::function<void(const std::string&)>> options = {
      {"--subject", [&](const std::string& text) { session.subject = text; }},
      {"--pattern", [&](const std::string& text) { session.pattern = PatternOf(text); }},
      {"--bytes", [&](const std::string& text) { session.bytes = std::stoul(text); }},
      {"--renderers", [&](const std::string& text) { session.renderers = std::stoi(text); }},
      {"--index", [&](const std::string& text) { session.index = std::stoi(text); }},
      {"--folder", [&](const std::string& text) { session.folder = text; }},
      {"--seconds", [&](const std::string& text) { session.seconds = std::stod(text); }},
      {"--warm-up", [&](const std::string& text) { session.warm_up_seconds = std::stod(text); }},
      {"--server-cpu", [&](const std::string& text) { session.server_cpu = std::stoi(text); }},
      {"--client-cpu", [&](const std::string& text) { session.client_cpu = std::stoi(text); }},
  };
  for (int i = 0; i < argc; ++i) {
    const std::string argument = argv[i];
    const size_t equals = argument.find('=');
    const auto option = options.find(argument.substr(0, equals));
    if (equals == std::string::npos || option == options.end()) Die("no option " + argument);
    option->second(argument.substr(equals + 1));
  }
  return session;
}

void PinThread(int cpu) {
  if (cpu < 0) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<size_t>(cpu), &set);
  Require(sched_setaffinity(0, sizeof set, &set) == 0, "sched_setaffinity");
}

}  // namespace bench
