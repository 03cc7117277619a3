#include "runtime/bindings/listeners.h"

#include "absl/strings/str_cat.h"
#include "runtime/base/strings.h"

namespace ipc {

std::string LeakWarning(std::string_view emitter, std::string_view channel, size_t count,
                        size_t max) {
  return absl::StrCat("Possible EventEmitter memory leak detected. ", count, " ", ToAbsl(channel),
                      " listeners added to [", ToAbsl(emitter), "]. MaxListeners is ", max,
                      ". Use SetMaxListeners() to increase limit");
}

std::string NoChannelText(std::string_view emitter) {
  return absl::StrCat("A listener was not added to [", ToAbsl(emitter), "]: channel: missing");
}

}  // namespace ipc
