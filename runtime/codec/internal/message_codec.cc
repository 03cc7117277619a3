#include "runtime/codec/internal/message_codec.h"

namespace ipc::internal {

bool ArgCount::Check(size_t count, ValueReader& in) const {
  if (count >= min && (has_rest || count <= max)) return true;
  std::string expected = absl::StrCat(min);
  if (has_rest) {
    expected = absl::StrCat("at least ", min);
  } else if (min != max) {
    expected = absl::StrCat(min, " to ", max);
  }
  const size_t last = has_rest ? min : max;
  return in.Fail(
      DecodeError::kWrongCount,
      absl::StrCat("expected ", expected, last == 1 ? " argument" : " arguments", ", got ", count));
}

}  // namespace ipc::internal
