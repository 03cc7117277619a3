// The checks that bounds.h has words for. Each answers whether a value holds it, and fails the
// reader if not.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "runtime/codec/decode_context.h"
#include "runtime/codec/internal/map_key.h"
#include "runtime/codec/internal/pattern.h"
#include "runtime/codec/tables.h"
#include "runtime/value/value.h"

namespace ipc::internal {

bool FailBound(std::string_view expected, const std::string& bound, const std::string& got,
               DecodeContext& in);
// "longer than 120 bytes": `unit` is said in the plural.
bool FailLength(std::string_view what, size_t bound, std::string_view unit, DecodeContext& in);
bool FailPattern(std::string_view pattern, DecodeContext& in);

// Of the JSON text that stands for an any.
size_t TextSize(const Value& value);
inline size_t TextSize(const std::string& value) { return value.size(); }

// All digits of a number, and no more.
template <typename T>
std::string Shown(T value) {
  char digits[32];
  return std::string(digits, std::to_chars(std::begin(digits), std::end(digits), value).ptr);
}

template <typename T>
struct AtLeastCheck {
  T bound;

  template <typename V>
  bool operator()(V value, DecodeContext& in) const {
    return Holds(value) || FailBound("at least", Shown(bound), Shown(value), in);
  }

 private:
  template <typename V>
  bool Holds(V value) const {
    if constexpr (std::integral<V>) {
      return std::cmp_greater_equal(value, bound);
    } else {
      return value >= bound;
    }
  }
};

template <typename T>
struct AtMostCheck {
  T bound;

  template <typename V>
  bool operator()(V value, DecodeContext& in) const {
    return Holds(value) || FailBound("at most", Shown(bound), Shown(value), in);
  }

 private:
  template <typename V>
  bool Holds(V value) const {
    if constexpr (std::integral<V>) {
      return std::cmp_less_equal(value, bound);
    } else {
      return value <= bound;
    }
  }
};

struct MinBytesCheck {
  size_t bound;

  bool operator()(const auto& text, DecodeContext& in) const {
    return TextSize(text) >= bound || FailLength("shorter than ", bound, "bytes", in);
  }
};

struct MaxBytesCheck {
  size_t bound;

  bool operator()(const auto& text, DecodeContext& in) const {
    return TextSize(text) <= bound || FailLength("longer than ", bound, "bytes", in);
  }
};

// A string literal as a template argument.
template <size_t kSize>
struct PatternText {
  constexpr PatternText(const char (&text)[kSize]) {  // NOLINT: said as a literal
    std::copy(text, text + kSize, bytes);
  }
  constexpr std::string_view view() const { return {bytes, kSize - 1}; }

  char bytes[kSize];
};

template <PatternText kText>
struct MatchesCheck {
  bool operator()(const std::string& text, DecodeContext& in) const {
    // Compiled on first use and kept to the end, when other threads may still be reading.
    static const Pattern& pattern = *new Pattern(kText.view());
    return pattern.Matches(text) || FailPattern(kText.view(), in);
  }
};

template <typename Container>
inline constexpr std::string_view kUnit = "elements";
template <>
inline constexpr std::string_view kUnit<std::vector<uint8_t>> = "bytes";
template <typename K, typename V, typename Order>
inline constexpr std::string_view kUnit<std::map<K, V, Order>> = "entries";

struct MinCountCheck {
  size_t bound;

  template <typename Container>
  bool operator()(const Container& container, DecodeContext& in) const {
    return container.size() >= bound || FailLength("fewer than ", bound, kUnit<Container>, in);
  }
};

struct MaxCountCheck {
  size_t bound;

  template <typename Container>
  bool operator()(const Container& container, DecodeContext& in) const {
    return container.size() <= bound || FailLength("more than ", bound, kUnit<Container>, in);
  }
};

template <typename Checks, typename V>
bool HoldAll(const Checks& checks, const V& value, DecodeContext& in) {
  return std::apply([&](const auto&... check) { return (check(value, in) && ...); }, checks);
}
template <typename Checks, typename V>
bool HoldAll(const Checks& checks, const std::optional<V>& value, DecodeContext& in) {
  return !value || HoldAll(checks, *value, in);
}

template <typename... Checks>
struct EachCheck {
  std::tuple<Checks...> checks;

  template <typename List>
  bool operator()(const List& list, DecodeContext& in) const {
    for (size_t i = 0; i < list.size(); ++i) {
      if (HoldAll(checks, list[i], in)) continue;
      in.InElement(i);
      return false;
    }
    return true;
  }
};

// A key may be the very text that is too long: its place says where it is.
template <typename... Checks>
struct KeysCheck {
  std::tuple<Checks...> checks;

  template <typename Map>
  bool operator()(const Map& map, DecodeContext& in) const {
    size_t index = 0;
    for (const auto& [key, value] : map) {
      if (!HoldAll(checks, key, in)) {
        in.InField("key");
        in.InElement(index);
        return false;
      }
      ++index;
    }
    return true;
  }
};

template <typename... Checks>
struct ValuesCheck {
  std::tuple<Checks...> checks;

  template <typename Map>
  bool operator()(const Map& map, DecodeContext& in) const {
    for (const auto& [key, value] : map) {
      if (HoldAll(checks, value, in)) continue;
      in.InKey(KeyInPath(key));
      return false;
    }
    return true;
  }
};

// ---- Rows, and how they are found.

template <size_t kIndexInTable, typename... Checks>
struct FieldBounds {
  static constexpr size_t kIndex = kIndexInTable;

  std::tuple<Checks...> checks;
};

template <typename Table>
concept HasBounds = requires { Table::kBounds; };

inline constexpr size_t kNoRow = static_cast<size_t>(-1);

template <typename... Bounds>
constexpr auto IndicesOf(const Rows<Bounds...>&) {
  return std::array<size_t, sizeof...(Bounds)>{Bounds::kIndex...};
}

// Where the I-th field has its row, or kNoRow.
template <typename Table, size_t I>
constexpr size_t BoundsRowOf() {
  constexpr auto kIndices = IndicesOf(Table::kBounds);
  for (size_t row = 0; row < kIndices.size(); ++row) {
    if (kIndices[row] == I) return row;
  }
  return kNoRow;
}

// Whether the I-th field of a table holds what its row demands, if it has one.
template <typename Table, size_t I, typename V>
IPC_ALWAYS_INLINE bool CheckBounds(const V& value, DecodeContext& in) {
  if constexpr (HasBounds<Table>) {
    constexpr size_t kRow = BoundsRowOf<Table, I>();
    if constexpr (kRow != kNoRow) {
      return HoldAll(RowOf<kRow>(Table::kBounds).checks, value, in);
    }
  }
  return true;
}

}  // namespace ipc::internal
