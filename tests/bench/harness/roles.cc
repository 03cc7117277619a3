#include "tests/bench/harness/roles.h"

#include <signal.h>
#include <sys/prctl.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string_view>

#include "tests/bench/harness/control.h"

namespace bench {
namespace {

std::string_view NameOf(Pattern pattern) {
  switch (pattern) {
    case Pattern::kRoundTrips:
      return "round-trips";
    case Pattern::kInFlight:
      return "in-flight";
    case Pattern::kOneWay:
      return "one-way";
    case Pattern::kPaced:
      return "paced";
    case Pattern::kBroadcast:
      return "broadcast";
  }
  return "";
}

// One line of JSON each, for the runner.
void List(const std::vector<Subject>& subjects) {
  for (const Subject& subject : subjects) {
    std::cout << "{\"subject\":\"" << subject.name << "\",\"patterns\":[";
    const char* separator = "";
    for (Pattern pattern : subject.patterns) {
      std::cout << separator << "\"" << NameOf(pattern) << "\"";
      separator = ",";
    }
    std::cout << std::boolalpha << "],\"small\":" << !subject.only_large
              << ",\"large\":" << !subject.only_small
              << ",\"hosts_clients\":" << !subject.make_client << "}\n";
  }
}

void RunPattern(Pattern pattern, Client& client, Meter& meter) {
  switch (pattern) {
    case Pattern::kRoundTrips:
      client.RoundTrips(meter);
      break;
    case Pattern::kInFlight:
      client.InFlight(meter);
      break;
    case Pattern::kOneWay:
      client.OneWay(meter);
      break;
    case Pattern::kPaced:
      client.Paced(meter);
      break;
    case Pattern::kBroadcast:
      client.Hear();
      break;
  }
  meter.Finish();
}

[[noreturn]] void RunServer(const Session& session, Server& server) {
  Control control(session, "server");
  server.Listen();
  control.SayReady(0);
  if (session.pattern != Pattern::kBroadcast) {
    server.Serve();
    Die("the server has returned");
  }
  server.Gather();
  Meter warm_up(session.warm_up_seconds);
  warm_up.Start();
  server.Broadcast(warm_up);
  control.SayReady(warm_up.first_ns());
  Meter meter(session.seconds);
  meter.StartAt(control.AwaitGo());
  server.Broadcast(meter);
  meter.Finish();
  control.Report(meter);
  control.Stay();
}

}  // namespace

void RunClient(const Session& session, Client& client) {
  Control control(session, "client");
  Meter warm_up(session.warm_up_seconds);
  warm_up.Start();
  RunPattern(session.pattern, client, warm_up);
  control.SayReady(warm_up.first_ns());
  Meter meter(session.seconds);
  meter.StartAt(control.AwaitGo());
  RunPattern(session.pattern, client, meter);
  control.Report(meter);
  control.Stay();
}

int RunRole(int argc, char** argv, const std::vector<Subject>& subjects) {
  const std::string_view role = argc > 1 ? argv[1] : "";
  if (role == "list") {
    List(subjects);
    return EXIT_SUCCESS;
  }
  if (role != "serve" && role != "call") Die("usage: list | serve OPTIONS | call OPTIONS");

  // Nothing of a measurement is left when its runner is gone.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const Session session = ParseSession(argc - 2, argv + 2);
  const auto subject = std::find_if(subjects.begin(), subjects.end(), [&](const Subject& each) {
    return each.name == session.subject;
  });
  if (subject == subjects.end()) Die("no subject " + session.subject);
  if (role == "serve") {
    PinThread(session.server_cpu);
    RunServer(session, *subject->make_server(session));
  }
  PinThread(session.client_cpu);
  RunClient(session, *subject->make_client(session));
}

}  // namespace bench
