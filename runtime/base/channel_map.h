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
    const size_t size = name.size();
    uint64_t hash = size;
    if (size < kWord) {
      for (const char byte : name) hash = hash << 8 | static_cast<uint8_t>(byte);
      return static_cast<size_t>(Mix(hash, 0));
    }
    // The last word overlaps the one before it: no loads of less than a word.
    for (size_t at = 0; at + kWord < size; at += kWord) hash = Mix(hash, Load(&name[at]));
    return static_cast<size_t>(Mix(hash, Load(&name[size - kWord])));
  }

 private:
  static constexpr size_t kWord = sizeof(uint64_t);

  static uint64_t Load(const char* at) {
    uint64_t word;
    std::memcpy(&word, at, kWord);
    return word;
  }
  static uint64_t Mix(uint64_t hash, uint64_t word) {
    constexpr uint64_t kOddAndDense = 0x9e3779b97f4a7c15;  // 2^64 over the golden ratio
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
