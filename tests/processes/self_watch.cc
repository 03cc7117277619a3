#include "tests/processes/self_watch.h"

#include <malloc.h>
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

size_t ResidentKib() {
  malloc_trim(0);  // what is free but not given back is nobody's leak
  std::ifstream statm("/proc/self/statm");
  size_t total_pages = 0;
  size_t resident_pages = 0;
  statm >> total_pages >> resident_pages;
  return resident_pages * static_cast<size_t>(sysconf(_SC_PAGESIZE)) / 1024;
}

}  // namespace ipc::testing
