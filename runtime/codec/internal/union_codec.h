// Unions, walked by their table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/codec/declare.h"
#include "runtime/codec/internal/bound_checks.h"
#include "runtime/codec/internal/slot.h"
#include "runtime/codec/tables.h"
#include "runtime/value/value.h"

namespace ipc {

namespace internal {

// The alternatives of a std::variant as a protobuf message with one oneof. `Table` has their rows.
// Also the oneof of a Result, whose rows are not generated.
template <typename Table, typename Variant>
class OneOf {
 public:
  static size_t Size(const Variant& value) {
    size_t size = 0;
    ForSet(value,
           [&]<typename M>(const auto& member) { size = TagSize(M::kNumber) + SlotSize(member); });
    return size;
  }

  static WireWriter Write(const Variant& value, WireWriter out) {
    ForSet(value,
           [&]<typename M>(const auto& member) { out = WriteSlot<M::kNumber>(member, out); });
    return out;
  }

  // Of a member sent twice the last counts; two members are an error, though protobuf takes the
  // last one.
  static bool Read(WireReader& in, Variant& value) {
    uint32_t set = 0;
    const bool ok = ReadFields(in, [&](uint32_t number, WireType type, uint32_t tag) {
      if (set != 0 && number != set) {
        return in.Fail(DecodeError::kUnionSetTwice, "more than one member is set");
      }
      set = number;
      return ReadMember(in, number, type, tag, value);
    });
    if (ok && set == 0) return in.Fail(DecodeError::kUnionNotSet, "no member is set");
    return ok;
  }

  static Value ToValue(const Variant& value) {
    Object object;
    ForSet(value, [&]<typename M>(const auto& member) {
      object.Append(std::string(M::kName), ToJson(member));
    });
    return object;
  }

  static bool FromValue(const Value& json, Variant& value, ValueReader& in) {
    if (!json.is_object()) return in.FailType("object", json);
    if (json.object().size() != 1) {
      return in.Fail(
          json.object().empty() ? DecodeError::kUnionNotSet : DecodeError::kUnionSetTwice,
          absl::StrCat("expected one member, got ", json.object().size()));
    }
    const auto& [name, content] = *json.object().begin();
    return MemberFromValue(name, content, value, in);
  }

 private:
  template <size_t I>
  struct Row {
    static constexpr const auto& kRow = RowOf<I>(Table::kMembers);
    static constexpr size_t kRowIndex = I;
    static constexpr uint32_t kNumber = kRow.number;
    static constexpr std::string_view kName = kRow.name;
    static constexpr size_t kIndex = std::remove_cvref_t<decltype(kRow)>::kIndex;
  };

  // Calls `f.template operator()<Row>()` for each row until one call answers true.
  template <typename F>
  static bool AnyRow(F f) {
    return [&]<size_t... I>(std::index_sequence<I...>) {
      return (f.template operator()<Row<I>>() || ...);
    }(std::make_index_sequence<decltype(Table::kMembers)::kCount>());
  }

  template <typename F>
  static void ForSet(const Variant& value, F f) {
    AnyRow([&]<typename M>() {
      const auto* member = std::get_if<M::kIndex>(&value);
      if (member != nullptr) f.template operator()<M>(*member);
      return member != nullptr;
    });
  }

  template <typename T>
  static Value ToJson(const T& member) {
    return Codec<T>::ToValue(member);
  }

  static bool ReadMember(WireReader& in, uint32_t number, WireType type, uint32_t tag,
                         Variant& value) {
    bool ok = false;
    const bool known = AnyRow([&]<typename M>() {
      if (M::kNumber != number) return false;
      ok = ReadInto<M>(in, type, value.template emplace<M::kIndex>());
      return true;
    });
    if (known) return ok;
    return TakeDefault(absl::StrCat("number ", number), value, in) && in.Skip(tag);
  }
  template <typename M, typename T>
  static bool ReadInto(WireReader& in, WireType type, T& member) {
    constexpr WireType kType = Codec<T>::kWireType;
    const bool ok = type == kType ? ReadSlot(in, member) : in.FailWireType(kType, type);
    if (ok && CheckBounds<Table, M::kRowIndex>(member, in)) return true;
    in.InField(M::kName);
    return false;
  }

  static bool MemberFromValue(std::string_view name, const Value& content, Variant& value,
                              ValueReader& in) {
    bool ok = false;
    const bool known = AnyRow([&]<typename M>() {
      if (M::kName != name) return false;
      auto& member = value.template emplace<M::kIndex>();
      ok = SlotFromValue(content, member, in) && CheckBounds<Table, M::kRowIndex>(member, in);
      if (!ok) in.InField(M::kName);
      return true;
    });
    constexpr size_t kShown = 64;  // of a name that may be of any length
    return known ? ok : TakeDefault(std::string(name.substr(0, kShown)), value, in);
  }

  // For a member that is not in the table.
  static bool TakeDefault(const std::string& what, Variant& value, DecodeContext& in) {
    if constexpr (requires { Table::kDefault; }) {
      value.template emplace<Table::kDefault>();
      return true;
    } else {
      return in.Fail(DecodeError::kUnknownUnionMember,
                     absl::StrCat("unknown member of ", ToAbsl(Table::kName), ": ", what));
    }
  }
};

}  // namespace internal

template <typename T>
size_t UnionCodec<T>::Size(const T& value) {
  return internal::OneOf<UnionOf<T>, decltype(value.value_)>::Size(value.value_);
}

template <typename T>
WireWriter UnionCodec<T>::Write(const T& value, WireWriter out) {
  return internal::OneOf<UnionOf<T>, decltype(value.value_)>::Write(value.value_, out);
}

template <typename T>
bool UnionCodec<T>::Read(WireReader& in, T& value) {
  return internal::OneOf<UnionOf<T>, decltype(value.value_)>::Read(in, value.value_);
}

template <typename T>
Value UnionCodec<T>::ToValue(const T& value) {
  return internal::OneOf<UnionOf<T>, decltype(value.value_)>::ToValue(value.value_);
}

template <typename T>
bool UnionCodec<T>::FromValue(const Value& json, T& value, ValueReader& in) {
  return internal::OneOf<UnionOf<T>, decltype(value.value_)>::FromValue(json, value.value_, in);
}

}  // namespace ipc
