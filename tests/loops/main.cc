// The suite, and the renderers that it starts: one program.

#include "gtest/gtest.h"
#include "tests/electron/renderer_body.h"

int main(int argc, char** argv) {
  if (auto command = ipc::ParseCommand(argc, argv)) return ipc::RunRenderer(*command);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
