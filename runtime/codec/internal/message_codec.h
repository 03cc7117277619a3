// What messages are in JSON: parameters are an array in the order of declaration, a response is
// one value. Needs the type's table.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "runtime/async/result.h"
#include "runtime/base/strings.h"
#include "runtime/codec/entry.h"
#include "runtime/codec/internal/struct_codec.h"
#include "runtime/codec/tables.h"
#include "runtime/value/args.h"
#include "runtime/value/value.h"

namespace ipc {

namespace internal {

// How many arguments a channel takes; `any...` takes any number.
struct ArgCount {
  size_t min = 0;
  size_t max = 0;
  bool has_rest = false;

  bool Check(size_t count, ValueReader& in) const;
};

}  // namespace internal

template <typename Params>
struct ArgsCodec {
  static Args ToArgs(const Params& params) {
    Array args;
    args.reserve(kCount);
    [&]<size_t... I>(std::index_sequence<I...>) { (Append<I>(params, args), ...); }(kAll);
    return Args(std::move(args));
  }

  static absl::StatusOr<Params> FromArgs(const Args& args) {
    absl::StatusOr<Params> params(absl::in_place);
    ValueReader in;
    const bool ok =
        kArgCount.Check(args.size(), in) && [&]<size_t... I>(std::index_sequence<I...>) {
          return (Take<I>(args, *params, in) && ...);
        }(kAll);
    if (!ok) return in.TakeProblem().ToStatus();
    return params;
  }

 private:
  static constexpr size_t kCount = internal::kFieldCount<Params>;
  static constexpr std::make_index_sequence<kCount> kAll{};

  template <size_t I>
  using At = internal::FieldAt<Params, I>;

  template <size_t I>
  static constexpr bool kIsRest = At<I>::kPresence == Presence::kRest;

  template <size_t I>
  static constexpr void CountOne(internal::ArgCount& count) {
    if constexpr (kIsRest<I>) {
      count.has_rest = true;
    } else {
      count.max = I + 1;
      if (!At<I>::Lay::kMayBeAbsent) count.min = I + 1;
    }
  }
  static constexpr internal::ArgCount CountArgs() {
    internal::ArgCount count;
    [&]<size_t... I>(std::index_sequence<I...>) { (CountOne<I>(count), ...); }(kAll);
    return count;
  }
  static constexpr internal::ArgCount kArgCount = CountArgs();

  template <size_t I>
  static void Append(const Params& params, Array& args) {
    if constexpr (kIsRest<I>) {
      const auto& rest = At<I>::In(params);
      args.insert(args.end(), rest.begin(), rest.end());
    } else {
      args.push_back(internal::FieldToValue<Params, I>(params));
    }
  }

  template <size_t I>
  static bool Take(const Args& args, Params& params, ValueReader& in) {
    if (I >= args.size()) return true;
    if constexpr (kIsRest<I>) {
      At<I>::In(params).assign(args.begin() + I, args.end());
    } else if (!internal::FieldFromValue<Params, I>(args[I], params, in)) {
      in.InElement(I);
      in.InField("args");
      return false;
    }
    return true;
  }
};

template <typename Response>
struct ResponseCodec {
  static Value ToValue(const Response& response) {
    if constexpr (kCount == 0) {
      return Value();
    } else if constexpr (kCount == 1) {
      return internal::FieldToValue<Response, 0>(response);
    } else {
      return Codec<Response>::ToValue(response);
    }
  }

  static absl::StatusOr<Response> FromValue(const Value& json) {
    absl::StatusOr<Response> response(absl::in_place);
    ValueReader in;
    if (Read(json, *response, in)) return response;
    in.InField("answer");
    return in.TakeProblem().ToStatus();
  }

 private:
  static constexpr size_t kCount = internal::kFieldCount<Response>;

  static bool Read(const Value& json, Response& response, ValueReader& in) {
    if constexpr (kCount == 0) {
      return json.is_null() || in.FailType("null", json);
    } else if constexpr (kCount == 1) {
      return internal::FieldFromValue<Response, 0>(json, response, in);
    } else {
      return Codec<Response>::FromValue(json, response, in);
    }
  }
};

template <typename T, typename E>
struct ResponseCodec<Result<T, E>> {
  static Value ToValue(const Result<T, E>& result) { return Codec<T>::ToValue(result.value()); }
  static Value ErrorToValue(const Result<T, E>& result) {
    return Codec<E>::ToValue(result.error());
  }

  static absl::StatusOr<Result<T, E>> FromValue(const Value& json) {
    absl::StatusOr<T> value = FromJsonValue<T>(json, "answer");
    if (!value.ok()) return value.status();
    return Result<T, E>::Ok(*std::move(value));
  }
  static absl::StatusOr<Result<T, E>> ErrorFromValue(const Value& json) {
    absl::StatusOr<E> error = FromJsonValue<E>(json, "error");
    if (!error.ok()) return error.status();
    return Result<T, E>::Error(*std::move(error));
  }
};

}  // namespace ipc
