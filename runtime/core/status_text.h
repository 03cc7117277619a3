// Makes any error text fit for a frame: a handler may throw whatever bytes it likes, and the caller
// still has to get its answer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ipc {

// `text` as UTF-8, each byte that is not as U+FFFD; of a long one the beginning, then "...". At
// most `max_bytes`.
std::string ToStatusText(std::string_view text, size_t max_bytes);

}  // namespace ipc
