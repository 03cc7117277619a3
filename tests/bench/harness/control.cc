#include "tests/bench/harness/control.h"

#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <string>

#include "tests/bench/harness/die.h"
#include "tests/bench/harness/socket.h"

namespace bench {

Control::Control(const Session& session, std::string_view role)
    : socket_(ConnectTo(session.PathOf("control"))) {
  std::ostringstream hello;
  hello << "hello " << role << " " << session.index << " " << getpid() << "\n";
  Write(hello.str());
}

void Control::SayReady(int64_t first_answer_ns) {
  Write("ready {\"first_answer_ns\":" + std::to_string(first_answer_ns) + "}\n");
}

int64_t Control::AwaitGo() {
  std::string go;
  while (go.empty() || go.back() != '\n') {
    char next;
    if (!ReadExactly(socket_.get(), &next, 1)) std::_Exit(EXIT_FAILURE);
    go += next;
  }
  return std::stoll(go.substr(go.find(' ')));
}

void Control::Report(const Meter& meter) {
  std::ostringstream result;
  result << "result ";
  meter.Print(result);
  result << "\n";
  Write(result.str());
}

void Control::Stay() {
  char nothing;
  while (read(socket_.get(), &nothing, 1) > 0) continue;
  std::_Exit(EXIT_SUCCESS);
}

void Control::Write(std::string_view line) {
  Require(WriteAll(socket_.get(), line.data(), line.size()), "the runner is gone");
}

}  // namespace bench
