// Why bytes or JSON from a peer are not the type they should be.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace ipc {

// A closed list; each is reached by a test.
enum class DecodeError {
  kNone,
  kTruncated,      // the bytes end inside of a value
  kVarintTooLong,  // more than 64 bits
  kBadTag,         // field number 0, or a tag of more than 32 bits
  kBadWireType,    // a known field in another wire type; groups
  kBadUtf8,
  kOutOfRange,  // a number that its type cannot hold; a map's key that is NaN
  kUnknownEnumValue,
  kUnionNotSet,
  kUnionSetTwice,
  kUnknownUnionMember,
  kMissingField,
  kWrongCount,    // of a fixed array, or of arguments
  kDuplicateKey,  // of a map
  kWrongType,     // JSON of another kind
  kBadJson,       // of an any
  kOutOfBounds,   // min, max, min_bytes, max_bytes
  kNoMatch,       // pattern
  kTooDeep,
  kTooLarge,  // more memory than the bytes are worth
};

// "kTruncated".
std::string_view ToString(DecodeError error);

struct DecodeProblem {
  DecodeError error = DecodeError::kNone;
  std::string path;    // "args[0].title"; empty: the whole
  std::string reason;  // "expected string, got number"

  // INVALID_ARGUMENT, "PATH: REASON".
  absl::Status ToStatus() const;
};

// What decoding may cost. A size limit on the bytes alone does not bound memory: two bytes can
// stand for a struct of a kilobyte.
struct DecodeLimits {
  size_t max_depth = 32;                 // messages in one another, the outermost counted
  size_t bytes_per_wire_byte = 16;       // memory: so much for each byte received,
  size_t bytes_always = 1 << 20;         // and so much on top, for lists of mostly empty structs,
  size_t max_bytes = size_t{256} << 20;  // but never more than this
};

}  // namespace ipc
