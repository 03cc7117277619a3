// The frames of one renderer, as it has told of them.
//
// Ownership   WebContents owns it. It owns each WebFrameMain while its frame lives.
// Threads     The loop's sequence.
// Limits      Limits::frames.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "runtime/api/web_frame_main.h"
#include "runtime/base/ids.h"

namespace ipc {

class FrameTree {
 public:
  using Create = std::function<std::shared_ptr<WebFrameMain>(FrameId id,
                                                             std::shared_ptr<WebFrameMain> parent)>;

  FrameTree(size_t max_frames, Create create);
  ~FrameTree();

  // Errors: INVALID_ARGUMENT for ids that are in use, used before, or nobody's; RESOURCE_EXHAUSTED.
  absl::Status Add(FrameId id, FrameId parent);
  // With all below it. The ids of those that are gone now, children first.
  // Errors: INVALID_ARGUMENT for the main frame, and for a frame that does not exist.
  absl::StatusOr<std::vector<FrameId>> Remove(FrameId id);
  // The process of the child frames has gone, the main frame's is replaced.
  void RemoveChildren();

  const std::shared_ptr<WebFrameMain>& main_frame() const { return main_frame_; }
  // Null when there is none.
  std::shared_ptr<WebFrameMain> Find(FrameId id) const;
  // Parents before children.
  std::vector<std::shared_ptr<WebFrameMain>> all() const;

 private:
  const size_t max_frames_;
  const Create create_;
  const std::shared_ptr<WebFrameMain> main_frame_;
  FrameId last_id_ = kMainFrame;
  absl::btree_map<FrameId, std::shared_ptr<WebFrameMain>> frames_;
};

}  // namespace ipc
