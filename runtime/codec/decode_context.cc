#include "runtime/codec/decode_context.h"

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"

namespace ipc {
namespace {

// "title" before "" is "title", before "[2]" is "title[2]", before "text" is "title.text".
void Prepend(std::string_view segment, std::string& path) {
  const bool joined = path.empty() || path.front() == '[';
  path = absl::StrCat(ToAbsl(segment), joined ? "" : ".", path);
}

}  // namespace

bool DecodeContext::Fail(DecodeError error, std::string reason) {
  problem_ = {.error = error, .path = "", .reason = std::move(reason)};
  return false;
}

void DecodeContext::InField(std::string_view name) { Prepend(name, problem_.path); }

void DecodeContext::InElement(size_t index) {
  Prepend(ToStd(absl::StrCat("[", index, "]")), problem_.path);
}

void DecodeContext::InKey(std::string_view key) {
  Prepend(ToStd(absl::StrCat("[", ToAbsl(key), "]")), problem_.path);
}

bool DecodeContext::FailTooDeep() {
  return Fail(DecodeError::kTooDeep, absl::StrCat("more than ", max_depth_, " messages deep"));
}

bool DecodeContext::FailTooLarge() {
  return Fail(DecodeError::kTooLarge,
              absl::StrCat("takes more memory than the limit of ", max_bytes_, " bytes"));
}

}  // namespace ipc
