#include "runtime/codec/value_reader.h"

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/value/json_writer.h"

namespace ipc {

ValueReader::ValueReader(const DecodeLimits& limits)
    : DecodeContext(limits.max_depth, limits.max_bytes) {}

bool ValueReader::FailType(std::string_view expected, const Value& got) {
  return Fail(DecodeError::kWrongType,
              absl::StrCat("expected ", ToAbsl(expected), ", got ", ToAbsl(KindName(got.kind()))));
}

bool ValueReader::FailRange(std::string_view expected, const Value& got) {
  return Fail(DecodeError::kOutOfRange,
              absl::StrCat("expected ", ToAbsl(expected), ", got ", ToJson(got)));
}

}  // namespace ipc
