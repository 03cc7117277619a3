#include "tests/simulation/plan.h"

namespace ipc::simulation {

Plan Plan::Make(Dice& dice) {
  Plan plan;
  plan.limits.message_bytes = dice.Between(300, 2000);
  plan.limits.calls_in_flight = dice.Between(2, 12);
  plan.limits.outbound_frames = dice.Between(4, 24);
  plan.limits.outbound_bytes = dice.Between(1000, 6000);
  plan.limits.answer_bytes = dice.Between(1500, 4000);
  plan.limits.relayed_frames = dice.Between(4, 24);
  plan.limits.relayed_bytes = dice.Between(1000, 6000);
  // Queues of messages can be cancelled one by one.
  plan.limits.answer_frames =
      plan.limits.outbound_frames + plan.limits.relayed_frames + dice.Between(8, 40);
  plan.limits.sync_backlog_bytes = dice.Between(600, 4000);
  plan.renderers = dice.Between(1, 4);
  if (dice.OneIn(2)) plan.answer_timeout = milliseconds(dice.Between(1, 60));
  plan.latency = std::chrono::microseconds(dice.Between(0, 5000));
  plan.longest_deadline = milliseconds(dice.Between(5, 60));
  // Some of them over the limit.
  plan.largest_message = plan.limits.message_bytes * dice.Between(20, 110) / 100;
  plan.fault_in = dice.Between(60, 1500);
  plan.farewell_in = dice.Between(12, 300);
  plan.reentrance_in = dice.Between(2, 8);
  return plan;
}

}  // namespace ipc::simulation
