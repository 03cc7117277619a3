#include "runtime/bindings/errors.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/core/endings.h"
#include "runtime/value/json_reader.h"
#include "runtime/value/json_writer.h"

namespace ipc {
namespace {

constexpr absl::string_view kDataUrl = "ipc/error-data";
}  // namespace

absl::Status NoHandlerDetail(std::string_view channel) {
  return absl::UnimplementedError(
      absl::StrCat("Error: No handler registered for '", ToAbsl(channel), "'"));
}

absl::Status NotAllowedDetail(std::string_view channel) {
  return absl::PermissionDeniedError(
      absl::StrCat("Error: '", ToAbsl(channel), "' is not allowed for this renderer"));
}

absl::Status InvokeError(std::string_view channel, const absl::Status& detail) {
  return Prefixed(absl::StrCat("Error invoking remote method '", ToAbsl(channel), "': "), detail);
}

std::optional<Value> ErrorData(const absl::Status& error) {
  absl::optional<absl::Cord> json = error.GetPayload(kDataUrl);
  if (!json) return std::nullopt;
  absl::StatusOr<Value> data = ReadJson(ToStd(std::string(*json)));
  if (!data.ok()) return std::nullopt;
  return *std::move(data);
}

void SetErrorData(absl::Status& error, const Value& data) {
  error.SetPayload(kDataUrl, absl::Cord(ToJson(data)));
}

}  // namespace ipc
