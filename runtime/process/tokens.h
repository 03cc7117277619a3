// Tokens that main gives out, each good for one renderer of one role, once and for a while.
//
// A token is spent by the first hello that shows it, whatever becomes of that hello: one that was
// overheard cannot be tried twice. How long a comparison takes tells nothing about the tokens.
//
// Threads     One sequence.
// Limits      256 random bits, as 64 hexadecimal digits. Those whose time is over
//             are forgotten when the next one is given out or shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "runtime/base/monotonic_time.h"

namespace ipc {

class Tokens {
 public:
  std::string Issue(std::string role, MonotonicTime now, milliseconds good_for);

  // Errors: PERMISSION_DENIED, with one text for every reason.
  absl::Status Spend(std::string_view role, std::string_view token, MonotonicTime now);

  size_t size() const { return issued_.size(); }

 private:
  struct Issued {
    std::string token;
    std::string role;
    MonotonicTime expires;
  };

  void ForgetExpired(MonotonicTime now);

  std::vector<Issued> issued_;
};

}  // namespace ipc
