#include "runtime/bindings/errors.h"

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"
#include "runtime/value/json_reader.h"
#include "runtime/value/json_writer.h"

namespace ipc {
namespace {

constexpr absl::string_view kDataUrl = "ipc/error-data";
constexpr absl::string_view kNeverSent = "reply was never sent";

absl::Status WithMessage(const absl::Status& status, absl::string_view message) {
  absl::Status changed(status.code(), message);
  status.ForEachPayload([&changed](absl::string_view url, const absl::Cord& payload) {
    changed.SetPayload(url, payload);
  });
  return changed;
}

}  // namespace

absl::Status ToDetail(const absl::Status& error) {
  if (absl::IsAborted(error) && error.message() == kNeverSent) return error;
  return WithMessage(error, absl::StrCat("Error: ", error.message()));
}

absl::Status ThrownDetail(std::string_view what) {
  return absl::UnknownError(absl::StrCat("Error: ", ToAbsl(what)));
}

absl::Status NoHandlerDetail(std::string_view channel) {
  return absl::UnimplementedError(
      absl::StrCat("Error: No handler registered for '", ToAbsl(channel), "'"));
}

absl::Status InvokeError(std::string_view channel, const absl::Status& detail) {
  return WithMessage(detail, absl::StrCat("Error invoking remote method '", ToAbsl(channel),
                                          "': ", detail.message()));
}

Value ErrorData(const absl::Status& error) {
  absl::optional<absl::Cord> json = error.GetPayload(kDataUrl);
  if (!json) return Value();
  absl::StatusOr<Value> data = ReadJson(ToStd(std::string(*json)));
  return data.ok() ? *std::move(data) : Value();
}

void SetErrorData(absl::Status& error, const Value& data) {
  error.SetPayload(kDataUrl, absl::Cord(ToJson(data)));
}

}  // namespace ipc
