// Writes protobuf wire format back to front.
//
// A nested message's length stands before it and is known only after it: written from the end,
// every byte is written once and no length is computed twice. The room is exactly as large as the
// Size() pass said.
//
// Ownership   The caller owns the room. A writer is a position in it, passed and returned by
//             value: so it stays in registers. One behind a reference is loaded and stored around
//             every byte, since for all the compiler knows that byte is part of the writer.
// Threads     One.
// Errors      Writing past the front of the room is a bug in a Size(), or a message that another
//             thread changes while it is written: CHECK.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "absl/types/span.h"
#include "runtime/base/check.h"
#include "runtime/codec/large_run.h"
#include "runtime/codec/wire_format.h"

namespace ipc {

static_assert(std::endian::native == std::endian::little, "fixed32 and fixed64 are copied");

class WireWriter {
 public:
  explicit WireWriter(absl::Span<uint8_t> room)
      : front_(room.data()), at_(room.data() + room.size()) {}

  // Bytes not yet written.
  size_t remaining() const { return static_cast<size_t>(at_ - front_); }

  IPC_ALWAYS_INLINE void Varint(uint64_t value) {
    if (value < 0x80) [[likely]] {
      *Back(1) = static_cast<uint8_t>(value);
    } else {
      LongVarint(value);
    }
  }
  IPC_ALWAYS_INLINE void Fixed32(uint32_t value) { std::memcpy(Back(4), &value, 4); }
  IPC_ALWAYS_INLINE void Fixed64(uint64_t value) { std::memcpy(Back(8), &value, 8); }
  IPC_ALWAYS_INLINE void Raw(std::string_view bytes) {
    uint8_t* at = Back(bytes.size());
    if (!bytes.empty()) std::memcpy(at, bytes.data(), bytes.size());
  }
  // Bytes of the value that is written, and not of something that is gone before it is.
  IPC_ALWAYS_INLINE void Own(std::string_view bytes) {
    if (bytes.size() < kLeastLargeRun) [[likely]]
      return Raw(bytes);
    LargeRunFinder::WriteOrNote(Back(bytes.size()), bytes);
  }
  IPC_ALWAYS_INLINE void Tag(uint32_t field, WireType type) { Varint(MakeTag(field, type)); }

  // Put before what was written since `end` (a remaining() taken earlier) its length and its tag.
  IPC_ALWAYS_INLINE void Length(uint32_t field, size_t end) {
    Varint(end - remaining());
    Tag(field, WireType::kLength);
  }

  // All of the room is written.
  void Finish() const { IPC_CHECK(at_ == front_, "a message changed while it was written"); }

 private:
  IPC_ALWAYS_INLINE uint8_t* Back(size_t bytes) {
    IPC_CHECK(bytes <= remaining(), "a message changed while it was written");
    return at_ -= bytes;
  }
  IPC_ALWAYS_INLINE void LongVarint(uint64_t value) {
    uint8_t* at = Back(VarintSize(value));
    while (value >= 0x80) {
      *at++ = static_cast<uint8_t>(value | 0x80);
      value >>= 7;
    }
    *at = static_cast<uint8_t>(value);
  }

  uint8_t* front_;
  uint8_t* at_;
};

}  // namespace ipc
