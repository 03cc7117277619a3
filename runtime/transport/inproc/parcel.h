// One encoded frame on its way from one end of a pipe to the other, inside of one process.
//
// Ownership   It counts against its sender until the receiver has let its buffer go.
// Threads     Any.
#pragma once

#include <cstddef>

#include "runtime/transport/framed_pipe.h"
#include "runtime/transport/inbox.h"
#include "runtime/transport/link.h"
#include "runtime/transport/outbound_quota.h"

namespace ipc {

// What Link::Write() is asked to move, ready for the peer's inbox.
ReceivedBatch MakeParcel(const PipeEnd& sender, OutboundQuota::Lane lane, size_t size,
                         Link::Encode encode);

}  // namespace ipc
