#include "runtime/codec/internal/pattern.h"

#include <re2/re2.h>

#include "runtime/base/check.h"

namespace ipc::internal {
namespace {

re2::StringPiece ToRe2(std::string_view text) { return {text.data(), text.size()}; }

re2::RE2::Options Options() {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_never_capture(true);
  return options;
}

}  // namespace

Pattern::Pattern(std::string_view expression)
    : compiled_(std::make_unique<re2::RE2>(ToRe2(expression), Options())) {
  IPC_CHECK(compiled_->ok(), "a pattern that the generator let pass does not compile");
}

Pattern::~Pattern() = default;

bool Pattern::Matches(std::string_view text) const {
  return compiled_->Match(ToRe2(text), 0, text.size(), re2::RE2::ANCHOR_BOTH, nullptr, 0);
}

}  // namespace ipc::internal
