// How an application is tested: main's half against a fake renderer, a renderer's half against a
// fake main, all on this thread and in virtual time.

#include <chrono>
#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/testing/app.h"
#include "samples/notes/notes.ipc.fakes.h"
#include "samples/notes/notes_service.h"

namespace notes {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

using NoteOutcome = absl::StatusOr<ipc::Result<Note, NoteError>>;

Note TitledNote(std::string title) {
  Note note;
  note.title = std::move(title);
  return note;
}

// Main is the real one; the windows are fakes.
class NotesServiceTest : public ::testing::Test {
 protected:
  void TellEverybody(const Note& note) {
    for (ipc::WebContents* contents : app_.main().GetAllWebContents()) {
      NotesWebContents(contents->ref()).Changed(note).IgnoreError();
    }
  }

  ipc::testing::App app_;
  NotesService service_{[](const ipc::MessageOrigin&, const std::string&) {},
                        [this](const Note& note) { TellEverybody(note); }};
  absl::StatusOr<ipc::Registration> bound_ = BindNotes(app_.ipc_main(), service_);
  FakeNotesIpcRenderer writer_{app_.AddRenderer().ipc_renderer()};
  FakeNotesIpcRenderer reader_{app_.AddRenderer().ipc_renderer()};
};

TEST_F(NotesServiceTest, EveryWindowHearsOfANoteThatIsSaved) {
  const NoteOutcome saved = app_.Await(writer_.Save(TitledNote("Milk")));
  app_.RunUntilIdle();

  ASSERT_TRUE(saved.ok() && saved->ok()) << saved.status();
  for (FakeNotesIpcRenderer* window : {&writer_, &reader_}) {
    ASSERT_THAT(window->on_changed().calls(), SizeIs(1));
    EXPECT_EQ(window->on_changed().calls()[0].params.note, saved->value());
  }
}

TEST_F(NotesServiceTest, ATitleThatIsTooLongIsATypedError) {
  const NoteOutcome saved =
      app_.Await(writer_.Save(TitledNote(std::string(kMaxTitleBytes + 1, 'x'))));

  ASSERT_TRUE(saved.ok()) << saved.status();
  EXPECT_EQ(saved->error(), NoteError::Invalid("the title is too long"));
  EXPECT_THAT(reader_.calls(), SizeIs(0));
}

// Part of a window: the title it shows, which it asks main for.
class TitleBar {
 public:
  explicit TitleBar(ipc::RendererProcess& renderer) : notes_(renderer.ipc_renderer()) {}

  const std::string& text() const { return text_; }
  void Show(uint64_t id) {
    text_ = "...";
    notes_.Read(id).Then([this](NoteOutcome note) {
      text_ = note.ok() && note->ok() ? note->value().title : "(not available)";
    });
  }

 private:
  NotesIpcRenderer notes_;
  std::string text_;
};

// The window is the real one; main is a fake.
class TitleBarTest : public ::testing::Test {
 protected:
  ipc::testing::App app_;
  FakeNotesIpcMain main_;
  absl::StatusOr<ipc::Registration> bound_ = BindNotes(app_.ipc_main(), main_);
  ipc::testing::Renderer& window_ = app_.AddRenderer();
  TitleBar title_bar_{window_.process()};
};

TEST_F(TitleBarTest, ShowsTheTitleThatMainAnswers) {
  main_.on_read().Answers(TitledNote("Milk"));

  title_bar_.Show(7);
  app_.RunUntilIdle();

  EXPECT_EQ(title_bar_.text(), "Milk");
  EXPECT_THAT(main_.calls(), ElementsAre(ipc::testing::FakeCall{"Read", ipc::Object{{"id", 7}},
                                                                window_.ref().id()}));
}

TEST_F(TitleBarTest, SaysSoWhenMainIsTooSlow) {
  main_.on_read().Waits();

  title_bar_.Show(7);
  app_.Advance(std::chrono::milliseconds(1'999));
  EXPECT_EQ(title_bar_.text(), "...");
  app_.Advance(std::chrono::milliseconds(1));  // [DeadlineMs=2000] in notes.ipc

  EXPECT_EQ(title_bar_.text(), "(not available)");
}

}  // namespace
}  // namespace notes
