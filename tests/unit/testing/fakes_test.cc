// Both sides of typed channels, each tested against a fake of the other.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/testing/app.h"
#include "samples/notes/notes.ipc.fakes.h"

namespace {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

using ReadOutcome = absl::StatusOr<ipc::Result<notes::Note, notes::NoteError>>;

notes::Note NoteOf(uint64_t id) {
  notes::Note note;
  note.id = id;
  return note;
}

class FakeMainTest : public ::testing::Test {
 protected:
  ipc::testing::App app_;
  notes::FakeNotesIpcMain main_;
  absl::StatusOr<ipc::Registration> bound_ = notes::BindNotes(app_.ipc_main(), main_);
  notes::NotesIpcRenderer notes_{app_.AddRenderer().ipc_renderer()};
};

TEST_F(FakeMainTest, ItAnswersWhatItIsTold) {
  main_.on_read().Answers(NoteOf(7));
  main_.on_version().Answers(notes::NotesVersionResponse{.version = "9"});

  const ReadOutcome note = app_.Await(notes_.Read(7));
  const auto version = notes_.Version();

  ASSERT_TRUE(note.ok() && note->ok()) << note.status();
  EXPECT_EQ(note->value(), NoteOf(7));
  EXPECT_EQ(version->version, "9");
}

TEST_F(FakeMainTest, ItFailsAsItIsTold) {
  main_.on_read().AnswersOnce(
      ipc::Result<notes::Note, notes::NoteError>(notes::NoteError::NotFound(7)));
  main_.on_read().Answers(absl::DataLossError("the disk"));

  const ReadOutcome first = app_.Await(notes_.Read(7));
  const ReadOutcome second = app_.Await(notes_.Read(7));

  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(first->error(), notes::NoteError::NotFound(7));
  EXPECT_TRUE(absl::IsDataLoss(second.status())) << second.status();
}

TEST_F(FakeMainTest, ItComputesItsAnswers) {
  main_.on_read().Does([](const notes::NotesReadParams& asked) { return NoteOf(asked.id); });

  EXPECT_EQ(app_.Await(notes_.Read(3))->value().id, 3u);
  EXPECT_EQ(app_.Await(notes_.Read(4))->value().id, 4u);
}

TEST_F(FakeMainTest, ItAnswersWhenTheTestDoes) {
  main_.on_save().Waits();
  std::vector<uint64_t> saved;
  notes_.Save(NoteOf(1)).Then([&](ReadOutcome note) { saved.push_back(note->value().id); });
  app_.Advance(seconds(1));
  ASSERT_THAT(saved, SizeIs(0));

  main_.on_save().TakeWaiting().Resolve(NoteOf(5));
  app_.RunUntilIdle();

  EXPECT_THAT(saved, ElementsAre(5u));
}

TEST_F(FakeMainTest, WhatItWasNotToldFailsAndSaysSo) {
  const ReadOutcome note = app_.Await(notes_.Read(7));

  EXPECT_TRUE(absl::IsUnimplemented(note.status()));
  EXPECT_THAT(std::string(note.status().message()),
              HasSubstr("the test has not told its fake how to answer Read"));
}

TEST_F(FakeMainTest, ItKeepsWhatWasSaidAndByWhom) {
  notes::NotesIpcRenderer second(app_.AddRenderer().ipc_renderer());
  notes_.Typing(7).IgnoreError();
  app_.RunUntilIdle();
  second.Message({"any", 1}).IgnoreError();
  app_.Await(second.Read(8)).IgnoreError();

  EXPECT_THAT(
      main_.calls(),
      ElementsAre(
          ipc::testing::FakeCall{"Typing", ipc::Object{{"note_id", 7}}, ipc::WebContentsId(1)},
          ipc::testing::FakeCall{"Message", ipc::Array{"any", 1}, ipc::WebContentsId(2)},
          ipc::testing::FakeCall{"Read", ipc::Object{{"id", 8}}, ipc::WebContentsId(2)}));
  ASSERT_THAT(main_.on_read().calls(), SizeIs(1));
  EXPECT_EQ(main_.on_read().calls()[0].params.id, 8u);
  EXPECT_EQ(main_.on_read().calls()[0].sender, ipc::WebContentsId(2));
}

TEST_F(FakeMainTest, AMessageMayHaveConsequences) {
  uint64_t typed = 0;
  main_.on_typing().Does([&](const notes::NotesTypingParams& said) { typed = said.note_id; });

  notes_.Typing(7).IgnoreError();
  app_.RunUntilIdle();

  EXPECT_EQ(typed, 7u);
}

TEST(FakeCallTest, PrintsAsASentence) {
  std::ostringstream out;

  out << ipc::testing::FakeCall{"Read", ipc::Object{{"id", 8}}, ipc::WebContentsId(2)};

  EXPECT_EQ(out.str(), R"(#2 Read {"id":8})");
}

class FakeRendererTest : public ::testing::Test {
 protected:
  ipc::testing::App app_;
  ipc::testing::Renderer& window_ = app_.AddRenderer();
  notes::FakeNotesIpcRenderer renderer_{window_.ipc_renderer()};
  notes::NotesWebContents contents_{window_.ref()};
};

TEST_F(FakeRendererTest, ItHearsWhatMainSays) {
  contents_.Changed(NoteOf(7)).IgnoreError();
  app_.RunUntilIdle();

  ASSERT_THAT(renderer_.on_changed().calls(), SizeIs(1));
  EXPECT_EQ(renderer_.on_changed().calls()[0].params.note, NoteOf(7));
  ASSERT_THAT(renderer_.calls(), SizeIs(1));
  EXPECT_EQ(renderer_.calls()[0].member, "Changed");
  EXPECT_EQ(renderer_.calls()[0].sender, ipc::WebContentsId());
}

TEST_F(FakeRendererTest, ItAnswersWhatMainAsks) {
  renderer_.on_confirm_close().Answers(notes::NotesConfirmCloseResponse{.ok = true});

  const auto confirmed = app_.Await(contents_.ConfirmClose());

  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_TRUE(confirmed->ok);
}

TEST_F(FakeRendererTest, ItMayBeTooSlow) {
  renderer_.on_confirm_close().Waits();

  const auto confirmed = app_.Await(contents_.ConfirmClose());

  EXPECT_TRUE(absl::IsDeadlineExceeded(confirmed.status())) << confirmed.status();
}

TEST_F(FakeRendererTest, ItSpeaksAsTheStubThatItIs) {
  notes::FakeNotesIpcMain main;
  auto bound = notes::BindNotes(app_.ipc_main(), main);

  renderer_.Typing(7).IgnoreError();
  app_.RunUntilIdle();

  EXPECT_THAT(main.on_typing().calls(), SizeIs(1));
}

}  // namespace
