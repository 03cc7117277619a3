// `Send("channel", 1, "two", true)`: a list of things that a Value is made from, as Args.
#pragma once

#include <type_traits>
#include <utility>

#include "runtime/value/args.h"

namespace ipc {

template <typename... Values>
Args MakeArgs(Values&&... values) {
  constexpr bool kAreValues = (std::is_constructible_v<Value, Values> && ...);
  static_assert(kAreValues,
                "an argument is something that an ipc::Value is made from: a struct of an .ipc "
                "file becomes one by ipc::ToJsonValue(), and ipc::CallOptions go to InvokeArgs() "
                "or SendSyncArgs()");
  Array array;
  if constexpr (kAreValues) {
    array.reserve(sizeof...(values));
    (array.emplace_back(std::forward<Values>(values)), ...);
  }
  return Args(std::move(array));
}

}  // namespace ipc
