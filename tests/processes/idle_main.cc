#include "tests/processes/idle_main.h"

#include "tests/processes/self_watch.h"
#include "tests/processes/stage.h"

namespace ipc::testing {

double ShareOfAnIdleMain(int renderers, std::chrono::milliseconds time) {
  Stage stage;
  for (int i = 0; i < renderers; ++i) stage.StartRenderer("serves");
  MainProcess& main = stage.main();
  const auto before = ProcessorTime();

  main.loop().StartTimer(main.loop().Now() + time, [&] { main.loop().Quit(); });
  main.Run();

  const std::chrono::duration<double> used = ProcessorTime() - before;
  return used / std::chrono::duration<double>(time);
}

}  // namespace ipc::testing
