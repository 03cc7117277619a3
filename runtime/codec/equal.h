// == of generated structs that cannot have it defaulted, because they contain themselves in a way
// that compilers do not see through. Needs the type's table: for generated .cc files.
#pragma once

#include "runtime/codec/tables.h"

namespace ipc {

// Whether all fields are equal.
template <typename T>
bool EqualFields(const T& a, const T& b) {
  return ApplyRows(
      [&](const auto&... field) {
        bool equal = true;
        // No fold expression: clang takes no more than 256 terms in one.
        [[maybe_unused]] const bool each[] = {
            equal, (equal = equal && a.*field.member == b.*field.member)...};
        return equal;
      },
      FieldsOf<T>::kFields);
}

}  // namespace ipc
