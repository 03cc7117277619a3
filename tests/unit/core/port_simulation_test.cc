// Random life of ports in a main and three renderers, over wires that deliver when the seed says so
// and renderers that die when it says so: what was posted is received once, in order, wherever the
// port is by then, and nothing is left behind.
//
// Below the users the world is the real one: PortTable, LocalPorts, and the frames between them.
// Each message names the end of the channel that posted it, and its number there, so that every
// receipt is checked on the spot. The seeds are fixed and a failure prints its own.

#include <map>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/unit/core/port_processes.h"

namespace ipc {
namespace {

constexpr int kRenderers = 3;

std::vector<EndId> Numbers(absl::Span<const uint8_t> text) {
  std::istringstream in(std::string(text.begin(), text.end()));
  std::vector<EndId> numbers;
  for (EndId number; in >> number;) numbers.push_back(number);
  return numbers;
}

struct End {
  uint64_t posted = 0;
  uint64_t received = 0;    // of what the other end has posted
  bool lost_posts = false;  // with a renderer that died before main read them
};

// What there was.
struct Tally {
  size_t received = 0;
  size_t moved = 0;
  size_t closed = 0;
  size_t refused = 0;
  size_t deaths = 0;

  Tally& operator+=(const Tally& other) {
    received += other.received;
    moved += other.moved;
    closed += other.closed;
    refused += other.refused;
    deaths += other.deaths;
    return *this;
  }
};

class Simulation final : public PortUsers {
 public:
  explicit Simulation(uint32_t seed) : random_(seed), table_(TheLimits()), main_uplink_(table_) {
    main_ = std::make_unique<Process>(*this, WebContentsId(), TheLimits(), &main_uplink_);
    for (int i = 0; i < kRenderers; ++i) renderers_.push_back(MakeRenderer(i));
  }
  ~Simulation() {
    renderers_.clear();
    table_.RemoveHome(WebContentsId());
  }

  static Limits TheLimits() {
    Limits limits;
    limits.outbound_frames = 40;  // five under way to each home
    limits.port_bytes = 32 << 10;
    limits.ports = 400;
    return limits;
  }

  void Step() {
    switch (Pick(24)) {
      case 0:
        return Open(AnyProcess());
      case 1:
      case 2:
        return SendPorts(AnyProcess());
      case 3:
        return StartOne(AnyProcess());
      case 4:
        return Flush(AnyProcess());
      case 5:
        if (Pick(4) == 0) CloseOne(AnyProcess());
        return;
      case 6:
        if (Pick(40) == 0) Kill(Pick(kRenderers));
        return;
      case 7:
      case 8:
      case 9:
      case 10:
      case 11:
      case 12:
        return PostOne(AnyProcess());
      default:
        Deliver();
        return;
    }
  }

  // Starts every port and delivers everything, until nothing moves any more.
  void Settle() {
    is_settling_ = true;
    for (bool moved = true; moved;) {
      moved = false;
      for (Process* process : Processes()) {
        for (auto& [id, port] : process->held) {
          if (std::exchange(port->is_started, true)) continue;
          process->ports.Start(id);
          moved = true;
        }
        moved |= process->needs_flush;
        Flush(*process);
      }
      while (DeliverFromMain()) moved = true;
      for (auto& renderer : renderers_) {
        while (DeliverUp(*renderer) || DeliverDown(*renderer)) moved = true;
      }
    }
  }

  void CheckWhatIsLeft() {
    std::map<EndId, Process*> holders;
    for (Process* process : Processes()) {
      for (auto& [id, port] : process->held) holders[port->end] = process;
      EXPECT_LE(process->ports.waiting(), TheLimits().port_bytes / 8) << process->id;
    }
    for (auto& [end, process] : holders) {
      EXPECT_TRUE(holders.contains(end ^ 1)) << "end " << end << " does not know that it is alone";
      EXPECT_EQ(ends_[end].received, ends_[end ^ 1].posted) << "end " << end;
    }
    const PortTable::Count count = table_.Recount();
    EXPECT_EQ(count.ports, holders.size());
    EXPECT_EQ(count.messages, 0u);
    EXPECT_EQ(count.bytes, 0u);
    EXPECT_EQ(count.bytes_under_way, 0u);
    EXPECT_EQ(count.ports_offered, 0u);
  }

  Tally tally;

 private:
  void OnMessage(UserPort& port, const PayloadView& payload,
                 absl::Span<const PortId> carried) override {
    const std::vector<EndId> numbers =
        Numbers(payload.bytes.Joined());  // who posted, as which, what travels
    End& end = ends_[port.end];
    EXPECT_EQ(numbers[0], port.end ^ 1);
    EXPECT_EQ(numbers[1], end.received) << "end " << port.end;
    ++end.received;
    ++tally.received;
    Receive(*port.process, carried, {numbers.begin() + 2, numbers.end()});
    if (!is_settling_ && Pick(200) == 0) Close(port);
  }

  void OnClosed(UserPort& port) override {
    if (!ends_[port.end ^ 1].lost_posts) {
      EXPECT_EQ(ends_[port.end].received, ends_[port.end ^ 1].posted) << "end " << port.end;
    }
    ++tally.closed;
    port.process->Forget(port.id);
  }

  uint32_t Pick(size_t count) { return static_cast<uint32_t>(random_() % count); }

  std::unique_ptr<Renderer> MakeRenderer(uint32_t index) {
    return std::make_unique<Renderer>(*this, table_, WebContentsId(index + 1), TheLimits());
  }
  std::vector<Process*> Processes() {
    std::vector<Process*> processes = {main_.get()};
    for (auto& renderer : renderers_) processes.push_back(&renderer->process);
    return processes;
  }
  Process& AnyProcess() { return *Processes()[Pick(kRenderers + 1)]; }

  // Up to `most` different ports.
  std::vector<UserPort*> AnyPorts(Process& process, size_t most) {
    std::vector<UserPort*> ports;
    for (auto& [id, port] : process.held) ports.push_back(port.get());
    std::shuffle(ports.begin(), ports.end(), random_);
    ports.resize(std::min(ports.size(), most));
    return ports;
  }

  void Open(Process& process) {
    const auto ids = process.ports.Open();
    if (!ids) return;
    const EndId end = ends_.size();
    ends_.resize(end + 2);
    process.Hold(ids->first, end);
    process.Hold(ids->second, end + 1);
  }

  void PostOne(Process& process) {
    std::vector<UserPort*> ports = AnyPorts(process, Pick(4) == 0 ? 3 : 1);
    if (ports.empty()) return;
    UserPort& sender = *ports.front();
    ports.erase(ports.begin());
    std::string text = absl::StrCat(sender.end, " ", ends_[sender.end].posted);
    for (auto* port : ports) absl::StrAppend(&text, " ", port->end);
    absl::Status posted = process.ports.Post(sender.id, TextPayload(text), process.IdsOf(ports));
    if (!posted.ok()) {
      EXPECT_TRUE(absl::IsResourceExhausted(posted)) << posted;
      ++tally.refused;
      return;
    }
    ++ends_[sender.end].posted;
    for (auto* port : ports) process.Forget(port->id);
  }

  void StartOne(Process& process) {
    for (auto* port : AnyPorts(process, 1)) {
      port->is_started = true;
      process.ports.Start(port->id);
    }
  }

  void CloseOne(Process& process) {
    for (auto* port : AnyPorts(process, 1)) Close(*port);
  }
  void Close(UserPort& port) {
    Process& process = *port.process;
    const PortId id = port.id;
    process.ports.Close(id);
    process.Forget(id);
  }

  void Flush(Process& process) {
    if (std::exchange(process.needs_flush, false)) process.ports.FlushTaken();
  }

  // By a message on a channel, through main's users where it goes to another renderer.
  void SendPorts(Process& from) {
    const auto ports = AnyPorts(from, 1 + Pick(2));
    const uint32_t target = Pick(kRenderers + 1);
    if (ports.empty() || from.id.value() == target) return;
    if (&from == main_.get()) return SendFromMain(ports, *renderers_[target - 1]);

    std::string text = absl::StrCat(target);
    for (auto* port : ports) absl::StrAppend(&text, " ", port->end);
    from.ports.FlushTaken();
    const std::vector<PortId> ids = from.IdsOf(ports);
    if (!SendOn(renderers_[from.id.value() - 1]->up, text, ids)) return;
    from.ports.GiveAway(ids);
    for (PortId id : ids) from.Forget(id);
  }

  void SendFromMain(const std::vector<UserPort*>& ports, Renderer& to) {
    std::string text = "0";
    for (auto* port : ports) absl::StrAppend(&text, " ", port->end);
    main_->ports.FlushTaken();
    const std::vector<PortId> ids = main_->IdsOf(ports);
    const auto names = table_.Reserve(to.process.id, ids.size());
    if (!names.ok() || !SendOn(to.down, text, *names)) return;
    EXPECT_TRUE(table_.Move(WebContentsId(), ids, to.process.id, *names).ok());
    main_->ports.GiveAway(ids);
    for (PortId id : ids) main_->Forget(id);
  }

  static bool SendOn(SimulatedWire& wire, const std::string& text,
                     const std::vector<PortId>& ports) {
    FrameHeader header;
    header.channel = "ports";
    header.payload_kind = PayloadKind::kJson;
    header.port_ids.assign(ports.begin(), ports.end());
    return wire.Send(header, TextPayload(text)).ok();
  }

  void Receive(Process& process, absl::Span<const PortId> ids, const std::vector<EndId>& ends) {
    ASSERT_EQ(ids.size(), ends.size());
    for (size_t i = 0; i < ids.size(); ++i) {
      process.Hold(ids[i], ends[i]);
      ++tally.moved;
    }
  }

  void Deliver() {
    const uint32_t whose = Pick(2 * kRenderers + 1);
    if (whose == 2 * kRenderers) {
      DeliverFromMain();
    } else if (whose < kRenderers) {
      DeliverUp(*renderers_[whose]);
    } else {
      DeliverDown(*renderers_[whose - kRenderers]);
    }
  }

  bool DeliverFromMain() {
    if (main_uplink_.tasks.empty()) return false;
    auto task = std::move(main_uplink_.tasks.front());
    main_uplink_.tasks.pop_front();
    task(main_->ports);
    return true;
  }

  bool DeliverUp(Renderer& renderer) {
    if (renderer.up.frames.empty()) return false;
    const OwnedFrame frame = std::move(renderer.up.frames.front());
    renderer.up.frames.pop_front();
    const FrameHeader& header = frame.view().header;
    if (header.kind != FrameKind::kSend) {
      const absl::Status taken = renderer.home.OnPortFrame(frame.view());
      EXPECT_TRUE(taken.ok()) << taken;
      return true;
    }
    const std::vector<EndId> numbers =
        Numbers(frame.view().payload.Joined());  // the target, what travels
    const auto names = table_.Reserve(WebContentsId(), header.port_ids.size());
    EXPECT_TRUE(table_.Move(renderer.process.id, header.port_ids, WebContentsId(), *names).ok());
    Receive(*main_, *names, {numbers.begin() + 1, numbers.end()});
    if (numbers[0] == 0) return true;
    std::vector<UserPort*> ports;
    for (PortId name : *names) ports.push_back(main_->held.at(name).get());
    SendFromMain(ports, *renderers_[numbers[0] - 1]);
    return true;
  }

  bool DeliverDown(Renderer& renderer) {
    if (renderer.down.frames.empty()) return false;
    const OwnedFrame frame = std::move(renderer.down.frames.front());
    renderer.down.frames.pop_front();
    if (renderer.down.frames.size() < SimulatedWire::kRoom / 2 &&
        std::exchange(renderer.down.was_refused, false)) {
      renderer.home.OnWritable();
    }
    if (frame.view().header.kind != FrameKind::kSend) {
      EXPECT_TRUE(renderer.uplink.OnPortFrame(frame.view()).ok());
      return true;
    }
    const std::vector<EndId> numbers = Numbers(frame.view().payload.Joined());
    Receive(renderer.process, frame.view().header.port_ids, {numbers.begin() + 1, numbers.end()});
    return true;
  }

  void Kill(uint32_t index) {
    for (const OwnedFrame& frame : renderers_[index]->up.frames) {
      if (frame.view().header.kind == FrameKind::kPort) {
        ends_[Numbers(frame.view().payload.Joined())[0]].lost_posts = true;
      }
    }
    ++tally.deaths;
    renderers_[index].reset();
    renderers_[index] = MakeRenderer(index);
  }

  std::mt19937 random_;
  std::vector<End> ends_;
  PortTable table_;
  MainUplink main_uplink_;
  std::unique_ptr<Process> main_;
  std::vector<std::unique_ptr<Renderer>> renderers_;
  bool is_settling_ = false;
};

TEST(PortSimulationTest, WhatIsPostedIsReceivedOnceAndInOrderWhereverThePortIs) {
  constexpr uint32_t kSeeds = 100;
  Tally all;
  for (uint32_t seed = 1; seed <= kSeeds && !HasFailure(); ++seed) {
    SCOPED_TRACE(absl::StrCat("seed ", seed));
    Simulation simulation(seed);
    for (int step = 0; step < 10'000; ++step) simulation.Step();

    simulation.Settle();

    simulation.CheckWhatIsLeft();
    all += simulation.tally;
  }
  // It was a life, and no standstill.
  EXPECT_GT(all.received, kSeeds * 200);
  EXPECT_GT(all.moved, kSeeds * 400);
  EXPECT_GT(all.closed, kSeeds * 50);
  EXPECT_GT(all.refused, kSeeds * 50);
  EXPECT_GT(all.deaths, kSeeds * 5);
}

}  // namespace
}  // namespace ipc
