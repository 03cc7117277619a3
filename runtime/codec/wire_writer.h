// Writes protobuf wire format back to front.
//
// A nested message's length stands before it and is known only after it: written from the end,
// every byte is written once and no length is computed twice. The room is exactly as large as the
// Size() pass said.
//
// Ownership   The caller owns the room.
// Threads     One.
// Errors      Writing past the front of the room is a bug in a Size(): CHECK.
#pragma once

#include <cstdint>
#include <string_view>

#include "absl/types/span.h"

namespace ipc {

enum class WireType : uint32_t { kVarint = 0, kFixed64 = 1, kLength = 2, kFixed32 = 5 };

class WireWriter {
 public:
  explicit WireWriter(absl::Span<uint8_t> room);

  // Bytes not yet written.
  size_t remaining() const;

  void Varint(uint64_t value);
  void Fixed32(uint32_t value);
  void Fixed64(uint64_t value);
  void Raw(std::string_view bytes);
  void Tag(uint32_t field, WireType type);

  // Put before what was written since `end` (a remaining() taken earlier) its length and its tag.
  void Length(uint32_t field, size_t end);
};

}  // namespace ipc
