// What gRPC is told about a connection, at either end of it.
#pragma once

#include <grpc/compression.h>
#include <grpc/grpc.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <climits>
#include <cstddef>

#include "runtime/wire/limits.h"

namespace ipc::internal {

inline constexpr char kConnectMethod[] = "/ipc.wire.Pipe/Connect";

// One message of the stream: a batch of small frames, or a frame with the largest payload.
inline int MaxBatchBytes(const Limits& limits) {
  constexpr size_t kSmallest = 512 << 10;  // what any sender packs, and more
  constexpr size_t kTagsAndLengths = 16;
  const size_t largest_frame = limits.message_bytes + limits.header_bytes + kTagsAndLengths;
  return static_cast<int>(std::clamp<size_t>(largest_frame, kSmallest, INT_MAX));
}

// How long a peer has to read what it was sent before the end: long enough for any that is alive,
// short enough for a person not to see it.
inline constexpr std::chrono::milliseconds kLinger{250};

// As gRPC wants them; good while this lives.
class Settings {
 public:
  explicit Settings(const Limits& limits) {
    Add(GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH, MaxBatchBytes(limits));
    Add(GRPC_ARG_MAX_SEND_MESSAGE_LENGTH, MaxBatchBytes(limits));
    // A connection is one call. A peer gets no more of them, nor of headers.
    Add(GRPC_ARG_MAX_CONCURRENT_STREAMS, 1);
    Add(GRPC_ARG_MAX_METADATA_SIZE, 8 << 10);
    // A small compressed message must not become a large one: limits are about what arrives.
    Add(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);
    Add(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
    Add(GRPC_COMPRESSION_CHANNEL_ENABLED_ALGORITHMS_BITSET, 1);  // identity
    // A socket of this host neither loses packets nor idles out: no measuring, no pings, no
    // retries.
    Add(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    Add(GRPC_ARG_KEEPALIVE_TIME_MS, INT_MAX);
    Add(GRPC_ARG_ENABLE_RETRIES, 0);
    // How much HTTP/2 may have under way, and in pieces of what size.
    Add(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 1 << 20);
    Add(GRPC_ARG_HTTP2_MAX_FRAME_SIZE, 256 << 10);
    Add(GRPC_ARG_TCP_READ_CHUNK_SIZE, 64 << 10);
  }
  Settings(const Settings&) = delete;
  Settings& operator=(const Settings&) = delete;

  const grpc_channel_args* get() const { return &all_; }

 private:
  void Add(const char* name, int value) {
    grpc_arg& setting = settings_[all_.num_args++];
    setting.type = GRPC_ARG_INTEGER;
    setting.key = const_cast<char*>(name);  // gRPC copies it
    setting.value.integer = value;
  }

  std::array<grpc_arg, 16> settings_{};
  grpc_channel_args all_{.num_args = 0, .args = settings_.data()};
};

}  // namespace ipc::internal
