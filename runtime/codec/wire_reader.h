// Reads protobuf wire format from bytes that nobody has checked.
//
// A reader is narrowed to one value at a time: at_end() is the end of the message, string or packed
// array that is being read, so nothing inside can reach beyond it.
//
// A run that lies apart (parted_bytes.h) is read where it belongs. Until it was met the reader is
// narrowed to what stands before it, so a length that does not reach it is taken as ever, and one
// that does is found too long, and looked at again with the run in mind. What the run is met as is
// a string, or bytes, or skipped. As anything else, or as no value at all, it is missed: what was
// read is then of no use, and is read again, in one piece.
//
// Ownership   Borrows the bytes. They must not change while they are read: those in memory that a
//             peer can write are copied out first.
// Threads     One.
// Errors      Functions answer false, and the problem is in the reader; see DecodeContext.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "absl/types/span.h"
#include "runtime/codec/decode_context.h"
#include "runtime/codec/decode_problem.h"
#include "runtime/codec/parted_bytes.h"
#include "runtime/codec/wire_format.h"

namespace ipc {

class WireReader : public DecodeContext {
 public:
  explicit WireReader(const PartedBytes& bytes, const DecodeLimits& limits = {});

  // There is a run, and it was not met.
  bool has_missed_run() const { return run_state_ != RunState::kMet; }

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

  // The value that is open has no bytes in this piece: it is empty, or the run, which is counted
  // and copied, or moved where that may be.
  bool ReadRun(Bytes& value);
  bool ReadRun(std::string& value);

  // The value that follows, whose length stands before it, as bytes.
  bool ReadParted(PartedBytes& value);

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
    if (value > remaining() || run_state_ == RunState::kAhead) [[unlikely]]
      return LengthBeforeRun(value, length);
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

  enum class RunState : uint8_t {
    kAhead,
    kOpen,    // it is the value that is open
    kMet,     // or there is none
    kMissed,  // what was read is of no use
  };
  // The length of a value that stands before the run, or has it in it: what can be read of it
  // before the run.
  bool LengthBeforeRun(uint64_t value, size_t& length);
  // Whether a value of this length holds all of the run; how much of it is in this piece.
  bool HoldsRun(uint64_t value, size_t& around) const;
  bool IsRun() const { return run_state_ == RunState::kOpen && at_ == run_at_; }

  const uint8_t* at_;
  const uint8_t* end_;
  const uint8_t* run_at_ = nullptr;   // where the run belongs
  const uint8_t* run_end_ = nullptr;  // while it is ahead: the end of the innermost that holds it
  Bytes* run_ = nullptr;
  bool may_take_run_ = false;
  RunState run_state_ = RunState::kMet;
};

}  // namespace ipc
