// A map from the names of channels, for those tables that each message is looked up in.
//
// Names are short and the program's own, so their hash need not resist anybody who chooses them: it
// costs a few multiplications.
//
// Threads     A value, as absl::flat_hash_map is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"

namespace ipc {

struct ChannelHash {
  using is_transparent = void;

  size_t operator()(std::string_view name) const {
    const char* at = name.data();
    size_t left = name.size();
    uint64_t hash = left;
    for (; left > sizeof(uint64_t); at += sizeof(uint64_t), left -= sizeof(uint64_t)) {
      hash = Mix(hash, at, sizeof(uint64_t));
    }
    return static_cast<size_t>(Mix(hash, at, left));
  }

 private:
  static uint64_t Mix(uint64_t hash, const char* at, size_t size) {
    constexpr uint64_t kOddAndDense = 0x9e3779b97f4a7c15;  // 2^64 over the golden ratio
    uint64_t word = 0;
    std::memcpy(&word, at, size);
    hash = (hash ^ word) * kOddAndDense;
    return hash ^ (hash >> 32);
  }
};

struct SameChannel {
  using is_transparent = void;

  bool operator()(std::string_view one, std::string_view other) const { return one == other; }
};

// Found by a std::string_view; its keys are owned.
template <typename T>
using ChannelMap = absl::flat_hash_map<std::string, T, ChannelHash, SameChannel>;

}  // namespace ipc
