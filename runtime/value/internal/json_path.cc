#include "runtime/value/internal/json_path.h"

namespace ipc::internal {
namespace {

constexpr size_t kLongestName = 40;

}  // namespace

void JsonPath::PrependIndex(size_t index) { steps_.insert(0, "[" + std::to_string(index) + "]"); }

void JsonPath::PrependName(std::string_view name) {
  std::string step = ".";
  for (const char c : name.substr(0, kLongestName)) {
    step += c >= ' ' && c <= '~' ? c : '?';
  }
  if (name.size() > kLongestName) step += "...";
  steps_.insert(0, step);
}

std::string JsonPath::Below(std::string_view root) const {
  const bool is_relative = root.empty() && steps_.starts_with('.');
  return std::string(root) + steps_.substr(is_relative ? 1 : 0);
}

}  // namespace ipc::internal
