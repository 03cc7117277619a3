// Names of all lengths are told apart, found by a view, and spread.
#include "runtime/base/channel_map.h"

#include <string>
#include <string_view>
#include <unordered_set>

#include "gtest/gtest.h"

namespace ipc {
namespace {

TEST(ChannelMapTest, NamesOfAllLengthsAreFoundAgainByAView) {
  ChannelMap<size_t> map;
  for (size_t length = 0; length <= 40; ++length) map[std::string(length, 'x')] = length;

  ASSERT_EQ(map.size(), 41U);
  for (size_t length = 0; length <= 40; ++length) {
    const std::string name(length, 'x');
    const auto found = map.find(std::string_view(name));
    ASSERT_NE(found, map.end());
    EXPECT_EQ(found->second, length);
  }
}

TEST(ChannelMapTest, NamesThatDifferInOneByteHaveHashesThatDiffer) {
  const std::string name = "editor.Documents.Save.Everything";
  std::unordered_set<size_t> hashes = {ChannelHash()(name)};
  for (size_t i = 0; i < name.size(); ++i) {
    for (char other = 'A'; other <= 'Z'; ++other) {
      std::string changed = name;
      changed[i] = changed[i] == other ? '.' : other;
      hashes.insert(ChannelHash()(changed));
    }
  }

  // The map takes seven of the bits to tell entries apart, and the others to place them.
  std::unordered_set<size_t> low, high;
  for (const size_t hash : hashes) {
    low.insert(hash & 0x7f);
    high.insert((hash >> 7) & 0xff);
  }
  EXPECT_GE(hashes.size(), 1 + name.size() * 25);
  EXPECT_EQ(low.size(), 128U);
  EXPECT_GE(high.size(), 240U);
}

}  // namespace
}  // namespace ipc
