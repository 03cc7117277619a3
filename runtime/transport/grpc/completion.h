// What gRPC gives back when an operation is over: the tag that it was started with.
//
// Threads     The loop's.
#pragma once

namespace ipc::internal {

class Completion {
 public:
  // Calls nobody who may destroy a pipe: it may run inside a pipe's destructor.
  virtual void OnDone(bool ok) = 0;

 protected:
  ~Completion() = default;
};

}  // namespace ipc::internal
