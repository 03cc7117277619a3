// The process, or the thread, that a renderer runs in, from its launch to its end.
//
// A process that main launched (LaunchedRenderer), a thread of main (InprocRenderer), or, in tests,
// a renderer that is stepped (testing/stepped_process.h). One that came in through the front door
// has no host: its connection is all there is.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "runtime/process/accept.h"
#include "runtime/process/child_process.h"

namespace ipc {

class RendererHost {
 public:
  // What its owner hears, on main's sequence, from the loop, each at most once and nothing after
  // the RendererHost is destroyed. Both may destroy it.
  struct Upcalls {
    // It has said hello, or why it never will.
    absl::AnyInvocable<void(absl::StatusOr<Arrival>)> on_arrival;
    absl::AnyInvocable<void(const ExitInfo&)> on_exit;
  };

  // Ends it: a process within about a second; a thread is joined, however long its body takes.
  virtual ~RendererHost() = default;

  virtual int32_t pid() const = 0;
  // Ends it without asking; on_exit follows.
  virtual void Kill() = 0;
};

// What a renderer in this very process arrives as: there was nobody to say hello to.
Arrival ArrivalWithoutHello(const Admission& admission, std::string role,
                            std::unique_ptr<Pipe> pipe);

// How a renderer is started, the first time and after a reload.
// Errors: what could not be started, and why; no upcall follows then.
using LaunchPlan =
    std::function<absl::StatusOr<std::unique_ptr<RendererHost>>(RendererHost::Upcalls)>;

}  // namespace ipc
