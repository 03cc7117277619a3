#include "runtime/wire/payload.h"

#include "absl/algorithm/container.h"

namespace ipc {

LargeRun EncodedPayload::WriteAround(absl::Span<uint8_t> room) const {
  const PartedBytes& bytes = view_.bytes;
  if (bytes.is_whole() || bytes.run()->size() < kLeastLargeRun) {
    WriteTo(room);
    return {};
  }
  const absl::Span<const uint8_t> behind = bytes.around().subspan(bytes.offset());
  absl::c_copy(bytes.around().first(bytes.offset()), room.begin());
  absl::c_copy(behind, room.end() - behind.size());
  return {.offset = bytes.offset(), .bytes = *bytes.run()};
}

}  // namespace ipc
