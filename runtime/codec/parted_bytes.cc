#include "runtime/codec/parted_bytes.h"

#include "absl/algorithm/container.h"

namespace ipc {

void PartedBytes::CopyTo(absl::Span<uint8_t> room) const {
  if (is_whole()) {
    absl::c_copy(around_, room.begin());
    return;
  }
  absl::c_copy(around_.first(offset_), room.begin());
  absl::c_copy(*run_, room.begin() + offset_);
  absl::c_copy(around_.subspan(offset_), room.begin() + offset_ + run_->size());
}

std::vector<uint8_t> PartedBytes::Joined() const {
  std::vector<uint8_t> whole(size());
  CopyTo(absl::MakeSpan(whole));
  return whole;
}

}  // namespace ipc
