#include "runtime/testing/faults.h"

#include <utility>

#include "runtime/base/check.h"
#include "runtime/wire/batch.h"
#include "runtime/wire/frame.h"

namespace ipc::testing {
namespace {

// Frames that are well formed, and that main takes from no renderer.
FrameHeader RuleBreaker(uint64_t which) {
  FrameHeader header;
  switch (which) {
    case 0:  // a reply to no call
      header.kind = FrameKind::kReply;
      header.call_id = CallId(uint64_t{1} << 40);
      break;
    case 1:  // a message of no frame
      header.kind = FrameKind::kSend;
      header.channel = "ch";
      header.frame_id = FrameId(1 << 20);
      break;
    default:  // what nobody speaks yet
      header.kind = FrameKind::kBind;
      header.channel = "ch";
      header.channel_id = 1;
      break;
  }
  return header;
}

constexpr uint64_t kRuleBreakers = 3;
constexpr uint64_t kNoNumber = 0xff;  // eleven of these are more than a varint has

}  // namespace

void FaultDice::Load(uint64_t seed, const Faults& faults) {
  const double all = faults.delay + faults.drop + faults.kill + faults.malformed;
  IPC_CHECK(all <= 1, "faults that are more likely than certain");
  random_.seed(seed);
  faults_ = faults;
}

FaultDice::Fault FaultDice::Roll() {
  const std::pair<Fault, double> sides[] = {{Fault::kDelay, faults_.delay},
                                            {Fault::kDrop, faults_.drop},
                                            {Fault::kKill, faults_.kill},
                                            {Fault::kMalformed, faults_.malformed}};
  // The library's distributions are not the same everywhere.
  constexpr uint64_t kSteps = uint64_t{1} << 53;
  double left = static_cast<double>(Below(kSteps)) / static_cast<double>(kSteps);
  for (const auto& [fault, chance] : sides) {
    if (left < chance) return fault;
    left -= chance;
  }
  return Fault::kNone;
}

std::chrono::nanoseconds FaultDice::Delay() {
  const std::chrono::nanoseconds longest = faults_.longest_delay;
  return std::chrono::nanoseconds(Below(static_cast<uint64_t>(longest.count()) + 1));
}

std::vector<uint8_t> FaultDice::Malformed(absl::Span<const uint8_t> frame) {
  const uint64_t which = Below(kRuleBreakers + 2);
  if (which < kRuleBreakers) {
    const FrameHeader header = RuleBreaker(which);
    std::vector<uint8_t> bytes(BatchedFrameSize(header, 0));
    EncodeBatchedFrame(header, EmptyPayload(), absl::MakeSpan(bytes));
    return bytes;
  }
  if (which == kRuleBreakers) return {frame.begin(), frame.end() - 1};  // cut short
  return std::vector<uint8_t>(11 + Below(64), kNoNumber);
}

}  // namespace ipc::testing
