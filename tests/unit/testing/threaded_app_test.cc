// An application under test whose renderers have threads.

#include "runtime/testing/threaded_app.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "samples/notes/notes_service.h"

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ThreadedAppTest : public ::testing::Test {
 protected:
  ipc::testing::ThreadedApp app_;
  std::vector<std::string> heard_;
  notes::NotesService service_{
      [this](const ipc::MessageOrigin&, const std::string& what) { heard_.push_back(what); },
      [](const notes::Note&) {}};
  absl::StatusOr<ipc::Registration> bound_ = notes::BindNotes(app_.ipc_main(), service_);
};

TEST_F(ThreadedAppTest, AServiceIsTestedByARenderer) {
  app_.StartRenderer([](ipc::RendererProcess& renderer) {
    notes::NotesIpcRenderer(renderer.ipc_renderer()).Typing(7).IgnoreError();
    renderer.Run();
  });

  ASSERT_TRUE(app_.RunUntil([&] { return !heard_.empty(); })) << app_.log();

  EXPECT_THAT(heard_, ElementsAre("send   Typing(7)"));
}

TEST_F(ThreadedAppTest, ARendererIsTestedByWhatItAnswers) {
  ipc::WebContents& window = app_.StartRenderer([](ipc::RendererProcess& renderer) {
    notes::NotesIpcRenderer notes(renderer.ipc_renderer());
    notes
        .HandleConfirmClose([](ipc::IpcRendererInvokeEvent&) {
          return notes::NotesConfirmCloseResponse{.ok = true};
        })
        .IgnoreError();
    renderer.Run();
  });

  auto confirmed = app_.Await(notes::NotesWebContents(window.ref()).ConfirmClose());

  ASSERT_TRUE(confirmed.ok()) << confirmed.status();
  EXPECT_TRUE(confirmed->ok);
}

TEST_F(ThreadedAppTest, WhatIsLoggedIsKept) {
  app_.ipc_main().On("fail", [](auto&, const ipc::Args&) { throw std::runtime_error("oops"); });
  app_.StartRenderer([](ipc::RendererProcess& renderer) {
    renderer.ipc_renderer().Send("fail").IgnoreError();
    renderer.Run();
  });

  EXPECT_TRUE(app_.RunUntil([&] { return !app_.log().empty(); }));

  EXPECT_THAT(app_.log(), HasSubstr("Error occurred in listener for 'fail'"));
  EXPECT_THAT(app_.log(), HasSubstr("oops"));
}

TEST_F(ThreadedAppTest, RenderersEndWithTheApp) {
  bool has_ended = false;
  {
    ipc::testing::ThreadedApp app;
    app.StartRenderer([&](ipc::RendererProcess& renderer) {
      renderer.Run();
      has_ended = true;
    });
  }

  EXPECT_TRUE(has_ended);
}

}  // namespace
