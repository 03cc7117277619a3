// A main process whose loop the caller drives, with renderers of renderer_roles.h.
//
// Waiting gives up after ten seconds, by an exception that says for what.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "runtime/api/main_process.h"

namespace ipc::testing {

class Stage {
 public:
  explicit Stage(MainProcessOptions options = {});

  MainProcess& main() { return *main_; }

  // A renderer that has said that it is ready.
  WebContents& StartRenderer(std::string_view role);
  // Closes it, and waits until it is destroyed.
  void Close(WebContents& contents);
  // Has a renderer that serves leave a child that holds its socket; its pid.
  int32_t LeaveGrandchild(WebContents& contents);

  void RunUntil(std::string_view what, const std::function<bool()>& is_done);
  // The same for what no event of the loop announces.
  void PollUntil(std::string_view what, const std::function<bool()>& is_done);

 private:
  std::unique_ptr<MainProcess> main_;
};

}  // namespace ipc::testing
