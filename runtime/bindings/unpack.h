// From a function of parameters, as people write it, to one of a Params message, as it travels.
//
//   binder.On(kNotesTyping, ipc::Unpack(impl, &NotesIpcMain::Typing));   // (event&, note_id)
//
// What generated code binds: Unpack(f)(event, params) is f(event, std::move(params.*fields)...), in
// the order of declaration. An untyped channel's Args are one parameter.
//
// Ownership   Unpack(f) owns f. Unpack(object, method) refers to the object, which outlives it.
// Threads     As the function's.
// Build       Needs the FieldsOf of Params: for the .cc file that prints it.
#pragma once

#include <type_traits>
#include <utility>

#include "runtime/codec/tables.h"
#include "runtime/value/args.h"

namespace ipc {

template <typename F>
auto Unpack(F function) {
  return [function = std::move(function)]<typename Event, typename Params>(
             Event& event, Params params) mutable -> decltype(auto) {
    if constexpr (std::is_same_v<Params, Args>) {
      return function(event, std::move(params));
    } else {
      return ApplyRows(
          [&](const auto&... fields) -> decltype(auto) {
            return function(event, std::move(params.*fields.member)...);
          },
          FieldsOf<Params>::kFields);
    }
  };
}

template <typename Object, typename Method>
auto Unpack(Object& object, Method Object::*method) {
  return Unpack([&object, method](auto& event, auto&&... params) -> decltype(auto) {
    return (object.*method)(event, std::forward<decltype(params)>(params)...);
  });
}

}  // namespace ipc
