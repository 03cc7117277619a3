// The codec and JSON beside others, in memory.
#include "benchmark/benchmark.h"

BENCHMARK_MAIN();
