#include "runtime/core/incoming_call.h"

#include <memory>

namespace ipc {

IncomingCall::~IncomingCall() { delete stop_source_.load(); }

std::stop_token IncomingCall::stop_token() const {
  std::stop_source* source = stop_source_.load();
  if (source == nullptr) {
    auto made = std::make_unique<std::stop_source>();
    // Another thread may ask at the same time: then its source is in `source`.
    if (stop_source_.compare_exchange_strong(source, made.get())) source = made.release();
  }
  // Stop() has either seen the source, or is seen here.
  if (is_stopped()) source->request_stop();
  return source->get_token();
}

void IncomingCall::Stop() {
  when_stopped_.Tell();
  if (std::stop_source* source = stop_source_.load()) source->request_stop();
}

}  // namespace ipc
