// Which typed channels this process knows, so that an untyped listener can hear a typed message.
//
// Filled by the binders as channels are bound, and never emptied: it holds a name and a function of
// the program for each channel of its .ipc files.
//
// Threads     The loop's sequence.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "runtime/base/channel_map.h"
#include "runtime/codec/entry.h"
#include "runtime/value/args.h"

namespace ipc {

using TypedToArgs = absl::StatusOr<Args> (*)(const PartedBytes& params);

class SchemaTable {
 public:
  template <typename Params>
  void Add(std::string_view channel) {
    if constexpr (!std::is_same_v<Params, Args>) {
      channels_[channel] = [](const PartedBytes& bytes) -> absl::StatusOr<Args> {
        absl::StatusOr<Params> params = Decode<Params>(bytes);
        if (!params.ok()) return params.status();
        return ParamsToArgs(*params);
      };
    }
  }

  // Null when no such channel was bound.
  TypedToArgs Find(std::string_view channel) const {
    auto found = channels_.find(channel);
    return found == channels_.end() ? nullptr : found->second;
  }

 private:
  ChannelMap<TypedToArgs> channels_;
};

}  // namespace ipc
