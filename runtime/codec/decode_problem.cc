#include "runtime/codec/decode_problem.h"

#include "absl/strings/str_cat.h"

namespace ipc {

std::string_view ToString(DecodeError error) {
  switch (error) {
    case DecodeError::kNone:
      return "kNone";
    case DecodeError::kTruncated:
      return "kTruncated";
    case DecodeError::kVarintTooLong:
      return "kVarintTooLong";
    case DecodeError::kBadTag:
      return "kBadTag";
    case DecodeError::kBadWireType:
      return "kBadWireType";
    case DecodeError::kBadUtf8:
      return "kBadUtf8";
    case DecodeError::kOutOfRange:
      return "kOutOfRange";
    case DecodeError::kUnknownEnumValue:
      return "kUnknownEnumValue";
    case DecodeError::kUnionNotSet:
      return "kUnionNotSet";
    case DecodeError::kUnionSetTwice:
      return "kUnionSetTwice";
    case DecodeError::kUnknownUnionMember:
      return "kUnknownUnionMember";
    case DecodeError::kMissingField:
      return "kMissingField";
    case DecodeError::kWrongCount:
      return "kWrongCount";
    case DecodeError::kDuplicateKey:
      return "kDuplicateKey";
    case DecodeError::kWrongType:
      return "kWrongType";
    case DecodeError::kBadJson:
      return "kBadJson";
    case DecodeError::kOutOfBounds:
      return "kOutOfBounds";
    case DecodeError::kNoMatch:
      return "kNoMatch";
    case DecodeError::kTooDeep:
      return "kTooDeep";
    case DecodeError::kTooLarge:
      return "kTooLarge";
  }
  return "";
}

absl::Status DecodeProblem::ToStatus() const {
  return absl::InvalidArgumentError(path.empty() ? reason : absl::StrCat(path, ": ", reason));
}

}  // namespace ipc
