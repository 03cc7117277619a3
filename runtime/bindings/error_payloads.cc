#include "runtime/bindings/error_payloads.h"

#include <optional>
#include <utility>

#include "absl/strings/cord.h"
#include "runtime/base/status_cause.h"
#include "runtime/base/strings.h"
#include "runtime/bindings/errors.h"
#include "runtime/core/status_text.h"
#include "runtime/value/json_reader.h"
#include "runtime/value/json_writer.h"

namespace ipc {
namespace {

constexpr absl::string_view kName = "ipc/error-name";
constexpr absl::string_view kCode = "ipc/error-code";
constexpr std::string_view kUsualName = "Error";

constexpr size_t kMaxMessageBytes = 16 << 10;
constexpr size_t kMaxNameBytes = 128;
constexpr size_t kMaxCodeBytes = 4 << 10;

Object ToObject(const absl::Status& error, int depth) {
  Object object;
  if (std::string name = ErrorName(error); name != kUsualName) object.Append("name", name);
  if (Value code = ErrorCode(error); !code.is_null()) object.Append("code", std::move(code));
  std::optional<absl::Status> cause = depth < kMaxCauses ? CauseOf(error) : std::nullopt;
  if (cause) {
    Object members = ToObject(*cause, depth + 1);
    members.Append("message", ToStatusText(ToStd(cause->message()), kMaxMessageBytes));
    object.Append("cause", std::move(members));
  }
  return object;
}

void AddPayloads(absl::Status& error, const Value& details, int depth) {
  if (details["name"].is_string()) SetErrorName(error, details["name"].string());
  SetErrorCode(error, details["code"]);
  const Value& cause = details["cause"];
  if (!cause.is_object() || depth == kMaxCauses) return;
  absl::Status inner = absl::UnknownError(
      ToAbsl(std::string_view(ToStatusText(cause["message"].string(), kMaxMessageBytes))));
  AddPayloads(inner, cause, depth + 1);
  SetCause(error, inner);
}

}  // namespace

std::string ErrorName(const absl::Status& error) {
  absl::optional<absl::Cord> name = error.GetPayload(kName);
  return name ? std::string(*name) : std::string(kUsualName);
}

void SetErrorName(absl::Status& error, std::string_view name) {
  if (name == kUsualName) return;
  error.SetPayload(kName, absl::Cord(ToStatusText(name, kMaxNameBytes)));
}

Value ErrorCode(const absl::Status& error) {
  absl::optional<absl::Cord> json = error.GetPayload(kCode);
  if (!json) return Value();
  absl::StatusOr<Value> code = ReadJson(std::string(*json));
  return code.ok() ? *std::move(code) : Value();
}

void SetErrorCode(absl::Status& error, const Value& code) {
  if (code.is_null()) return;
  std::string json = ToJson(code);
  if (json.size() <= kMaxCodeBytes) error.SetPayload(kCode, absl::Cord(std::move(json)));
}

Object ErrorToObject(const absl::Status& error) {
  Object object = ToObject(error, 0);
  if (std::optional<Value> data = ErrorData(error)) object.Append("data", *std::move(data));
  return object;
}

void AddErrorPayloads(absl::Status& error, const Value& details) {
  AddPayloads(error, details, 0);
  if (const Value* data = details.object().Find("data")) SetErrorData(error, *data);
}

}  // namespace ipc
