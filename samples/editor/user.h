// Somebody who uses the editor: a list of steps, one after the other.
//
// Ownership   The creator owns it; the window outlives it.
// Threads     The loop's sequence.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "runtime/async/promise.h"
#include "samples/editor/editor_window.h"

namespace editor {

class User {
 public:
  // `give_up` is called when a step has failed.
  User(EditorWindow& window, std::function<void()> give_up);

  void TakeNextStep();

 private:
  struct Step {
    std::string what;
    std::function<ipc::Promise<void>()> take;
  };

  static std::vector<Step> Plan(EditorWindow& window);
  void OnDone(const absl::Status& done);

  const std::vector<Step> plan_;
  const std::function<void()> give_up_;
  size_t next_ = 0;
};

}  // namespace editor
