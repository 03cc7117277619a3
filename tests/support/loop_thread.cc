#include "tests/support/loop_thread.h"

#include <future>

namespace ipc {

LoopThread::LoopThread() {
  std::promise<void> ready;
  thread_ = std::thread([this, &ready] {
    loop_ = *EventLoop::Create();
    runner_ = loop_->task_runner();
    ready.set_value();
    loop_->Run();
    loop_.reset();
  });
  ready.get_future().wait();
}

LoopThread::~LoopThread() {
  loop_->Quit();
  thread_.join();
}

void LoopThread::Run(const std::function<void()>& action) {
  std::promise<void> done;
  runner_->Post([&] {
    action();
    done.set_value();
  });
  done.get_future().wait();
}

}  // namespace ipc
