// Events, and observers that throw or come and go while they are told.

#include "runtime/bindings/event.h"

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace ipc {
namespace {

using testing::ElementsAre;

class EventTest : public testing::Test {
 protected:
  std::vector<std::string> log_;
  std::vector<int> heard_;
  Event<int> event_{"it-happened",
                    [this](LogLevel, std::string_view line) { log_.emplace_back(line); }};
};

TEST_F(EventTest, AnObserverThatThrowsIsLoggedAndTheOthersAreTold) {
  event_.Add([](int) { throw std::runtime_error("some error"); });
  event_.Add([](int) { throw 42; });
  event_.Add([&](int value) { heard_.push_back(value); });

  event_.Emit(7);

  EXPECT_THAT(heard_, ElementsAre(7));
  EXPECT_THAT(log_, ElementsAre("Error occurred in observer of 'it-happened': Error: some error",
                                "Error occurred in observer of 'it-happened': Error: an exception "
                                "that is no std::exception"));
}

TEST_F(EventTest, AnObserverMayRemoveItselfAndAddAnother) {
  ListenerId first;
  first = event_.Add([&](int value) {
    heard_.push_back(value);
    event_.Remove(first);
    event_.Add([&](int later) { heard_.push_back(-later); });
  });

  event_.Emit(1);
  event_.Emit(2);

  EXPECT_THAT(heard_, ElementsAre(1, -2));
}

TEST_F(EventTest, ManyObserversAreNoLeak) {
  for (int i = 0; i < 100; ++i) event_.Add([](int) {});

  EXPECT_THAT(log_, testing::IsEmpty());
}

}  // namespace
}  // namespace ipc
