// The arguments of one message on an untyped channel: `...args`.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <utility>

#include "runtime/value/value.h"

namespace ipc {

// Reading past the end is safe: a null Value, where JavaScript has undefined. A renderer decides
// how many arguments it sends; main must not fall over it.
class Args {
 public:
  Args() = default;
  Args(std::initializer_list<Value> values) : values_(values) {}
  explicit Args(Array values) : values_(std::move(values)) {}

  const Value& operator[](size_t index) const;
  size_t size() const { return values_.size(); }
  bool empty() const { return values_.empty(); }
  Array::const_iterator begin() const { return values_.begin(); }
  Array::const_iterator end() const { return values_.end(); }
  const Array& values() const& { return values_; }
  Array values() && { return std::move(values_); }

  friend bool operator==(const Args&, const Args&) = default;

 private:
  Array values_;
};

}  // namespace ipc
