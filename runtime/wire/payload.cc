#include "runtime/wire/payload.h"

#include <cstring>

namespace ipc {

void EncodedPayload::WriteTo(absl::Span<uint8_t> room) const {
  if (!room.empty()) std::memcpy(room.data(), view_.bytes.data(), room.size());
}

}  // namespace ipc
