// Where in a JSON value something is wrong: `items[3].name`. Built from the inside out, while the
// reader or writer that found it unwinds, so that it costs nothing where all is well.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ipc::internal {

class JsonPath {
 public:
  void PrependIndex(size_t index);
  // Names may come from a peer: what is long or not printable does not reach the text.
  void PrependName(std::string_view name);

  // The path below `root`, which may be empty.
  std::string Below(std::string_view root) const;

 private:
  std::string steps_;  // begins with '.' or '['
};

}  // namespace ipc::internal
