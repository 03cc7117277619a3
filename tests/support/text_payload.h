// A payload of text that nobody has checked.
#pragma once

#include <algorithm>
#include <string>
#include <utility>

#include "runtime/wire/payload.h"

namespace ipc {

class TextPayload final : public PayloadWriter {
 public:
  explicit TextPayload(std::string text, PayloadKind kind = PayloadKind::kJson)
      : text_(std::move(text)), kind_(kind) {}

  PayloadKind kind() const override { return kind_; }
  size_t size() const override { return text_.size(); }
  void WriteTo(absl::Span<uint8_t> room) const override {
    std::copy(text_.begin(), text_.end(), room.begin());
  }

 private:
  const std::string text_;
  const PayloadKind kind_;
};

}  // namespace ipc
