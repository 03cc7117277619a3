// MessagePort: one end of a channel between any two processes.
//
//   ipc::MessageChannelMain channel(*main);
//   left.PostMessage("port", ipc::Value(), {channel.port1}).IgnoreError();
//   right.PostMessage("port", ipc::Value(), {channel.port2}).IgnoreError();
//
// and in each of the two renderers:
//
//   ipc_renderer.On("port", [&](ipc::IpcRendererEvent& event, const ipc::Args&) {
//     port = event.ports()[0];
//     port.message().Add([](ipc::MessagePortEvent& event) { std::cout << event.data() << "\n"; });
//     port.Start();
//     port.PostMessage("hello").IgnoreError();
//   });
//
// Messages arrive once and in the order they were posted, wherever the port has moved meanwhile.
// They wait for Start(). A port that was given away (transferred) is of no more use here: posting
// on it does nothing, as on a closed one.
//
// Ownership   A handle; copies are the same port. When the last one is gone, the port closes. What
//             observes a port and holds the handle too keeps it open until Close();
//             MessagePortEvent::target() spares that.
// Threads     The loop's sequence of the process that it lives in. The last handle may be dropped
//             on any thread.
// Errors      PostMessage(): INVALID_ARGUMENT for a value that cannot be encoded and for ports that
//             cannot be transferred, with Electron's texts ("Port at index 0 is a duplicate.");
//             RESOURCE_EXHAUSTED when the queue towards main is full, or Limits::port_bytes that
//             this process has posted wait to be taken; OUT_OF_RANGE for a message that is too
//             large; UNAVAILABLE once main is gone. What fails leaves the ports as they were.
// From        electron MessagePortMain and the web's MessagePort; contract rule 22.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "runtime/bindings/event.h"
#include "runtime/value/value.h"

namespace ipc {

class MessagePortEvent;

class MessagePort {
 public:
  // No port: one that is closed already, and has no events.
  MessagePort();
  MessagePort(const MessagePort&);
  MessagePort(MessagePort&&) noexcept;
  MessagePort& operator=(const MessagePort&);
  MessagePort& operator=(MessagePort&&) noexcept;
  ~MessagePort();

  // The ports in `transfer` go along, and live where the message is received from then on.
  absl::Status PostMessage(const Value& message, absl::Span<const MessagePort> transfer = {}) const;

  // Messages are told from now on, those that wait first.
  void Start() const;
  // The other end closes when it has heard what was posted before. No event follows here.
  void Close() const;

  Event<MessagePortEvent&>& message() const;
  // The other end is closed, or its process is gone; every message was told before.
  Event<>& close() const;

  explicit operator bool() const { return state_ != nullptr; }
  friend bool operator==(const MessagePort&, const MessagePort&) = default;

 private:
  friend class ProcessPorts;
  class State;
  explicit MessagePort(std::shared_ptr<State> state);

  std::shared_ptr<State> state_;
};

// A message that came through a port.
class MessagePortEvent {
 public:
  MessagePortEvent(MessagePort target, Value data, std::vector<MessagePort> ports)
      : target_(std::move(target)), data_(std::move(data)), ports_(std::move(ports)) {}

  const Value& data() const { return data_; }
  // Those that came along. They close unless somebody keeps a copy.
  const std::vector<MessagePort>& ports() const { return ports_; }
  // The port that received it.
  const MessagePort& target() const { return target_; }

 private:
  MessagePort target_;
  Value data_;
  std::vector<MessagePort> ports_;
};

using MessagePortMain = MessagePort;  // Electron's name for it in main

}  // namespace ipc
