// The ids that travel on the wire or that an application sees.
#pragma once

#include <cstdint>

#include "runtime/base/strong_id.h"

namespace ipc {

// One renderer as main knows it; never reused within a MainProcess. 0 stands for main itself.
using WebContentsId = StrongId<struct WebContentsIdTag, uint32_t>;

// One frame of a renderer. The main frame is 1.
using FrameId = StrongId<struct FrameIdTag, uint32_t>;
inline constexpr FrameId kMainFrame{1};

// One call on one connection, chosen by the caller, counted from 1.
using CallId = StrongId<struct CallIdTag, uint64_t>;

// One end of a message channel, as the process that it lives in and main call it between them.
using PortId = StrongId<struct PortIdTag, uint64_t>;

// One listener of one emitter, returned by On() and friends; never reused within that emitter.
using ListenerId = StrongId<struct ListenerIdTag, uint64_t>;

}  // namespace ipc
