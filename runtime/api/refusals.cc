#include "runtime/api/refusals.h"

#include <bit>

namespace ipc {

std::optional<uint64_t> Refusals::Note(WebContentsId who) {
  ++total_;
  const uint64_t count = ++counts_[who];
  if (!std::has_single_bit(count)) return std::nullopt;
  return count;
}

}  // namespace ipc
