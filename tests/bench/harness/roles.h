// main() of a program that has subjects: `list` prints them, `serve` and `call` are one process of
// a measurement, started by the runner.
#pragma once

#include <vector>

#include "tests/bench/harness/subject.h"

namespace bench {

int RunRole(int argc, char** argv, const std::vector<Subject>& subjects);

// What a renderer does, in its process or on its thread: warms up, waits for the word, works,
// reports. Returns never.
[[noreturn]] void RunClient(const Session& session, Client& client);

}  // namespace bench
