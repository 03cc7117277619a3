// `Send("channel", 1, "two", true)`: a list of things that a Value is made from, as Args.
#pragma once

#include <utility>

#include "runtime/value/args.h"

namespace ipc {

template <typename... Values>
Args MakeArgs(Values&&... values) {
  Array array;
  array.reserve(sizeof...(values));
  (array.emplace_back(std::forward<Values>(values)), ...);
  return Args(std::move(array));
}

}  // namespace ipc
