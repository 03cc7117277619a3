// What an event loop looks at by itself, because no descriptor becomes ready when it changes:
// memory that another process writes.
//
// While the loop is awake it calls Poll(), turn by turn. Before it blocks it has every poller fall
// asleep and then asks once more for work: from then on what comes must make a descriptor ready
// that the loop watches.
//
// Ownership   The loop borrows it, from EventLoop::AddPoller() to RemovePoller().
// Threads     The loop's.
#pragma once

namespace ipc {

// Where the one runs whom we wait for.
enum class PeerPlace {
  kQuiet,            // nothing is expected of it
  kOnThisProcessor,  // it runs when we do not
  kElsewhere,
};

class Poller {
 public:
  // Does a bounded piece of what there is to do, if anything. It may remove any poller, also
  // itself.
  virtual void Poll() = 0;

  // Whether Poll() would do something: cheap, for it is asked all the time while the loop waits.
  virtual bool HasWork() = 0;

  virtual void FallAsleep() = 0;
  virtual void WakeUp() = 0;

  virtual PeerPlace peer_place() const = 0;

 protected:
  ~Poller() = default;
};

}  // namespace ipc
