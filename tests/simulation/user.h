// The application above one Connection: it does whatever the dice say, also from inside upcalls.
//
// Threads     One.
#pragma once

#include "runtime/base/ids.h"
#include "tests/simulation/scene.h"

namespace ipc::simulation {

class Actor;

class User {
 public:
  explicit User(Scene& scene) : scene_(scene) {}

  // Does something of its own accord.
  void Act(Actor& actor);
  // May do something, or nothing.
  void DuringUpcall(Actor& actor);
  // `call` has come: answers it, or keeps it for later, or for ever.
  void Handle(Actor& actor, CallId call);

 private:
  void SayFarewell(Actor& actor);

  Scene& scene_;
  int depth_ = 0;  // of upcalls in which it acts
};

}  // namespace ipc::simulation
