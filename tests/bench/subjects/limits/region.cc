#include "tests/bench/subjects/limits/region.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <utility>

#include "runtime/base/unique_fd.h"
#include "tests/bench/harness/die.h"

namespace bench {

Region Region::Create(const std::string& path, size_t size) {
  return Region(path, O_RDWR | O_CREAT | O_EXCL, size);
}

Region Region::Open(const std::string& path, size_t size) { return Region(path, O_RDWR, size); }

Region::Region(const std::string& path, int flags, size_t size) : size_(size) {
  const ipc::UniqueFd fd(open(path.c_str(), flags | O_CLOEXEC, 0600));
  Require(fd.is_valid(), path);
  Require((flags & O_CREAT) == 0 || ftruncate(fd.get(), static_cast<off_t>(size)) == 0,
          "ftruncate");
  start_ = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd.get(), 0);
  Require(start_ != MAP_FAILED, "mmap");
}

Region::Region(Region&& other) noexcept
    : start_(std::exchange(other.start_, nullptr)), size_(other.size_) {}

Region::~Region() {
  if (start_ != nullptr) munmap(start_, size_);
}

}  // namespace bench
