// Renderers that come in by themselves, and what main's program decides about them.

#include <stdexcept>
#include <thread>

#include "tests/unit/api/api_fixture.h"

namespace ipc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// What RendererProcess::Create() says to a renderer that comes to `path`.
absl::Status ComeIn(const std::string& path) {
  RendererProcessOptions options;
  options.socket_path = path;
  return RendererProcess::Create(options).status();
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
