// Waits for a call by driving an application under test.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "runtime/async/outcome.h"
#include "runtime/async/promise.h"
#include "runtime/base/strings.h"

namespace ipc::testing {

// Runs `app`, an App or a ThreadedApp, until `call` has ended. `name` is the app's, for the error:
// DEADLINE_EXCEEDED when it has no more patience.
template <typename T, typename AnyApp>
Outcome<T> AwaitIn(AnyApp& app, std::string_view name, Promise<T> call) {
  auto outcome = std::make_shared<std::optional<Outcome<T>>>();
  std::move(call).Then([outcome](Outcome<T> settled) { outcome->emplace(std::move(settled)); });
  if (app.RunUntil([&] { return outcome->has_value(); })) return *std::move(*outcome);
  return absl::DeadlineExceededError(absl::StrCat(ToAbsl(name), "::Await() has no more patience"));
}

}  // namespace ipc::testing
