// Tells whoever cares, once, that nobody waits any more for what it is doing.
//
//   the one who does it                 the one who waited for it
//   Set(f) .............................  Tell(): f runs, here
//   Close(): done, f is not needed .....  Tell(): nothing
//   Set(f): f runs, here ...............  Tell() came first
//
// Ownership   Owns the callable; destroying the slot destroys it untold.
// Threads     Any; without a lock. Each callable is run at most once, or destroyed unrun, and
//             that by the thread that has just taken it out.
// Errors      A callable that throws is reported on stderr.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

#include "runtime/base/exception.h"
#include "runtime/base/recycler.h"

namespace ipc {

class CancelSlot {
  struct Callable : Recycled {
    virtual ~Callable() = default;
    virtual void Run() = 0;
  };
  template <typename F>
  struct CallableOf final : Callable {
    explicit CallableOf(F f) : function(std::move(f)) {}
    void Run() override { function(); }
    F function;
  };

 public:
  // What Close() took out, for the caller to destroy at a time of its choice.
  using Unused = std::unique_ptr<Callable>;

  CancelSlot() = default;
  CancelSlot(const CancelSlot&) = delete;
  CancelSlot& operator=(const CancelSlot&) = delete;
  ~CancelSlot() { Take(); }

  // `function` runs when Tell() comes, or at once when it has come. The last one set counts.
  template <typename F>
  void Set(F function) {
    if ((flags_.load() & kClosed) != 0) return;
    Unused replaced(observer_.exchange(new CallableOf<F>(std::move(function))));
    // Who came meanwhile has either seen it, or is seen here.
    const uint8_t flags = flags_.load();
    if (flags == 0) return;
    Unused mine = Take();
    if (mine && (flags & kClosed) == 0) Run(*mine);
  }

  // The first time only, and not after Close().
  void Tell() {
    uint8_t flags = 0;
    if (!flags_.compare_exchange_strong(flags, kTold)) return;
    if (Unused told = Take()) Run(*told);
  }
  [[nodiscard]] Unused Close() {
    flags_.fetch_or(kClosed);
    return Take();
  }

  bool is_told() const { return (flags_.load() & kTold) != 0; }

 private:
  static constexpr uint8_t kTold = 1;
  static constexpr uint8_t kClosed = 2;

  Unused Take() {
    // Most slots are never set: a look is cheaper than an exchange.
    return Unused(observer_.load() == nullptr ? nullptr : observer_.exchange(nullptr));
  }
  static void Run(Callable& callable) {
    try {
      callable.Run();
    } catch (...) {
      ReportException("what was given to Resolver::OnCancel()");
    }
  }

  std::atomic<Callable*> observer_ = nullptr;
  std::atomic<uint8_t> flags_ = 0;
};

}  // namespace ipc
