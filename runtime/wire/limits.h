// The limits of a connection, in one table. Each is tested at one below, at, and one above.
//
// They bound what one renderer can make main hold, and what one main can make a renderer hold:
// bytes from a peer are counted here before they cost memory.
#pragma once

#include <chrono>
#include <cstddef>

namespace ipc {

struct Limits {
  size_t message_bytes = 64 << 20;  // one payload, on every pipe
  size_t header_bytes = 64 << 10;   // a frame but for its payload
  size_t channel_name_bytes = 128;  // at least 1
  size_t calls_in_flight = 1024;    // each way
  size_t frames = 1024;             // of one renderer, at a time
  size_t outbound_bytes = 8 << 20;  // queued towards one peer; an empty queue takes any one message
  size_t outbound_frames = 4096;    // the same, in frames
  size_t answer_bytes = 64 << 20;   // queued answers of more than a kilobyte, apart from messages
  // Answers of up to a kilobyte, cancels, pings and pongs, what frames and ports tell: a peer that
  // reads has few, and the connection of one that has more ends.
  size_t answer_frames = 65'536;
  size_t relayed_bytes = 8 << 20;  // queued towards one peer of what other renderers send to it
  size_t relayed_frames = 4096;    // the same, in frames
  size_t inbound_bytes = 8 << 20;  // read ahead of dispatch, beyond the frame being read
  size_t hello_bytes = 4096;
  std::chrono::milliseconds hello_timeout{5'000};
  size_t half_open = 32;  // connections that have not finished their hello
  std::chrono::milliseconds sync_timeout{30'000};
  std::chrono::milliseconds ask_timeout{30'000};  // of main's calls to a renderer
  size_t sync_backlog_bytes = 64 << 20;           // what else arrives during a sendSync is kept
  size_t ports = 4096;            // that one renderer has opened, and as many that it was given
  size_t ports_in_message = 256;  // that travel together
  size_t port_bytes = 64 << 20;   // posted by one process and not taken; the last may exceed it
};

}  // namespace ipc
