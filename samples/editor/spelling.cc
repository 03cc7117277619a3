// The editor sample, a plugin: a guest of the editor, which may speak to that one and to nobody
// else. It is given a text to check, and tries to read another one as well.
#include <cctype>
#include <cstdlib>
#include <iostream>
#include <set>
#include <string>
#include <vector>

#include "runtime/api/renderer_process.h"
#include "samples/editor/editor.ipc.h"
#include "samples/editor/story.h"

namespace {

std::vector<std::string> UnknownWords(const std::string& text) {
  static const std::set<std::string> kKnown = {"a",      "draft", "first", "is",
                                               "letter", "the",   "this"};
  std::vector<std::string> unknown;
  std::string word;
  for (char c : text + " ") {
    if (std::isalpha(static_cast<unsigned char>(c))) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    } else if (!word.empty()) {
      if (!kKnown.contains(word)) unknown.push_back(word);
      word.clear();
    }
  }
  return unknown;
}

}  // namespace

int main() {
  auto renderer = ipc::RendererProcess::Create({.role = "plugin"});
  if (!renderer.ok()) {
    std::cerr << renderer.status() << "\n";
    return EXIT_FAILURE;
  }
  ipc::IpcRenderer& ipc_renderer = (*renderer)->ipc_renderer();
  editor::SpellingIpcRenderer spelling(ipc_renderer);
  editor::DocumentsIpcRenderer documents(ipc_renderer);

  spelling.OnCheck([&](ipc::IpcRendererEvent&, const std::string& text) {
    editor::Hear("plugin", "editor", "relay  spelling.Check, ", text.size(), " bytes");
    ipc_renderer.Send("log", "checks a text", text.size()).IgnoreError();
    documents.Open("diary.md").Then([&, text](const auto& opened) {
      editor::Tell("plugin", opened.ok() ? "has read the diary" : opened.status().message());
      spelling.Misspelled(UnknownWords(text)).IgnoreError();
    });
  });
  (*renderer)->Run();
  return EXIT_SUCCESS;
}
