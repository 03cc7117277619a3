#include "runtime/core/channel_ids.h"

#include "absl/strings/str_cat.h"
#include "runtime/base/recycler.h"
#include "runtime/base/strings.h"

namespace ipc {
namespace {

ChannelName Keep(std::string_view name) { return MakeRecycled<const std::string>(name); }

ChannelName KnownOrKept(const std::vector<ChannelName>& names, const FrameHeader& header) {
  return header.channel_id == 0 ? Keep(header.channel) : names[header.channel_id - 1];
}

}  // namespace

void SentChannels::Name(FrameHeader& header) const {
  if (header.channel.empty()) return;
  auto found = ids_.find(header.channel);
  if (found != ids_.end()) {
    header.channel_id = found->second;
    header.channel = {};
  } else if (names_.size() < kMaxChannelIds) {
    header.channel_id = static_cast<uint32_t>(names_.size() + 1);
  }
}

void SentChannels::NoteSent(const FrameHeader& header) {
  const bool is_new = header.channel_id != 0 && !header.channel.empty();
  if (!is_new) return;
  const ChannelName& name = names_.emplace_back(Keep(header.channel));
  ids_.emplace(*name, header.channel_id);
}

ChannelName SentChannels::NameOf(const FrameHeader& header) const {
  return KnownOrKept(names_, header);
}

absl::Status HeardChannels::Note(const FrameHeader& header) {
  const size_t id = header.channel_id;
  if (id == 0) return absl::OkStatus();
  if (header.channel.empty()) {
    if (id <= names_.size()) return absl::OkStatus();
    return absl::InvalidArgumentError("a channel id that nothing was bound to");
  }
  if (id != names_.size() + 1 || id > kMaxChannelIds) {
    return absl::InvalidArgumentError(absl::StrCat("channel id ", id, " is not the next"));
  }
  names_.push_back(Keep(header.channel));
  return absl::OkStatus();
}

std::string_view HeardChannels::ChannelOf(const FrameHeader& header) const {
  return header.channel_id == 0 ? header.channel : std::string_view(*names_[header.channel_id - 1]);
}

ChannelName HeardChannels::NameOf(const FrameHeader& header) const {
  return KnownOrKept(names_, header);
}

}  // namespace ipc
