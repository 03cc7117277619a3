#include "tests/simulation/sequence.h"

#include <utility>

namespace ipc::simulation {

bool Sequence::Post(Task task) {
  if (is_closed_) return false;
  tasks_.push_back(std::move(task));
  ++posted_;
  return true;
}

void Sequence::RunTask() {
  Task task = std::move(tasks_.front());
  tasks_.pop_front();
  CurrentTaskRunner turn(shared_from_this());
  task();
  ++ran_;
}

void Sequence::Close() {
  is_closed_ = true;
  CurrentTaskRunner turn(shared_from_this());
  tasks_.clear();
  ran_ = posted_;
}

}  // namespace ipc::simulation
