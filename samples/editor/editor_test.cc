// What the story of README.md does not tell: others that do not answer, or end.

#include <string>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "runtime/testing/app.h"
#include "samples/editor/documents.h"
#include "samples/editor/editor.ipc.fakes.h"
#include "samples/editor/editor_window.h"

namespace editor {
namespace {

// Main's documents are the real ones; the test plays the editor.
class DocumentsTest : public ::testing::Test {
 protected:
  ipc::testing::App app_;
  Documents documents_;
  absl::StatusOr<ipc::Registration> bound_ = BindDocuments(app_.ipc_main(), documents_);
  DocumentsIpcRenderer editor_{app_.AddRenderer().ipc_renderer()};
};

TEST_F(DocumentsTest, ASaveThatIsRefusedLeavesNoDocument) {
  const auto saved = app_.Await(editor_.Save({.name = "letter.md", .text = "", .revision = 5}));
  const auto opened = app_.Await(editor_.Open("letter.md"));

  ASSERT_TRUE(saved.ok() && !saved->ok()) << saved.status();
  EXPECT_EQ(saved->error(), DocumentError::Outdated(0));
  ASSERT_TRUE(opened.ok() && !opened->ok()) << opened.status();
  EXPECT_EQ(opened->error(), DocumentError::NotFound("letter.md"));
}

// The editor is the real one; main, the preview and the plugin are fakes.
class EditorWindowTest : public ::testing::Test {
 protected:
  EditorWindowTest() {
    app_.ipc_main().On("connect-preview", [this](ipc::IpcMainEvent& event, const ipc::Args&) {
      preview_ = event.ports()[0];
    });
  }

  ipc::testing::App app_;
  FakeWindowIpcMain main_;
  absl::StatusOr<ipc::Registration> bound_ = BindWindow(app_.ipc_main(), main_);
  ipc::MessagePort preview_;  // its end of the channel
  ipc::testing::Renderer& renderer_ = app_.AddRenderer({.role = "editor"});
  EditorWindow window_{renderer_.process()};
};

TEST_F(EditorWindowTest, APreviewThatDoesNotAnswerIsGivenUp) {
  const ipc::MonotonicTime start = app_.Now();

  const absl::Status opened = app_.Await(window_.OpenPreview());

  EXPECT_EQ(opened, absl::DeadlineExceededError("the preview does not answer"));
  EXPECT_EQ(app_.Now() - start, EditorWindow::kPatience);
}

TEST_F(EditorWindowTest, APreviewThatHasEndedIsNotWaitedFor) {
  ipc::Promise<void> opening = window_.OpenPreview();
  app_.RunUntilIdle();
  const ipc::MonotonicTime start = app_.Now();

  preview_.Close();
  WindowWebContents(renderer_.ref()).PreviewGone().IgnoreError();

  EXPECT_EQ(app_.Await(std::move(opening)), absl::OkStatus());
  EXPECT_EQ(app_.Await(window_.Write("nobody shows it")), absl::OkStatus());
  EXPECT_EQ(app_.Now(), start);
}

TEST_F(EditorWindowTest, APluginThatDoesNotAnswerIsGivenUp) {
  ipc::testing::Renderer& plugin =
      app_.AddRenderer({.role = "plugin", .embedder_id = renderer_.ref().id()});
  main_.on_load_plugin().Answers(WindowLoadPluginResponse{plugin.ref().id().value()});

  const absl::Status checked = app_.Await(window_.CheckSpelling());

  EXPECT_EQ(checked, absl::DeadlineExceededError("the plugin does not answer"));
}

}  // namespace
}  // namespace editor
