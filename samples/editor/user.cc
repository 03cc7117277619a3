#include "samples/editor/user.h"

#include <utility>

#include "samples/editor/story.h"

namespace editor {
namespace {

constexpr char kFirstDraft[] = "# A leter\nThis is the first draft.\n";
constexpr char kCorrected[] = "# A letter\nThis is the first draft.\n";
constexpr char kTooDeep[] = "# A letter\nThis is the first draft.\n####### A footnote\n";
constexpr char kTwoLevels[] = "# A letter\nThis is the first draft.\n## A footnote\nReally.\n";

}  // namespace

std::vector<User::Step> User::Plan(EditorWindow& window) {
  return {
      {"opens letter.md", [&] { return window.Open("letter.md"); }},
      {"writes a first draft", [&] { return window.Write(kFirstDraft); }},
      {"opens the preview", [&] { return window.OpenPreview(); }},
      {"saves it", [&] { return window.Save(); }},
      {"has a plugin check the spelling", [&] { return window.CheckSpelling(); }},
      {"corrects a word", [&] { return window.Write(kCorrected); }},
      {"writes a heading of level 7", [&] { return window.Write(kTooDeep); }},
      {"saves meanwhile", [&] { return window.Save(); }},
      {"makes it a heading of level 2", [&] { return window.Write(kTwoLevels); }},
      {"opens the preview again", [&] { return window.OpenPreview(); }},
      {"closes the window", [&] { return window.Close(); }},
  };
}

User::User(EditorWindow& window, std::function<void()> give_up)
    : plan_(Plan(window)), give_up_(std::move(give_up)) {}

void User::TakeNextStep() {
  if (next_ == plan_.size()) return;
  const Step& step = plan_[next_++];
  Tell("user", step.what);
  step.take().Then([this](absl::Status done) { OnDone(done); });
}

void User::OnDone(const absl::Status& done) {
  if (done.ok()) return TakeNextStep();
  Tell("user", "gives up: ", done.message());
  give_up_();
}

}  // namespace editor
