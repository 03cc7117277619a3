// What gRPC is told about a connection, at either end of it.
#pragma once

#include <grpc/compression.h>
#include <grpc/grpc.h>

#include <algorithm>
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

// Calls `set(name, value)` for each setting.
template <typename Set>
void ForEachSetting(const Limits& limits, Set set) {
  set(GRPC_ARG_MAX_RECEIVE_MESSAGE_LENGTH, MaxBatchBytes(limits));
  set(GRPC_ARG_MAX_SEND_MESSAGE_LENGTH, MaxBatchBytes(limits));
  // A connection is one call. A peer gets no more of them, nor of headers.
  set(GRPC_ARG_MAX_CONCURRENT_STREAMS, 1);
  set(GRPC_ARG_MAX_METADATA_SIZE, 8 << 10);
  // A small compressed message must not become a large one: limits are about what arrives.
  set(GRPC_ARG_ENABLE_PER_MESSAGE_COMPRESSION, 0);
  set(GRPC_ARG_ENABLE_PER_MESSAGE_DECOMPRESSION, 0);
  set(GRPC_COMPRESSION_CHANNEL_ENABLED_ALGORITHMS_BITSET, 1);  // identity
  // A socket of this host neither loses packets nor idles out: no measuring, no pings, no retries.
  set(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  set(GRPC_ARG_KEEPALIVE_TIME_MS, INT_MAX);
  set(GRPC_ARG_ENABLE_RETRIES, 0);
  // How much HTTP/2 may have under way, and in pieces of what size.
  set(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 1 << 20);
  set(GRPC_ARG_HTTP2_MAX_FRAME_SIZE, 256 << 10);
  set(GRPC_ARG_TCP_READ_CHUNK_SIZE, 64 << 10);
}

}  // namespace ipc::internal
