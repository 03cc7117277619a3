// Messages out of JSON, and JSON out of messages: how the experiment says what is sent, and sees
// what has come. Parameters, answers, and results, whose JSON is an object of `ok` or `err` here.
//
// Threads     All functions are pure: any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "runtime/async/result.h"
#include "runtime/bindings/errors.h"
#include "runtime/codec/define.h"
#include "runtime/codec/entry.h"
#include "runtime/value/args.h"
#include "runtime/value/json_writer.h"
#include "runtime/value/value.h"

namespace mutation {

inline std::string Refusal(const absl::Status& status) {
  return "!" + std::string(status.message());
}

template <typename T>
struct Form {
  static absl::StatusOr<T> Make(const ipc::Value& json) {
    return ipc::FromJsonValue<T>(json, "it");
  }
  static std::string Show(const T& value) { return ipc::ToJson(ipc::ToJsonValue(value)); }
};

template <>
struct Form<ipc::Args> {
  static absl::StatusOr<ipc::Args> Make(const ipc::Value& json) { return ipc::Args(json.array()); }
  static std::string Show(const ipc::Args& args) { return ipc::ToJson(ipc::Value(args.values())); }
};

template <typename T, typename E>
struct Form<ipc::Result<T, E>> {
  using Result = ipc::Result<T, E>;
  static absl::StatusOr<Result> Make(const ipc::Value& json) {
    if (const ipc::Value* ok = json.object().Find("ok")) {
      absl::StatusOr<T> value = Form<T>::Make(*ok);
      if (!value.ok()) return value.status();
      return Result::Ok(*std::move(value));
    }
    absl::StatusOr<E> error = Form<E>::Make(*json.object().Find("err"));
    if (!error.ok()) return error.status();
    return Result::Error(*std::move(error));
  }
  static std::string Show(const Result& result) {
    return result.ok() ? "{\"ok\":" + Form<T>::Show(result.value()) + "}"
                       : "{\"err\":" + Form<E>::Show(result.error()) + "}";
  }
};

template <typename T>
std::string ShowOutcome(const absl::StatusOr<T>& outcome) {
  return outcome.ok() ? Form<T>::Show(*outcome) : Refusal(outcome.status());
}
inline std::string ShowOutcome(const absl::Status& outcome) {
  return outcome.ok() ? "null" : Refusal(outcome);
}

template <typename T>
absl::StatusOr<T> FromBytes(const std::string& bytes) {
  return ipc::Decode<T>(
      absl::MakeConstSpan(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()));
}

template <typename Params>
ipc::Args ArgsOf(const Params& params) {
  if constexpr (std::is_same_v<Params, ipc::Args>) {
    return params;
  } else {
    return ipc::ParamsToArgs(params);
  }
}

// What a program reads that has the sender's own version.
template <typename Params>
absl::StatusOr<Params> OwnReading(const Params& params, bool is_json) {
  if constexpr (std::is_same_v<Params, ipc::Args>) {
    return params;
  } else {
    return is_json ? ipc::ArgsToParams<Params>(ipc::ParamsToArgs(params))
                   : FromBytes<Params>(ipc::Encode(params));
  }
}

// The answer to an untyped call, as a caller with the schema of `Response` understands it.
template <typename Response>
std::string ShowJsonAnswer(const absl::StatusOr<ipc::Value>& answer) {
  if constexpr (std::is_void_v<Response>) {
    return ShowOutcome(answer.status());
  } else {
    if (answer.ok()) return ShowOutcome(ipc::ValueToResponse<Response>(*answer));
    const std::optional<ipc::Value> data = ipc::ErrorData(answer.status());
    if constexpr (requires(const Response& one) { one.error(); }) {
      if (data) return ShowOutcome(ipc::ValueToError<Response>(*data));
    }
    return Refusal(answer.status());
  }
}

template <typename Response>
std::string OwnAnswer(const Response& response, bool is_json) {
  if (!is_json) return ShowOutcome(FromBytes<Response>(ipc::Encode(response)));
  if constexpr (requires { response.error(); }) {
    if (!response.ok()) {
      return ShowOutcome(ipc::ValueToError<Response>(ipc::ErrorToValue(response)));
    }
  }
  return ShowOutcome(ipc::ValueToResponse<Response>(ipc::ResponseToValue(response)));
}

}  // namespace mutation
