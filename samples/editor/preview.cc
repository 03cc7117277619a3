// The editor sample, the preview: the outline of what comes through a port, straight from the
// editor. It has a bug, and is a process of its own so that the bug costs itself alone.
#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>

#include "runtime/api/renderer_process.h"
#include "runtime/codec/entry.h"
#include "samples/editor/editor.ipc.h"
#include "samples/editor/story.h"

namespace {

// "2.1", for a heading of level 2, counted over all that came before.
class Numbering {
 public:
  std::string Next(size_t level) {
    if (level > kDeepest) {
      editor::Tell("preview", "has no room for a heading of level ", level, ", and falls over");
      std::abort();
    }
    ++count_[level - 1];
    for (size_t deeper = level; deeper < kDeepest; ++deeper) count_[deeper] = 0;
    std::string number = std::to_string(count_[0]);
    for (size_t i = 1; i < level; ++i) number += "." + std::to_string(count_[i]);
    return number;
  }

 private:
  static constexpr size_t kDeepest = 6;
  int count_[kDeepest] = {};
};

size_t CountWords(const std::string& line) {
  std::istringstream words(line);
  size_t count = 0;
  for (std::string word; words >> word;) ++count;
  return count;
}

editor::Outline MakeOutline(const std::string& text) {
  editor::Outline outline;
  Numbering numbering;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const size_t level = std::min(line.find_first_not_of('#'), line.size());
    const std::string rest = line.substr(level);
    if (level > 0) outline.headings.push_back(numbering.Next(level) + rest);
    outline.words += CountWords(rest);
  }
  return outline;
}

void OnDocument(ipc::MessagePortEvent& event) {
  auto document = ipc::FromJsonValue<editor::Document>(event.data(), "document");
  if (!document.ok()) return editor::Tell("preview", document.status().message());
  editor::Hear("preview", "editor", "port   ", document->name, ", ", document->text.size(),
               " bytes");
  event.target().PostMessage(ipc::ToJsonValue(MakeOutline(document->text))).IgnoreError();
}

}  // namespace

int main() {
  auto renderer = ipc::RendererProcess::Create({.role = "preview"});
  if (!renderer.ok()) {
    std::cerr << renderer.status() << "\n";
    return EXIT_FAILURE;
  }
  ipc::MessagePort port;  // the latest one; a handle that is kept keeps its port open
  (*renderer)->ipc_renderer().On("connect", [&](ipc::IpcRendererEvent& event, const ipc::Args&) {
    if (event.ports().empty()) return;
    port = event.ports()[0];
    port.message().Add(OnDocument);
    port.Start();
  });
  (*renderer)->Run();
  return EXIT_SUCCESS;
}
