// The benchmarks, and the servers that run in their other process.
#include <cstdlib>
#include <functional>
#include <map>
#include <string>

#include "benchmark/benchmark.h"
#include "tests/bench/servers.h"

int main(int argc, char** argv) {
  const std::map<std::string, std::function<void(const std::string&)>> servers = {
      {"--serve=unix-socket", [](const std::string&) { bench::ServeUnixSocket(); }},
      {"--serve=grpc-unary", bench::ServeGrpcUnary},
      {"--serve=ipc", bench::ServeIpc},
  };
  if (argc == 3) {
    if (auto server = servers.find(argv[1]); server != servers.end()) {
      server->second(argv[2]);
      return EXIT_SUCCESS;
    }
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return EXIT_FAILURE;
  benchmark::RunSpecifiedBenchmarks();
  return EXIT_SUCCESS;
}
