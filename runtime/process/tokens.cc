#include "runtime/process/tokens.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "absl/strings/escaping.h"
#include "runtime/base/check.h"

namespace ipc {
namespace {

std::string RandomDigits() {
  std::array<char, 32> bytes;
  IPC_CHECK(getentropy(bytes.data(), bytes.size()) == 0, "the system has no random bytes");
  return absl::BytesToHexString({bytes.data(), bytes.size()});
}

// Looks at every byte, wherever the first difference is.
bool AreEqual(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  unsigned difference = 0;
  for (size_t i = 0; i < left.size(); ++i) {
    difference |= static_cast<uint8_t>(left[i]) ^ static_cast<uint8_t>(right[i]);
  }
  return difference == 0;
}

}  // namespace

std::string Tokens::Issue(std::string role, MonotonicTime now, milliseconds good_for) {
  ForgetExpired(now);
  return issued_.emplace_back(Issued{RandomDigits(), std::move(role), After(now, good_for)}).token;
}

absl::Status Tokens::Spend(std::string_view role, std::string_view token, MonotonicTime now) {
  ForgetExpired(now);
  auto found = issued_.end();
  for (auto it = issued_.begin(); it != issued_.end(); ++it) {
    if (AreEqual(it->token, token)) found = it;
  }
  const bool is_good = found != issued_.end() && found->role == role;
  if (found != issued_.end()) issued_.erase(found);
  if (is_good) return absl::OkStatus();
  return absl::PermissionDeniedError("no token that main gave out, used once and in time");
}

void Tokens::ForgetExpired(MonotonicTime now) {
  std::erase_if(issued_, [now](const Issued& issued) { return issued.expires <= now; });
}

}  // namespace ipc
