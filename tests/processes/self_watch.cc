#include "tests/processes/self_watch.h"

#include <malloc.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace ipc::testing {

size_t OpenDescriptors() {
  std::filesystem::directory_iterator descriptors("/proc/self/fd");
  // One of them is the iterator's own.
  return static_cast<size_t>(std::distance(begin(descriptors), end(descriptors))) - 1;
}

bool HasChildren() {
  siginfo_t info{};
  return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0;
}

std::chrono::microseconds ProcessorTime() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto micros = [](const timeval& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
  };
  return micros(usage.ru_utime) + micros(usage.ru_stime);
}

size_t ResidentKib() {
  malloc_trim(0);  // what is free but not given back is nobody's leak
  std::ifstream statm("/proc/self/statm");
  size_t total_pages = 0;
  size_t resident_pages = 0;
  statm >> total_pages >> resident_pages;
  return resident_pages * static_cast<size_t>(sysconf(_SC_PAGESIZE)) / 1024;
}

bool SoonBecomesTrue(const std::function<bool()>& condition) {
  constexpr int kLooks = 10'000;
  for (int i = 0; i < kLooks; ++i) {
    if (condition()) return true;
    poll(nullptr, 0, 1);
  }
  return false;
}

}  // namespace ipc::testing
