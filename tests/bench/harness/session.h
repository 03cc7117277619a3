// What one process of a measurement is told on its command line: its part, and the work.
//
//   bench serve --subject=uds --pattern=round-trips --bytes=64 --renderers=1 --folder=F ...
//   bench call ... --index=0
#pragma once

#include <cstddef>
#include <string>

namespace bench {

// How messages follow each other; the runner's table of works has one for each work.
enum class Pattern {
  kRoundTrips,  // one after another
  kInFlight,    // kWindow at a time
  kOneWay,      // without answers
  kPaced,       // one a millisecond, asleep in between
  kBroadcast,   // main to all renderers, which say when they have it
};

inline constexpr int kWindow = 64;
inline constexpr size_t kSmallBytes = 64;

struct Session {
  std::string subject;
  Pattern pattern = Pattern::kRoundTrips;
  size_t bytes = kSmallBytes;
  int renderers = 1;
  int index = 0;       // of this renderer
  std::string folder;  // for sockets and regions; the runner's socket is there already
  double seconds = 0.1;
  double warm_up_seconds = 0.05;
  int server_cpu = -1;  // -1: wherever the kernel likes
  int client_cpu = -1;

  bool is_small() const { return bytes <= kSmallBytes; }
  std::string PathOf(const std::string& name) const { return folder + "/" + name; }
};

// Ends the process when the arguments make no sense.
Session ParseSession(int argc, char** argv);

// Keeps the calling thread, and threads that it starts, on one processor. -1: anywhere.
void PinThread(int cpu);

}  // namespace bench
