// Undoes one registration when destroyed: a listener, a handler, an observer.
//
// Ownership   Movable. It may outlive what it was made by; it then does nothing.
// Threads     The sequence of what it was made by.
#pragma once

#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"

namespace ipc {

class [[nodiscard]] Subscription {
 public:
  Subscription() = default;
  explicit Subscription(absl::AnyInvocable<void()> undo) : undo_(std::move(undo)) {}
  Subscription(Subscription&& other) noexcept : undo_(std::exchange(other.undo_, nullptr)) {}
  Subscription& operator=(Subscription&& other) noexcept {
    std::swap(undo_, other.undo_);
    return *this;
  }
  ~Subscription() {
    if (undo_) undo_();
  }

 private:
  absl::AnyInvocable<void()> undo_;
};

// Everything that one BindX() registered.
class [[nodiscard]] Registration {
 public:
  Registration() = default;
  Registration(Registration&&) noexcept = default;
  Registration& operator=(Registration&&) noexcept = default;
  ~Registration() = default;

  void Add(Subscription part) { parts_.push_back(std::move(part)); }

 private:
  std::vector<Subscription> parts_;
};

}  // namespace ipc
