// Renderers that come in by themselves, and what main's program decides about them.

#include <stdexcept>
#include <thread>

#include "tests/unit/api/api_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// What RendererProcess::Create() says to a renderer that comes to `path`.
absl::Status ComeIn(const std::string& path, const std::string& token = {}) {
  RendererProcessOptions options;
  options.socket_path = path;
  options.token = token;
  return RendererProcess::Create(options).status();
}

class FrontDoorTokenTest : public ApiTest {
 protected:
  // What becomes of renderers that come in one after the other, each with its token.
  std::vector<absl::Status> ComeInWith(const std::string& path,
                                       const std::vector<std::string>& tokens) {
    std::vector<absl::Status> outcomes;
    std::atomic<bool> is_done = false;
    std::jthread renderers([&] {
      for (const std::string& token : tokens) outcomes.push_back(ComeIn(path, token));
      is_done = true;
      main().loop().task_runner()->Post([] {});
    });
    RunUntil([&] { return is_done.load(); });
    return outcomes;
  }
};

const absl::Status kNoToken =
    absl::PermissionDeniedError("no token that main gave out, used once and in time");

TEST_F(FrontDoorTokenTest, ATokenLetsOneRendererIn) {
  const std::string path = Listen({.needs_token = true});
  const std::string token = main().IssueToken("renderer");
  const std::string of_another_role = main().IssueToken("plugin");
  const std::string expired = main().IssueToken("renderer", milliseconds(0));

  auto outcomes = ComeInWith(path, {"", token, token, of_another_role, expired});

  EXPECT_THAT(outcomes, ElementsAre(kNoToken, absl::OkStatus(), kNoToken, kNoToken, kNoToken));
}

TEST_F(FrontDoorTokenTest, AdmitIsAskedAfterTheToken) {
  int asked = 0;
  const std::string path =
      Listen({.needs_token = true, .admit = [&](const AttachRequest&) -> absl::Status {
                ++asked;
                return absl::PermissionDeniedError("not today");
              }});

  auto outcomes = ComeInWith(path, {"wrong", main().IssueToken("renderer")});

  EXPECT_THAT(outcomes, ElementsAre(kNoToken, absl::PermissionDeniedError("not today")));
  EXPECT_EQ(asked, 1);
}

TEST_F(FrontDoorTokenTest, AGuestOfNobodyDoesNotComeIn) {
  const std::string path =
      Listen({.embedder_of = [](const AttachRequest&) { return WebContentsId(4711); }});

  auto outcomes = ComeInWith(path, {""});

  EXPECT_THAT(outcomes,
              ElementsAre(absl::NotFoundError("its embedder, WebContents #4711, does not exist")));
  EXPECT_THAT(main().GetAllWebContents(), testing::IsEmpty());
}

TEST_F(ApiTest, AnAdmitThatThrowsRefuses) {
  const std::string path = Listen(
      {.admit = [](const AttachRequest&) -> absl::Status { throw std::runtime_error("no key"); }});
  std::atomic<bool> is_done = false;
  absl::Status refused;
  std::jthread renderer([&] {
    refused = ComeIn(path);
    is_done = true;
    main().loop().task_runner()->Post([] {});
  });

  RunUntil([&] { return is_done.load(); });

  EXPECT_EQ(refused, absl::UnknownError("no key"));
  EXPECT_THAT(log(), ElementsAre(HasSubstr("no key")));
}

}  // namespace
}  // namespace ipc
