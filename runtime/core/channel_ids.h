// Channels by id: a name travels once, and its id from then on.
//
//   the one who sends                     the one who hears
//   "notes.Read", id 1 .................  from now on 1 is "notes.Read"
//   id 1 ...............................  an index
//
// idl/wire.proto has the rules. Both ends keep the first kMaxChannelIds channels that travel in
// that direction; those beyond always travel by name.
//
// Threads     One sequence, the Connection's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "runtime/base/channel_map.h"
#include "runtime/wire/frame.h"

namespace ipc {

// With names of 128 bytes, 128 KiB for a renderer that makes them up.
inline constexpr size_t kMaxChannelIds = 1024;

// A channel's name, shared by all that keep it.
using ChannelName = std::shared_ptr<const std::string>;

// Of the end that sends.
class SentChannels {
 public:
  // Adds an id to the name in `header`, or puts it in its place where the peer knows it.
  void Name(FrameHeader& header) const;
  // The frame with this header was sent: the peer will know.
  void NoteSent(const FrameHeader& header);
  // What a header that was sent calls its channel, for who keeps it.
  ChannelName NameOf(const FrameHeader& header) const;

 private:
  std::vector<ChannelName> names_;  // of the ids from 1 on
  ChannelMap<uint32_t> ids_;
};

// Of the end that hears.
class HeardChannels {
 public:
  // Notes the id that `header` gives to a name. Errors: INVALID_ARGUMENT for one that has no name,
  // or is not the next.
  absl::Status Note(const FrameHeader& header);
  // The channel of a header that was noted; good for as long as the header, and this.
  std::string_view ChannelOf(const FrameHeader& header) const;
  // The same, for who keeps it.
  ChannelName NameOf(const FrameHeader& header) const;

  bool is_empty() const { return names_.empty(); }

 private:
  std::vector<ChannelName> names_;  // of the ids from 1 on
};

}  // namespace ipc
