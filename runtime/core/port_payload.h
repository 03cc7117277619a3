// What one message through a port carries, kept until its receiver has taken it; and the numbers
// that both ends of a connection agree on.
//
// Ownership   Shared, and never changed: main's table keeps it, and may send it more than once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "runtime/base/ids.h"
#include "runtime/wire/payload.h"

namespace ipc {

class PortPayload {
 public:
  explicit PortPayload(const PayloadWriter& payload)
      : kind_(payload.kind()),
        bytes_(payload.size()),
        blob_sizes_(payload.blob_sizes().begin(), payload.blob_sizes().end()) {
    payload.WriteTo(absl::MakeSpan(bytes_));
  }

  PayloadView view() const { return {kind_, absl::MakeConstSpan(bytes_), blob_sizes_}; }
  size_t size() const { return bytes_.size(); }

 private:
  PayloadKind kind_;
  std::vector<uint8_t> bytes_;
  BlobSizes blob_sizes_;
};

// Whether its home has chosen the name; else main has.
constexpr bool IsOwnName(PortId port) { return port.value() % 2 == 1; }

// What a waiting message counts against Limits::port_bytes, in both processes alike: empty ones
// cost something too, and so do the ports that travel with one. idl/wire.proto has the numbers.
constexpr size_t PortCost(size_t payload_bytes, size_t ports) {
  return 256 + payload_bytes + 1024 * ports;
}

}  // namespace ipc
