// One process of a measurement: main, or a renderer, of one subject. build/bench starts them.
#include <utility>
#include <vector>

#include "tests/bench/harness/roles.h"
#include "tests/bench/subjects/subjects.h"

int main(int argc, char** argv) {
  std::vector<bench::Subject> subjects = {
      bench::LimitRing(), bench::LimitChunked(),      bench::UnixSocket(), bench::NamedPipe(),
      bench::GrpcUnary(), bench::GrpcUnaryCallback(), bench::GrpcBidi(),   bench::GrpcBidiHop(),
  };
  for (bench::Subject& subject : bench::Ours()) subjects.push_back(std::move(subject));
  return bench::RunRole(argc, argv, subjects);
}
