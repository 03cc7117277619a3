#include "runtime/codec/large_run.h"

#include <cstring>
#include <functional>
#include <utility>

namespace ipc {
namespace {

thread_local LargeRunFinder* at_work = nullptr;

}  // namespace

LargeRunFinder::LargeRunFinder(absl::Span<uint8_t> room)
    : room_(room), outer_(std::exchange(at_work, this)) {}

LargeRunFinder::~LargeRunFinder() { at_work = outer_; }

void LargeRunFinder::WriteOrNote(uint8_t* at, std::string_view bytes) {
  // Encoding a part of a message into other room, to copy it from there, is no business of ours.
  const bool is_ours = at_work != nullptr && !std::less<>()(at, at_work->room_.begin()) &&
                       std::less<>()(at, at_work->room_.end());
  if (is_ours) return at_work->Note(at, bytes);
  std::memcpy(at, bytes.data(), bytes.size());
}

void LargeRunFinder::Note(uint8_t* at, std::string_view bytes) {
  LargeRun run{.offset = static_cast<size_t>(at - room_.data()),
               .bytes = {reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()}};
  if (run.bytes.size() > found_.bytes.size()) std::swap(run, found_);
  if (!run.bytes.empty()) {
    std::memcpy(room_.data() + run.offset, run.bytes.data(), run.bytes.size());
  }
}

}  // namespace ipc
