#include "runtime/codec/utf8.h"

#include <cstddef>

namespace ipc::internal {
namespace {

// The bytes that a character beginning with `lead` has, and the range its second byte is in: the
// narrower ones keep out surrogates, overlong forms, and what is above U+10FFFF. Length 0: no
// character begins so.
struct Form {
  size_t length;
  uint8_t second_min;
  uint8_t second_max;
};

Form FormOf(uint8_t lead) {
  if (lead < 0x80) return {1, 0, 0};
  if (lead < 0xC2) return {0, 0, 0};
  if (lead < 0xE0) return {2, 0x80, 0xBF};
  if (lead == 0xE0) return {3, 0xA0, 0xBF};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (lead < 0xF0) return {3, 0x80, 0xBF};
  if (lead == 0xF0) return {4, 0x90, 0xBF};
  if (lead < 0xF4) return {4, 0x80, 0xBF};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

bool IsContinuation(char byte) { return (static_cast<uint8_t>(byte) & 0xC0) == 0x80; }

}  // namespace

bool IsUtf8BeyondAscii(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const Form form = FormOf(static_cast<uint8_t>(text[at]));
    if (form.length == 0 || form.length > text.size() - at) return false;
    if (form.length > 1) {
      const auto second = static_cast<uint8_t>(text[at + 1]);
      if (second < form.second_min || second > form.second_max) return false;
    }
    for (size_t i = 2; i < form.length; ++i) {
      if (!IsContinuation(text[at + i])) return false;
    }
    at += form.length;
  }
  return true;
}

}  // namespace ipc::internal
