#include "runtime/codec/internal/bound_checks.h"

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/value/json_writer.h"

namespace ipc::internal {

bool FailBound(std::string_view expected, const std::string& bound, const std::string& got,
               DecodeContext& in) {
  return in.Fail(DecodeError::kOutOfBounds,
                 absl::StrCat("expected ", ToAbsl(expected), " ", bound, ", got ", got));
}

bool FailLength(std::string_view what, size_t bound, std::string_view unit, DecodeContext& in) {
  if (bound == 1) unit = unit == "entries" ? "entry" : unit.substr(0, unit.size() - 1);
  return in.Fail(DecodeError::kOutOfBounds, absl::StrCat(ToAbsl(what), bound, " ", ToAbsl(unit)));
}

bool FailPattern(std::string_view pattern, DecodeContext& in) {
  return in.Fail(DecodeError::kNoMatch, absl::StrCat("does not match ", ToAbsl(pattern)));
}

size_t TextSize(const Value& value) { return ToJson(value).size(); }

}  // namespace ipc::internal
