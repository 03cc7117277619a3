#include "runtime/api/frame_tree.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace ipc {

FrameTree::FrameTree(size_t max_frames, Create create)
    : max_frames_(max_frames),
      create_(std::move(create)),
      main_frame_(create_(kMainFrame, nullptr)),
      frames_{{kMainFrame, main_frame_}} {}

FrameTree::~FrameTree() {
  for (auto& [id, frame] : std::exchange(frames_, {})) frame->Detach();
}

absl::Status FrameTree::Add(FrameId id, FrameId parent) {
  // Ids only grow: a message of a frame that is gone never means a later one.
  if (id <= last_id_)
    return absl::InvalidArgumentError(absl::StrCat("frame ", id.value(), " twice"));
  auto above = frames_.find(parent);
  if (above == frames_.end()) {
    return absl::InvalidArgumentError(
        absl::StrCat("a frame below frame ", parent.value(), ", which does not exist"));
  }
  if (frames_.size() >= max_frames_) {
    return absl::ResourceExhaustedError(absl::StrCat("more than ", max_frames_, " frames"));
  }
  last_id_ = id;
  frames_[id] = create_(id, above->second);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<FrameId>> FrameTree::Remove(FrameId id) {
  if (id == kMainFrame || !frames_.contains(id)) {
    return absl::InvalidArgumentError(
        absl::StrCat("frame ", id.value(), " is not there to remove"));
  }
  // Ids grow from parents to children: one pass finds all that are below.
  std::vector<FrameId> gone = {id};
  for (auto& [below, frame] : frames_) {
    if (frame->parent() == nullptr) continue;
    if (std::binary_search(gone.begin(), gone.end(), frame->parent()->frame_id())) {
      gone.push_back(below);
    }
  }
  std::reverse(gone.begin(), gone.end());
  for (FrameId each : gone) frames_.extract(each).mapped()->Detach();
  return gone;
}

void FrameTree::RemoveChildren() {
  while (frames_.size() > 1) frames_.extract(std::prev(frames_.end())).mapped()->Detach();
  last_id_ = kMainFrame;
}

std::shared_ptr<WebFrameMain> FrameTree::Find(FrameId id) const {
  if (id == kMainFrame) return main_frame_;
  auto found = frames_.find(id);
  return found == frames_.end() ? nullptr : found->second;
}

std::vector<std::shared_ptr<WebFrameMain>> FrameTree::all() const {
  std::vector<std::shared_ptr<WebFrameMain>> frames;
  for (auto& [id, frame] : frames_) frames.push_back(frame);
  return frames;
}

}  // namespace ipc
