#include "runtime/value/base64.h"

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "runtime/base/strings.h"

namespace ipc {

std::string ToBase64(const Bytes& bytes) {
  return absl::Base64Escape(
      absl::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

std::optional<Bytes> FromBase64(std::string_view text) {
  std::string bytes;
  if (!absl::Base64Unescape(ToAbsl(text), &bytes)) return std::nullopt;
  // Abseil also reads several ways of writing the same bytes; one is enough.
  if (absl::Base64Escape(bytes) != ToAbsl(text)) return std::nullopt;
  return Bytes(bytes.begin(), bytes.end());
}

}  // namespace ipc
