// A renderer in a process that main launched.
#pragma once

#include <memory>
#include <utility>

#include "runtime/api/renderer_host.h"
#include "runtime/process/child_process.h"

namespace ipc {

class LaunchedRenderer final : public RendererHost {
 public:
  explicit LaunchedRenderer(std::unique_ptr<ChildProcess> child) : child_(std::move(child)) {}

  int32_t pid() const override { return child_->pid(); }
  void Kill() override { child_->Kill(); }

 private:
  std::unique_ptr<ChildProcess> child_;
};

}  // namespace ipc
