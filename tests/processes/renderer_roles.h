// The renderers of this folder's tests: this program again, told by its arguments what to be.
//
//   --renderer=serves    runs its loop; on "fork" leaves a child that holds its socket
//   --renderer=ignores   comes in, and then does nothing any more: no goodbye reaches it
//   --renderer=dies      ends with exit code 3 before its hello
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "runtime/api/main_process.h"

namespace ipc::testing {

// How main launches this program as that renderer.
RendererOptions RendererOf(std::string_view role);

// The whole of a renderer process, and its exit code; nothing when this process is none.
std::optional<int> RunAsRenderer(int argc, char** argv);

}  // namespace ipc::testing
