// result<T, E>: on the wire a message with oneof { ok = 1; err = 2 }; in JSON it is only ever a
// response, where the two stand in different places. See message_codec.h.
#pragma once

#include <string_view>
#include <utility>
#include <variant>

#include "runtime/async/result.h"
#include "runtime/codec/declare.h"
#include "runtime/codec/internal/union_codec.h"
#include "runtime/codec/tables.h"

namespace ipc {

namespace internal {

struct ResultTable {
  static constexpr std::string_view kName = "result";
  static constexpr auto kMembers = Rows{Member<0>(1, "ok"), Member<1>(2, "err")};
};

}  // namespace internal

template <typename T, typename E>
struct Codec<Result<T, E>> {
  static constexpr WireType kWireType = WireType::kLength;
  static constexpr bool kIsMessage = true;

  static size_t Size(const Result<T, E>& result) {
    return result.ok() ? SizeOf<1>(result.value()) : SizeOf<2>(result.error());
  }
  static WireWriter Write(const Result<T, E>& result, WireWriter out) {
    return result.ok() ? internal::WriteSlot<1>(result.value(), out)
                       : internal::WriteSlot<2>(result.error(), out);
  }
  static bool Read(WireReader& in, Result<T, E>& result) {
    std::variant<T, E> outcome;
    if (!internal::OneOf<internal::ResultTable, std::variant<T, E>>::Read(in, outcome)) {
      return false;
    }
    result = outcome.index() == 0 ? Result<T, E>::Ok(std::get<0>(std::move(outcome)))
                                  : Result<T, E>::Error(std::get<1>(std::move(outcome)));
    return true;
  }

 private:
  template <uint32_t kNumber, typename V>
  static size_t SizeOf(const V& value) {
    return TagSize(kNumber) + internal::SlotSize(value);
  }
};

}  // namespace ipc
