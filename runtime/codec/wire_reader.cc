#include "runtime/codec/wire_reader.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"

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

WireReader::WireReader(absl::Span<const uint8_t> bytes, const DecodeLimits& limits)
    : DecodeContext(limits.max_depth, MemoryFor(bytes.size(), limits)),
      at_(bytes.data()),
      end_(bytes.data() + bytes.size()) {}

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
  Outer outer;
  switch (static_cast<WireType>(tag & 7)) {
    case WireType::kVarint:
      return Varint(varint);
    case WireType::kFixed64:
      return Fixed64(fixed64);
    case WireType::kLength:
      if (!Open(outer)) return false;
      Close(outer);
      return true;
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
  size_t count = 0;
  uint64_t next = tag;
  size_t length = 0;
  while (next == tag && Length(length)) {
    ++count;
    at_ += length;
    if (at_end() || !Varint(next)) break;
  }
  at_ = at;
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
