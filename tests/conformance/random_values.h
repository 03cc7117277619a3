// Random scalars, texts and JSON values, edge cases more often than chance would have it.
//
// Threads     One random engine, one thread.
#pragma once

#include <cstdint>
#include <random>
#include <string>

#include "runtime/value/value.h"

namespace ipc {

using RandomEngine = std::mt19937_64;

// Uniform, both ends included.
int64_t RandomInRange(RandomEngine& random, int64_t from, int64_t to);
bool RandomBool(RandomEngine& random);

// 64 bits of every magnitude: small numbers, large ones, and those next to powers of two.
uint64_t RandomBits(RandomEngine& random);
// Of every magnitude; infinities, NaN, both zeros.
double RandomDouble(RandomEngine& random);

// Valid UTF-8 of characters of one to four bytes, NUL among them.
std::string RandomText(RandomEngine& random);
std::string RandomBytes(RandomEngine& random, int64_t size);

// Of any kind; arrays and objects at most `depth` deep.
Value RandomValue(RandomEngine& random, int depth);

}  // namespace ipc
