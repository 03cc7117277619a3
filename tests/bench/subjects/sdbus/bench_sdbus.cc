// The subject `sdbus`: D-Bus messages between two ends of a unix socket with systemd's library, no
// bus daemon in between, which would add a process and two copies.
#include <systemd/sd-bus.h>
#include <systemd/sd-event.h>

#include <memory>
#include <string>
#include <vector>

#include "runtime/base/unique_fd.h"
#include "tests/bench/harness/roles.h"
#include "tests/bench/harness/socket.h"
#include "tests/bench/harness/subject.h"
#include "tests/bench/subjects/texts.h"

namespace bench {
namespace {

constexpr char kPath[] = "/bench";
constexpr char kInterface[] = "bench.Peer";

void RequireBus(int result, const char* what) {
  if (result < 0) Die(std::string(what) + ": " + std::strerror(-result));
}

using Message = std::unique_ptr<sd_bus_message, decltype(&sd_bus_message_unref)>;

// One end of a connection.
class Bus {
 public:
  enum class Side { kServer, kClient };

  Bus(ipc::UniqueFd socket, Side side, sd_bus_message_handler_t on_message, void* self) {
    RequireBus(sd_bus_new(&bus_), "sd_bus_new");
    const int fd = socket.Release();
    RequireBus(sd_bus_set_fd(bus_, fd, fd), "sd_bus_set_fd");
    RequireBus(sd_bus_set_anonymous(bus_, 1), "sd_bus_set_anonymous");
    if (side == Side::kServer) {
      sd_id128_t id;
      RequireBus(sd_id128_randomize(&id), "sd_id128_randomize");
      RequireBus(sd_bus_set_server(bus_, 1, id), "sd_bus_set_server");
    }
    RequireBus(sd_bus_start(bus_), "sd_bus_start");
    RequireBus(sd_bus_add_filter(bus_, nullptr, on_message, self), "sd_bus_add_filter");
  }
  Bus(const Bus&) = delete;
  Bus& operator=(const Bus&) = delete;
  ~Bus() { sd_bus_unref(bus_); }

  sd_bus* get() const { return bus_; }

  Message NewCall(const char* member) {
    sd_bus_message* message = nullptr;
    RequireBus(sd_bus_message_new_method_call(bus_, &message, nullptr, kPath, kInterface, member),
               "sd_bus_message_new_method_call");
    return Message(message, sd_bus_message_unref);
  }
  Message NewSmall(const char* member, const std::string& text) {
    Message message = NewCall(member);
    RequireBus(sd_bus_message_append(message.get(), "ts", kNumber, text.c_str()), "append");
    return message;
  }
  void SendOneWay(Message message) {
    RequireBus(sd_bus_message_set_expect_reply(message.get(), 0), "set_expect_reply");
    RequireBus(sd_bus_send(bus_, message.get(), nullptr), "sd_bus_send");
  }

  // Everything that has come; waits when there is nothing.
  void Process() {
    int done = sd_bus_process(bus_, nullptr);
    RequireBus(done, "sd_bus_process");
    if (done == 0) RequireBus(sd_bus_wait(bus_, ~uint64_t{0}), "sd_bus_wait");
  }

 private:
  sd_bus* bus_ = nullptr;
};

// Answers a call with what it carries.
void Echo(sd_bus_message* call) {
  sd_bus_message* reply = nullptr;
  RequireBus(sd_bus_message_new_method_return(call, &reply), "sd_bus_message_new_method_return");
  const Message owned(reply, sd_bus_message_unref);
  const void* bytes = nullptr;
  size_t size = 0;
  if (sd_bus_message_has_signature(call, "ay")) {
    RequireBus(sd_bus_message_read_array(call, 'y', &bytes, &size), "sd_bus_message_read_array");
    RequireBus(sd_bus_message_append_array(reply, 'y', bytes, size), "sd_bus_message_append_array");
  } else {
    RequireBus(sd_bus_message_copy(reply, call, 1), "sd_bus_message_copy");
  }
  RequireBus(sd_bus_send(nullptr, reply, nullptr), "sd_bus_send");
}

class BusServer final : public Server {
 public:
  explicit BusServer(const Session& session) : session_(session) {}

  void Listen() override { listener_ = ListenAt(session_.PathOf("sdbus")); }

  void Serve() override {
    Accept();
    RequireBus(sd_event_loop(event_), "sd_event_loop");
  }

  void Gather() override {
    Accept();
    RunUntilHeard();
  }
  void Broadcast(Meter& meter) override {
    do {
      for (const auto& bus : buses_) bus->SendOneWay(bus->NewSmall("News", text_));
      RunUntilHeard();
    } while (meter.Completed());
  }

 private:
  void Accept() {
    RequireBus(sd_event_new(&event_), "sd_event_new");
    for (int i = 0; i < session_.renderers; ++i) {
      buses_.push_back(
          std::make_unique<Bus>(AcceptFrom(listener_.get()), Bus::Side::kServer, OnMessage, this));
      RequireBus(sd_bus_attach_event(buses_.back()->get(), event_, 0), "sd_bus_attach_event");
    }
  }

  static int OnMessage(sd_bus_message* message, void* self, sd_bus_error*) {
    if (sd_bus_message_is_method_call(message, kInterface, "Heard")) {
      ++static_cast<BusServer*>(self)->heard_;
    } else if (sd_bus_message_get_expect_reply(message) > 0) {
      Echo(message);
    }
    return 1;
  }

  void RunUntilHeard() {
    while (heard_ < session_.renderers) {
      RequireBus(sd_event_run(event_, ~uint64_t{0}), "sd_event_run");
    }
    heard_ = 0;
  }

  const Session session_;
  const std::string text_ = SmallText();
  ipc::UniqueFd listener_;
  sd_event* event_ = nullptr;
  std::vector<std::unique_ptr<Bus>> buses_;
  int heard_ = 0;
};

class BusClient final : public BlockingClient {
 public:
  explicit BusClient(const Session& session)
      : bytes_(session.is_small() ? 0 : session.bytes, 'x'),
        bus_(ConnectTo(session.PathOf("sdbus")), Bus::Side::kClient, OnMessage, this) {}

  void InFlight(Meter& meter) override {
    meter_ = &meter;
    for (int i = 0; i < kWindow; ++i) CallAsync();
    while (!meter.all_answered()) bus_.Process();
  }

  void OneWay(Meter& meter) override {
    // Its queue of what waits to be written has an end, at 384 k messages.
    constexpr uint64_t kBatch = 1'000;
    for (uint64_t sent = 1; meter.MaySend(); ++sent) {
      bus_.SendOneWay(bus_.NewSmall("Note", text_));
      if (sent % kBatch == 0) RequireBus(sd_bus_flush(bus_.get()), "sd_bus_flush");
    }
    RoundTrip();
  }

  void Hear() override {
    SayHeard();
    for (;;) bus_.Process();
  }

 private:
  void RoundTrip() override {
    const Message call = bytes_.empty() ? bus_.NewSmall("Echo", text_) : NewLarge();
    sd_bus_message* reply = nullptr;
    RequireBus(sd_bus_call(bus_.get(), call.get(), 0, nullptr, &reply), "sd_bus_call");
    sd_bus_message_unref(reply);
  }

  Message NewLarge() {
    Message message = bus_.NewCall("Echo");
    RequireBus(sd_bus_message_append_array(message.get(), 'y', bytes_.data(), bytes_.size()),
               "sd_bus_message_append_array");
    return message;
  }

  void CallAsync() {
    meter_->Sent();
    const Message call = bus_.NewSmall("Echo", text_);
    RequireBus(sd_bus_call_async(bus_.get(), nullptr, call.get(), OnReply, this, 0),
               "sd_bus_call_async");
  }
  static int OnReply(sd_bus_message*, void* self, sd_bus_error*) {
    auto* client = static_cast<BusClient*>(self);
    if (client->meter_->Answered()) client->CallAsync();
    return 1;
  }

  static int OnMessage(sd_bus_message* message, void* self, sd_bus_error*) {
    if (!sd_bus_message_is_method_call(message, kInterface, "News")) return 0;
    static_cast<BusClient*>(self)->SayHeard();
    return 1;
  }
  void SayHeard() { bus_.SendOneWay(bus_.NewCall("Heard")); }

  const std::string bytes_;
  const std::string text_ = SmallText();
  Meter* meter_ = nullptr;
  Bus bus_;
};

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  using bench::Session;
  const bench::Subject sdbus = {
      .name = "sdbus",
      .patterns = bench::kEverything,
      .make_server = [](const Session& s) { return std::make_unique<bench::BusServer>(s); },
      .make_client = [](const Session& s) { return std::make_unique<bench::BusClient>(s); }};
  return bench::RunRole(argc, argv, {sdbus});
}
