#include "tests/conformance/random_values.h"

#include <array>
#include <bit>
#include <limits>
#include <string_view>
#include <utility>

namespace ipc {
namespace {

constexpr std::array<std::string_view, 5> kCharacters = {"ß", "€", "中", "🐑", "\x7f"};

void AppendCharacter(RandomEngine& random, std::string& text) {
  const int64_t pick = RandomInRange(random, 0, 9);
  if (pick < 5) {
    text += static_cast<char>(RandomInRange(random, 'a', 'z'));
  } else if (pick < 7) {
    text += static_cast<char>(RandomInRange(random, 0, 127));
  } else {
    text += kCharacters[static_cast<size_t>(RandomInRange(random, 0, 4))];
  }
}

}  // namespace

int64_t RandomInRange(RandomEngine& random, int64_t from, int64_t to) {
  return std::uniform_int_distribution<int64_t>(from, to)(random);
}

bool RandomBool(RandomEngine& random) { return RandomInRange(random, 0, 1) == 1; }

uint64_t RandomBits(RandomEngine& random) {
  const uint64_t power = uint64_t{1} << RandomInRange(random, 0, 63);
  switch (RandomInRange(random, 0, 4)) {
    case 0:
      return 0;
    case 1:
      return power - static_cast<uint64_t>(RandomBool(random));
    case 2:
      return ~power + static_cast<uint64_t>(RandomBool(random));
    default:
      return random() >> RandomInRange(random, 0, 63);
  }
}

double RandomDouble(RandomEngine& random) {
  using Limits = std::numeric_limits<double>;
  static constexpr std::array<double, 8> kSpecial = {0,
                                                     -0.0,
                                                     1,
                                                     Limits::infinity(),
                                                     -Limits::infinity(),
                                                     Limits::quiet_NaN(),
                                                     Limits::max(),
                                                     Limits::denorm_min()};
  if (RandomBool(random)) return kSpecial[static_cast<size_t>(RandomInRange(random, 0, 7))];
  return static_cast<double>(RandomInRange(random, -1'000'000, 1'000'000)) / 64;
}

std::string RandomText(RandomEngine& random) {
  std::string text;
  for (int64_t size = RandomInRange(random, 0, 8); size > 0; --size) AppendCharacter(random, text);
  return text;
}

std::string RandomBytes(RandomEngine& random, int64_t size) {
  std::string bytes;
  for (; size > 0; --size) bytes += static_cast<char>(RandomInRange(random, -128, 127));
  return bytes;
}

Value RandomValue(RandomEngine& random, int depth) {
  switch (RandomInRange(random, 0, depth > 0 ? 7 : 5)) {
    case 0:
      return nullptr;
    case 1:
      return RandomBool(random);
    case 2:
      return std::bit_cast<int64_t>(RandomBits(random));
    case 3:
      return RandomDouble(random);
    case 4:
      return RandomText(random);
    case 5: {
      const std::string bytes = RandomBytes(random, RandomInRange(random, 0, 5));
      return Bytes(bytes.begin(), bytes.end());
    }
    case 6: {
      Array array;
      for (int64_t size = RandomInRange(random, 0, 3); size > 0; --size) {
        array.push_back(RandomValue(random, depth - 1));
      }
      return array;
    }
    default: {
      Object object;
      for (int64_t size = RandomInRange(random, 0, 3); size > 0; --size) {
        object.Set((RandomBool(random) ? "$" : "") + RandomText(random),
                   RandomValue(random, depth - 1));
      }
      return object;
    }
  }
}

}  // namespace ipc
