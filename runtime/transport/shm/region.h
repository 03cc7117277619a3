// The memory of layout.h, made by the side that writes it and mapped by the other one.
//
// Ownership   A region owns its mappings. The descriptor goes to the peer and is closed here: the
//             mappings stay.
// Threads     Values; move them anywhere.
// Errors      OwnRegion::Create(): what the system refused. PeerRegion::Map(): INVALID_ARGUMENT
//             for a descriptor that is not exactly such a region; the peer sent it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "absl/status/statusor.h"
#include "runtime/base/unique_fd.h"
#include "runtime/transport/shm/layout.h"

namespace ipc {
namespace internal {

// The header, then the ring, then the ring once more.
class RegionMapping {
 public:
  enum class Access { kRead, kWrite };

  static absl::StatusOr<RegionMapping> Map(int fd, size_t ring_bytes, Access access);
  RegionMapping(RegionMapping&& other) noexcept
      : base_(std::exchange(other.base_, nullptr)), ring_bytes_(other.ring_bytes_) {}
  RegionMapping& operator=(RegionMapping&&) = delete;
  ~RegionMapping();

  uint8_t* base() const { return base_; }
  uint8_t* ring() const { return base_ + kRegionHeaderBytes; }
  size_t ring_bytes() const { return ring_bytes_; }

 private:
  RegionMapping(uint8_t* base, size_t ring_bytes) : base_(base), ring_bytes_(ring_bytes) {}

  uint8_t* base_;
  size_t ring_bytes_;
};

}  // namespace internal

// What this process writes.
class OwnRegion {
 public:
  struct Created;

  // `ring_bytes` is a power of two between kMinRingBytes and kMaxRingBytes.
  static absl::StatusOr<Created> Create(size_t ring_bytes = internal::kDefaultRingBytes);

  internal::RegionHeader& header() const {
    return *reinterpret_cast<internal::RegionHeader*>(mapping_.base());
  }
  uint8_t* ring() const { return mapping_.ring(); }
  size_t ring_bytes() const { return mapping_.ring_bytes(); }

 private:
  explicit OwnRegion(internal::RegionMapping mapping) : mapping_(std::move(mapping)) {}

  internal::RegionMapping mapping_;
};

struct OwnRegion::Created {
  OwnRegion region;
  UniqueFd fd;  // for the peer
};

// What the other process writes.
class PeerRegion {
 public:
  // Checks the seals, which nobody can take off again, before anything is mapped.
  static absl::StatusOr<PeerRegion> Map(const UniqueFd& fd);

  const internal::RegionHeader& header() const {
    return *reinterpret_cast<const internal::RegionHeader*>(mapping_.base());
  }
  const uint8_t* ring() const { return mapping_.ring(); }
  size_t ring_bytes() const { return mapping_.ring_bytes(); }

 private:
  explicit PeerRegion(internal::RegionMapping mapping) : mapping_(std::move(mapping)) {}

  internal::RegionMapping mapping_;
};

}  // namespace ipc
