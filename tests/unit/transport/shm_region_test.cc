// The memory: what may be mapped, and what its seals refuse.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"
#include "runtime/transport/shm/region.h"

namespace ipc::internal {
namespace {

constexpr int kAllSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL | F_SEAL_FUTURE_WRITE;

// A memfd as somebody else may make one.
UniqueFd MakeMemory(size_t size, int seals, unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING) {
  UniqueFd fd(memfd_create("test", flags));
  EXPECT_EQ(ftruncate(fd.get(), static_cast<off_t>(size)), 0);
  EXPECT_EQ(fcntl(fd.get(), F_ADD_SEALS, seals), 0);
  return fd;
}

absl::Status RefusalOf(const UniqueFd& fd) { return PeerRegion::Map(fd).status(); }

TEST(ShmRegionTest, WhatOneSideWritesTheOtherReads) {
  OwnRegion::Created own = *OwnRegion::Create(kMinRingBytes);
  PeerRegion peer = *PeerRegion::Map(own.fd);

  own.region.ring()[5] = 77;
  own.region.header().sending.written = 8;

  EXPECT_EQ(peer.ring_bytes(), kMinRingBytes);
  EXPECT_EQ(peer.ring()[5], 77);
  EXPECT_EQ(peer.header().sending.written, 8u);
}

TEST(ShmRegionTest, TheRingGoesOnWhereItEnds) {
  OwnRegion::Created own = *OwnRegion::Create(kMinRingBytes);
  PeerRegion peer = *PeerRegion::Map(own.fd);

  own.region.ring()[kMinRingBytes + 3] = 77;

  EXPECT_EQ(peer.ring()[3], 77);
  EXPECT_EQ(peer.ring()[kMinRingBytes + 3], 77);
}

TEST(ShmRegionTest, NobodyWhoHasTheDescriptorCanWriteOrShrinkOrPunchHoles) {
  OwnRegion::Created own = *OwnRegion::Create(kMinRingBytes);
  const int fd = own.fd.get();
  const UniqueFd anew(open(absl::StrCat("/proc/self/fd/", fd).c_str(), O_RDWR | O_CLOEXEC));

  for (int each : {fd, anew.get()}) {
    EXPECT_EQ(mmap(nullptr, kMinRingBytes, PROT_WRITE, MAP_SHARED, each, 0), MAP_FAILED);
    EXPECT_EQ(pwrite(each, "x", 1, 0), -1);
    EXPECT_EQ(ftruncate(each, 0), -1);
    EXPECT_EQ(ftruncate(each, 64 << 20), -1);
    EXPECT_EQ(fallocate(each, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 4096), -1);
    EXPECT_EQ(fcntl(each, F_ADD_SEALS, F_SEAL_WRITE), -1);
  }
}

TEST(ShmRegionTest, ARegionWithoutOneOfTheSealsIsRefused) {
  for (int missing : {F_SEAL_SHRINK, F_SEAL_GROW, F_SEAL_SEAL, F_SEAL_FUTURE_WRITE}) {
    const UniqueFd fd = MakeMemory(kRegionHeaderBytes + kMinRingBytes, kAllSeals & ~missing);

    EXPECT_EQ(RefusalOf(fd), absl::InvalidArgumentError("the shared memory is not sealed"))
        << missing;
  }
}

TEST(ShmRegionTest, ARegionOfAnImpossibleSizeIsRefused) {
  for (size_t size :
       {size_t{0}, kRegionHeaderBytes - 1, kRegionHeaderBytes,
        kRegionHeaderBytes + kMinRingBytes / 2, kRegionHeaderBytes + kMinRingBytes - 1,
        kRegionHeaderBytes + kMinRingBytes + 1, kRegionHeaderBytes + kMinRingBytes * 3,
        kRegionHeaderBytes + kMaxRingBytes * 2}) {
    const UniqueFd fd = MakeMemory(size, kAllSeals);

    EXPECT_EQ(RefusalOf(fd),
              absl::InvalidArgumentError(absl::StrCat("shared memory of ", size, " bytes")));
  }
}

TEST(ShmRegionTest, ARegionWithoutItsMagicOrOfAnotherVersionIsRefused) {
  for (const RegionHeader::Identity& identity :
       {RegionHeader::Identity{.magic = 0, .version = kRegionVersion},
        RegionHeader::Identity{.magic = kRegionMagic, .version = kRegionVersion + 1}}) {
    const UniqueFd fd = MakeMemory(kRegionHeaderBytes + kMinRingBytes, 0);
    ASSERT_EQ(pwrite(fd.get(), &identity, sizeof identity, 0), ssize_t{sizeof identity});
    ASSERT_EQ(fcntl(fd.get(), F_ADD_SEALS, kAllSeals), 0);

    EXPECT_EQ(RefusalOf(fd), absl::InvalidArgumentError("the shared memory is not that of a pipe"));
  }
}

TEST(ShmRegionTest, WhatIsNoMemoryAtAllIsRefused) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
  const UniqueFd read_end(ends[0]);
  const UniqueFd write_end(ends[1]);
  const UniqueFd file(open("/proc/self/exe", O_RDONLY | O_CLOEXEC));

  for (const UniqueFd* fd : {&read_end, &file}) {
    EXPECT_EQ(RefusalOf(*fd), absl::InvalidArgumentError("the shared memory is of another kind"));
  }
}

TEST(ShmRegionTest, AFileOfAFileSystemInMemoryIsRefused) {
  const UniqueFd fd(open("/dev/shm", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (!fd.is_valid()) GTEST_SKIP() << "no /dev/shm here";
  ASSERT_EQ(ftruncate(fd.get(), kRegionHeaderBytes + kMinRingBytes), 0);

  EXPECT_EQ(RefusalOf(fd), absl::InvalidArgumentError("the shared memory is not sealed"));
}

}  // namespace
}  // namespace ipc::internal
