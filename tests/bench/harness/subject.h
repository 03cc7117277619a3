// What is measured: a way for a main (the Server) and its renderers (the Clients), each a process
// of its own, to talk to each other.
//
// A subject implements the patterns that it can do; `patterns` lists them. Each leaves nothing in
// flight, so that it can be run again: to warm up, then measured.
//
// Threads     Each object belongs to the one thread of its role.
// Errors      None: what goes wrong ends the process, Die().
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/harness/die.h"
#include "tests/bench/harness/meter.h"
#include "tests/bench/harness/session.h"

namespace bench {

class Client {
 public:
  virtual ~Client() = default;

  virtual void RoundTrips(Meter&) { Die("no round trips"); }
  virtual void InFlight(Meter&) { Die("not many in flight"); }
  // The last message has arrived when it returns.
  virtual void OneWay(Meter&) { Die("nothing one-way"); }
  virtual void Paced(Meter&) { Die("no round trips"); }
  // Hears broadcasts, and says so each time, for ever.
  virtual void Hear() { Die("no broadcasts"); }
};

// One whose calls block: the rest follows.
class BlockingClient : public Client {
 public:
  void RoundTrips(Meter& meter) override {
    do RoundTrip();
    while (meter.Completed());
  }
  void Paced(Meter& meter) override {
    do {
      meter.AwaitBeat();
      RoundTrip();
    } while (meter.Completed());
  }

 protected:
  virtual void RoundTrip() = 0;
};

class Server {
 public:
  virtual ~Server() = default;

  // Clients may come once this returns.
  virtual void Listen() = 0;
  // For ever.
  virtual void Serve() = 0;

  // Waits for all renderers; then says one thing to all of them, and the next when all have it.
  virtual void Gather() { Die("no broadcasts"); }
  virtual void Broadcast(Meter&) { Die("no broadcasts"); }
};

// What a subject can do: one call after the other, many at once, everything.
inline const std::vector<Pattern> kOneCallAtATime = {Pattern::kRoundTrips, Pattern::kPaced};
inline const std::vector<Pattern> kCalls = {Pattern::kRoundTrips, Pattern::kPaced,
                                            Pattern::kInFlight};
inline const std::vector<Pattern> kEverything = {Pattern::kRoundTrips, Pattern::kPaced,
                                                 Pattern::kInFlight, Pattern::kOneWay,
                                                 Pattern::kBroadcast};

struct Subject {
  std::string name;
  std::vector<Pattern> patterns;
  std::function<std::unique_ptr<Server>(const Session&)> make_server;
  // Empty where the server makes its clients itself, as threads, with RunClient().
  std::function<std::unique_ptr<Client>(const Session&)> make_client;
  // Sizes that it is not asked to carry.
  bool only_large = false;
  bool only_small = false;
};

}  // namespace bench
