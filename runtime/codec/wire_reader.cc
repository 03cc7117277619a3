#include "runtime/codec/wire_reader.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "runtime/codec/utf8.h"

namespace ipc {
namespace {

constexpr int kMaxVarintBytes = 10;

size_t MemoryFor(size_t wire_bytes, const DecodeLimits& limits) {
  // The division comes first: a product of what a caller chose may not fit.
  if (wire_bytes > limits.max_bytes / std::max<size_t>(limits.bytes_per_wire_byte, 1)) {
    return limits.max_bytes;
  }
  return std::min(wire_bytes * limits.bytes_per_wire_byte + limits.bytes_always, limits.max_bytes);
}

absl::string_view NameOf(WireType type) {
  switch (type) {
    case WireType::kVarint:
      return "varint";
    case WireType::kFixed64:
      return "fixed64";
    case WireType::kLength:
      return "length";
    case WireType::kFixed32:
      return "fixed32";
  }
  return "group";
}

}  // namespace

WireReader::WireReader(const PartedBytes& bytes, const DecodeLimits& limits)
    : DecodeContext(limits.max_depth, MemoryFor(bytes.size(), limits)),
      at_(bytes.around().data()),
      end_(at_ + bytes.around().size()) {
  if (bytes.is_whole()) return;
  run_ = bytes.run();
  may_take_run_ = bytes.is_yielded();
  run_state_ = RunState::kAhead;
  run_at_ = at_ + bytes.offset();
  run_end_ = std::exchange(end_, run_at_);
}

bool WireReader::HoldsRun(uint64_t value, size_t& around) const {
  if (run_state_ != RunState::kAhead || at_ > run_at_ || value < run_->size()) return false;
  around = value - run_->size();
  return around >= static_cast<size_t>(run_at_ - at_) &&
         around <= static_cast<size_t>(run_end_ - at_);
}

bool WireReader::LengthBeforeRun(uint64_t value, size_t& length) {
  if (value <= remaining()) {
    length = static_cast<size_t>(value);
    // It says that it ends where the run begins, and inside of it nothing would tell it from one
    // that has the run in it.
    if (at_ + length == run_at_) run_state_ = RunState::kMissed;
    return true;
  }
  size_t around = 0;
  if (!HoldsRun(value, around)) return FailTruncated();
  // Whoever is opened now goes back to the end of what it is in, which is behind the run.
  end_ = std::exchange(run_end_, at_ + around);
  length = static_cast<size_t>(run_at_ - at_);
  if (around == 0) run_state_ = RunState::kOpen;
  return true;
}

bool WireReader::ReadRun(Bytes& value) {
  if (!IsRun()) return value.clear(), true;
  run_state_ = RunState::kMet;
  if (!Charge(run_->size())) return false;
  if (may_take_run_) {
    value = std::move(*run_);
  } else {
    value = *run_;
  }
  return true;
}

bool WireReader::ReadRun(std::string& value) {
  if (!IsRun()) return value.clear(), true;
  run_state_ = RunState::kMet;
  const std::string_view text(reinterpret_cast<const char*>(run_->data()), run_->size());
  if (!IsUtf8(text)) return Fail(DecodeError::kBadUtf8, "not UTF-8");
  if (!Charge(text.size())) return false;
  value.assign(text);
  return true;
}

bool WireReader::ReadParted(PartedBytes& value) {
  uint64_t length = 0;
  size_t around = 0;
  if (!Varint(length)) return false;
  if (length <= remaining()) {
    value = absl::MakeConstSpan(at_, length);
    at_ += length;
    return true;
  }
  if (!HoldsRun(length, around)) return FailTruncated();
  value = PartedBytes({at_, around}, static_cast<size_t>(run_at_ - at_), run_);
  at_ += around;
  end_ = run_end_;
  run_state_ = RunState::kMet;
  return true;
}

bool WireReader::LongVarint(uint64_t& value) {
  // Where a varint cannot reach the end, one comparison says so for all of its bytes.
  const bool roomy = remaining() >= kMaxVarintBytes;
  const uint8_t* at = at_;
  uint64_t result = 0;
  for (int shift = 0; shift < 7 * kMaxVarintBytes; shift += 7) {
    if (!roomy && at == end_) return FailTruncated();
    const uint64_t byte = *at++;
    // Of the tenth byte there is room for one bit.
    if (shift == 63 && byte > 1) break;
    result |= (byte & 0x7F) << shift;
    if (byte < 0x80) {
      at_ = at;
      value = result;
      return true;
    }
  }
  return Fail(DecodeError::kVarintTooLong, "a number of more than 64 bits");
}

bool WireReader::LongTag(uint32_t& tag) {
  uint64_t value;
  if (!LongVarint(value)) return false;
  if (value > std::numeric_limits<uint32_t>::max()) {
    return Fail(DecodeError::kBadTag, "a tag of more than 32 bits");
  }
  if (value >> 3 == 0) return Fail(DecodeError::kBadTag, "field number 0");
  tag = static_cast<uint32_t>(value);
  return true;
}

bool WireReader::Skip(uint32_t tag) {
  uint64_t varint;
  uint64_t fixed64;
  uint32_t fixed32;
  PartedBytes bytes;
  switch (static_cast<WireType>(tag & 7)) {
    case WireType::kVarint:
      return Varint(varint);
    case WireType::kFixed64:
      return Fixed64(fixed64);
    case WireType::kLength:
      return ReadParted(bytes);
    case WireType::kFixed32:
      return Fixed32(fixed32);
  }
  return Fail(DecodeError::kBadWireType,
              absl::StrCat("field ", tag >> 3, " has wire type ", tag & 7));
}

size_t WireReader::CountVarints() const {
  return static_cast<size_t>(std::count_if(at_, end_, [](uint8_t byte) { return byte < 0x80; }));
}

// What is malformed here is found again, and answered for, when it is read.
size_t WireReader::CountRun(uint32_t tag) {
  const uint8_t* const at = at_;
  const uint8_t* const end = end_;
  size_t count = 0;
  uint64_t next = tag;
  uint64_t length = 0;
  while (next == tag && Varint(length)) {
    size_t around = length;
    if (length > remaining()) {
      if (!HoldsRun(length, around)) break;
      end_ = run_end_;  // on, behind the run
    }
    ++count;
    at_ += around;
    if (at_end() || !Varint(next)) break;
  }
  at_ = at;
  end_ = end;
  return count;
}

bool WireReader::FailWireType(WireType expected, WireType got) {
  return Fail(DecodeError::kBadWireType,
              absl::StrCat("expected wire type ", NameOf(expected), ", got ", NameOf(got)));
}

size_t WireReader::ZeroSize(WireType type) {
  switch (type) {
    case WireType::kVarint:
      return 1;
    case WireType::kFixed64:
      return 8;
    case WireType::kLength:
      return 0;
    case WireType::kFixed32:
      return 4;
  }
  return 0;
}

bool WireReader::FailTruncated() {
  return Fail(DecodeError::kTruncated, "the bytes end inside of a value");
}

}  // namespace ipc
