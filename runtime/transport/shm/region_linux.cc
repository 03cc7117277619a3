#include "runtime/transport/shm/region.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <new>

#include "absl/strings/str_cat.h"
#include "runtime/base/check.h"

namespace ipc {
namespace {

using internal::kMaxRingBytes;
using internal::kMinRingBytes;
using internal::kRegionHeaderBytes;
using internal::RegionHeader;
using internal::RegionMapping;

// FUTURE_WRITE keeps the reader from writing, also through a descriptor that it opens anew by
// /proc, and from punching holes; the writer's mapping is older than the seal.
constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL | F_SEAL_FUTURE_WRITE;

// Since Linux 6.3; a system may insist on it.
#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U
#endif

constexpr uint32_t kAsleepSinceEver = static_cast<uint32_t>(internal::Sleep::kForBytes);

bool IsRingSize(uint64_t bytes) {
  return std::has_single_bit(bytes) && bytes >= kMinRingBytes && bytes <= kMaxRingBytes;
}

UniqueFd MakeMemory() {
  constexpr unsigned kFlags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
  UniqueFd memory(memfd_create("ipc", kFlags | MFD_NOEXEC_SEAL));
  if (memory.is_valid() || errno != EINVAL) return memory;
  return UniqueFd(memfd_create("ipc", kFlags));
}

// The size of the ring in a descriptor that the peer sent.
absl::StatusOr<size_t> CheckRegion(int fd) {
  // Huge pages may run out when they are first read, which would end this process.
  struct statfs system;
  if (fstatfs(fd, &system) != 0 || system.f_type != TMPFS_MAGIC) {
    return absl::InvalidArgumentError("the shared memory is of another kind");
  }
  const int seals = fcntl(fd, F_GET_SEALS);
  if (seals < 0 || (seals & kSeals) != kSeals) {
    return absl::InvalidArgumentError("the shared memory is not sealed");
  }
  struct stat info;
  if (fstat(fd, &info) != 0) return absl::ErrnoToStatus(errno, "fstat");
  const uint64_t size = info.st_size < 0 ? 0 : static_cast<uint64_t>(info.st_size);
  if (size < kRegionHeaderBytes || !IsRingSize(size - kRegionHeaderBytes)) {
    return absl::InvalidArgumentError(absl::StrCat("shared memory of ", size, " bytes"));
  }
  return size - kRegionHeaderBytes;
}

}  // namespace

absl::StatusOr<internal::RegionMapping> internal::RegionMapping::Map(int fd, size_t ring_bytes,
                                                                     Access access) {
  const int protection = access == Access::kWrite ? PROT_READ | PROT_WRITE : PROT_READ;
  const size_t once = kRegionHeaderBytes + ring_bytes;
  // The whole range first, so that nothing else comes to lie in it.
  void* const range =
      mmap(nullptr, once + ring_bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (range == MAP_FAILED) return absl::ErrnoToStatus(errno, "mmap");
  RegionMapping mapping(static_cast<uint8_t*>(range), ring_bytes);
  const auto lay = [&](uint8_t* at, size_t size, off_t offset) {
    return mmap(at, size, protection, MAP_SHARED | MAP_FIXED, fd, offset) != MAP_FAILED;
  };
  if (!lay(mapping.base_, once, 0) || !lay(mapping.base_ + once, ring_bytes, kRegionHeaderBytes)) {
    return absl::ErrnoToStatus(errno, "mmap");
  }
  return mapping;
}

internal::RegionMapping::~RegionMapping() {
  if (base_ != nullptr) munmap(base_, kRegionHeaderBytes + 2 * ring_bytes_);
}

absl::StatusOr<OwnRegion::Created> OwnRegion::Create(size_t ring_bytes) {
  IPC_CHECK(IsRingSize(ring_bytes), "a ring of an impossible size");
  UniqueFd fd = MakeMemory();
  if (!fd.is_valid()) return absl::ErrnoToStatus(errno, "memfd_create");
  if (ftruncate(fd.get(), static_cast<off_t>(kRegionHeaderBytes + ring_bytes)) != 0) {
    return absl::ErrnoToStatus(errno, "ftruncate");
  }
  absl::StatusOr<RegionMapping> mapping =
      RegionMapping::Map(fd.get(), ring_bytes, RegionMapping::Access::kWrite);
  if (!mapping.ok()) return mapping.status();
  if (fcntl(fd.get(), F_ADD_SEALS, kSeals) != 0) return absl::ErrnoToStatus(errno, "F_ADD_SEALS");

  RegionHeader& header = *new (mapping->base()) RegionHeader{};
  header.identity = {.magic = internal::kRegionMagic, .version = internal::kRegionVersion};
  header.waiting.asleep.store(kAsleepSinceEver);
  return Created{OwnRegion(*std::move(mapping)), std::move(fd)};
}

absl::StatusOr<PeerRegion> PeerRegion::Map(const UniqueFd& fd) {
  const absl::StatusOr<size_t> ring_bytes = CheckRegion(fd.get());
  if (!ring_bytes.ok()) return ring_bytes.status();
  absl::StatusOr<RegionMapping> mapping =
      RegionMapping::Map(fd.get(), *ring_bytes, RegionMapping::Access::kRead);
  if (!mapping.ok()) return mapping.status();
  PeerRegion region(*std::move(mapping));
  const RegionHeader::Identity identity = region.header().identity;
  if (identity.magic != internal::kRegionMagic || identity.version != internal::kRegionVersion) {
    return absl::InvalidArgumentError("the shared memory is not that of a pipe");
  }
  return region;
}

}  // namespace ipc
