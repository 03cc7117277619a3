// Reads protobuf wire format from bytes that nobody has checked.
//
// A reader is narrowed to one value at a time: at_end() is the end of the message, string or packed
// array that is being read, so nothing inside can reach beyond it.
//
// Ownership   Borrows the bytes. They must not change while they are read: those in memory that a
//             peer can write are copied out first.
// Threads     One.
// Errors      Functions answer false, and the problem is in the reader; see DecodeContext.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "absl/types/span.h"
#include "runtime/codec/decode_context.h"
#include "runtime/codec/decode_problem.h"
#include "runtime/codec/wire_format.h"

namespace ipc {

class WireReader : public DecodeContext {
 public:
  explicit WireReader(absl::Span<const uint8_t> bytes, const DecodeLimits& limits = {});

  bool at_end() const { return at_ == end_; }
  size_t remaining() const { return static_cast<size_t>(end_ - at_); }

  IPC_ALWAYS_INLINE bool Varint(uint64_t& value) {
    if (at_ != end_ && *at_ < 0x80) [[likely]] {
      value = *at_++;
      return true;
    }
    if (remaining() >= 2 && at_[1] < 0x80) {
      value = (at_[0] & 0x7Fu) | static_cast<uint64_t>(at_[1]) << 7;
      at_ += 2;
      return true;
    }
    return LongVarint(value);
  }
  IPC_ALWAYS_INLINE bool Fixed32(uint32_t& value) { return Copy(&value, 4); }
  IPC_ALWAYS_INLINE bool Fixed64(uint64_t& value) { return Copy(&value, 8); }

  // The tag of the next field; 0 at the end, which is not a tag.
  IPC_ALWAYS_INLINE bool NextTag(uint32_t& tag) {
    if (at_ == end_) {
      tag = 0;
      return true;
    }
    if (*at_ < 0x80 && *at_ >= 8) [[likely]] {
      tag = *at_++;
      return true;
    }
    return LongTag(tag);
  }

  // Passes over the field whose tag was read.
  bool Skip(uint32_t tag);
  bool FailWireType(WireType expected, WireType got);

  // All that is left.
  IPC_ALWAYS_INLINE std::string_view Rest() {
    std::string_view rest(reinterpret_cast<const char*>(at_), remaining());
    at_ = end_;
    return rest;
  }

  // All that is left, which is `size` bytes if it is whole.
  bool CopyRest(void* to, size_t size) {
    return remaining() == size ? Copy(to, size) : FailTruncated();
  }
  // How many varints end in what is left.
  size_t CountVarints() const;

  // Of fields of wire type kLength: how many with this tag stand here in a row, of which the first
  // tag was read.
  size_t CountRun(uint32_t tag);

  // Narrows this reader to the value that follows, whose length stands before it, until Close().
  // What is left of the value is passed over then. `outer` is for Close() alone.
  using Outer = const uint8_t*;
  IPC_ALWAYS_INLINE bool Open(Outer& outer) {
    size_t length = 0;
    if (!Length(length)) return false;
    outer = end_;
    end_ = at_ + length;
    return true;
  }
  IPC_ALWAYS_INLINE void Close(Outer outer) {
    at_ = end_;
    end_ = outer;
  }

  // The same for a message, which is one level deeper.
  IPC_ALWAYS_INLINE bool OpenMessage(Outer& outer) { return Enter() && Open(outer); }
  IPC_ALWAYS_INLINE void CloseMessage(Outer outer) {
    Close(outer);
    Leave();
  }

  // Calls `read` with this reader narrowed to a zero of any wire type: what is not there.
  template <typename F>
  bool InAbsent(F read, WireType type) {
    static constexpr uint8_t kZero[8] = {};
    const uint8_t* const at = at_;
    const uint8_t* const end = end_;
    at_ = kZero;
    end_ = kZero + ZeroSize(type);
    const bool ok = read();
    at_ = at;
    end_ = end;
    return ok;
  }

 private:
  static size_t ZeroSize(WireType type);

  IPC_ALWAYS_INLINE bool Length(size_t& length) {
    uint64_t value = 0;
    if (!Varint(value)) return false;
    if (value > remaining()) [[unlikely]]
      return FailTruncated();
    length = static_cast<size_t>(value);
    return true;
  }
  IPC_ALWAYS_INLINE bool Copy(void* value, size_t size) {
    if (remaining() < size) [[unlikely]]
      return FailTruncated();
    if (size != 0) std::memcpy(value, at_, size);
    at_ += size;
    return true;
  }
  bool LongVarint(uint64_t& value);
  bool LongTag(uint32_t& tag);
  bool FailTruncated();

  const uint8_t* at_;
  const uint8_t* end_;
};

}  // namespace ipc
