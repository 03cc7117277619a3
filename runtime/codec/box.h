// A T on the heap, or null: how a type that contains itself holds itself.
//
//   struct Node { std::string name; ipc::Box<Node> next; };
//
// Ownership   A value: copies are deep, and two are equal when what they hold is.
// Threads     As its T.
// Errors      Reading a null Box is a bug, as with a pointer. Where the .ipc file says that the
//             value must be there, a null one is written without content, and the peer refuses it.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

namespace ipc {

template <typename T>
class Box {
 public:
  Box() = default;
  Box(std::nullptr_t) {}                                             // NOLINT: as a pointer
  Box(const T& value) : value_(std::make_unique<T>(value)) {}        // NOLINT: as an optional
  Box(T&& value) : value_(std::make_unique<T>(std::move(value))) {}  // NOLINT: as an optional
  Box(const Box& other) : value_(other ? std::make_unique<T>(*other) : nullptr) {}
  Box(Box&& other) noexcept = default;
  Box& operator=(const Box& other) {
    if (this != &other) *this = Box(other);
    return *this;
  }
  Box& operator=(Box&& other) noexcept = default;
  ~Box() = default;

  explicit operator bool() const { return value_ != nullptr; }
  const T& operator*() const { return *value_; }
  T& operator*() { return *value_; }
  const T* operator->() const { return value_.get(); }
  T* operator->() { return value_.get(); }

  // Holds a T made of `args` from now on.
  template <typename... Args>
  T& emplace(Args&&... args) {
    value_ = std::make_unique<T>(std::forward<Args>(args)...);
    return *value_;
  }
  void reset() { value_.reset(); }

  friend bool operator==(const Box& a, const Box& b) { return a && b ? *a == *b : !a && !b; }

 private:
  std::unique_ptr<T> value_;
};

}  // namespace ipc
