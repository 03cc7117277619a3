#include "runtime/core/status_text.h"

#include <algorithm>

#include "runtime/codec/utf8.h"

namespace ipc {
namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd";
constexpr std::string_view kCut = "...";

// The bytes of the character that `text` begins with; 0 when it begins with none.
size_t CharacterSize(std::string_view text) {
  for (size_t size = 1; size <= std::min<size_t>(4, text.size()); ++size) {
    if (IsUtf8(text.substr(0, size))) return size;
  }
  return 0;
}

}  // namespace

std::string ToStatusText(std::string_view text, size_t max_bytes) {
  if (text.size() <= max_bytes && IsUtf8(text)) return std::string(text);
  std::string legal;
  while (!text.empty()) {
    const size_t size = CharacterSize(text);
    const std::string_view character = size == 0 ? kReplacement : text.substr(0, size);
    if (legal.size() + character.size() + kCut.size() > max_bytes) return legal.append(kCut);
    legal += character;
    text.remove_prefix(std::max<size_t>(size, 1));
  }
  return legal;
}

}  // namespace ipc
