// A process that ports can live in, as main's PortTable sees it: main itself, or a renderer.
//
// Ownership   The table refers to it until RemoveHome().
// Threads     Main's sequence. None of these may call back into the table.
#pragma once

#include <cstddef>
#include <memory>

#include "absl/status/status.h"
#include "absl/types/span.h"
#include "runtime/base/ids.h"
#include "runtime/core/port_payload.h"

namespace ipc {

class PortHome {
 public:
  // A message for `port`; `carried` come with it, under these names, once the message is taken.
  // Errors: RESOURCE_EXHAUSTED, not now: PortTable::OnWritable() follows; UNAVAILABLE, the home is
  // about to be removed; others, this message can never travel.
  virtual absl::Status SendMessage(PortId port, const std::shared_ptr<const PortPayload>& payload,
                                   absl::Span<const PortId> carried) = 0;
  // Nothing more comes for `port`, and nobody hears it any more.
  virtual void SendClose(PortId port) = 0;
  // Messages that this home posted wait no longer; `cost` is the sum of their PortCost().
  virtual void SendCredit(size_t cost) = 0;

 protected:
  ~PortHome() = default;
};

}  // namespace ipc
