// How often each duration was measured, in buckets of less than one percent of their value.
//
// A bucket is an octave and its 128th part, `octave * 128 + part`; runner/histogram.py and
// subjects/node.js count alike.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <ostream>

namespace bench {

class Histogram {
 public:
  void Add(int64_t ns) { ++counts_[BucketOf(ns)]; }

  // As JSON: [[bucket, count], ...].
  void Print(std::ostream& out) const {
    const char* separator = "";
    out << "[";
    for (size_t bucket = 0; bucket < counts_.size(); ++bucket) {
      if (counts_[bucket] == 0) continue;
      out << separator << "[" << bucket << "," << counts_[bucket] << "]";
      separator = ",";
    }
    out << "]";
  }

 private:
  static constexpr int kPartBits = 7;
  static constexpr size_t kOctaves = 40;  // to eighteen minutes

  static size_t BucketOf(int64_t ns) {
    const uint64_t value = ns < 1 ? 1 : static_cast<uint64_t>(ns);
    const int octave = std::bit_width(value) - 1;
    const uint64_t part =
        octave < kPartBits ? value << (kPartBits - octave) : value >> (octave - kPartBits);
    const size_t bucket = (static_cast<size_t>(octave) << kPartBits) + (part & 127);
    return bucket < (kOctaves << kPartBits) ? bucket : (kOctaves << kPartBits) - 1;
  }

  std::array<uint64_t, kOctaves << kPartBits> counts_{};
};

}  // namespace bench
