#include "common/base/random.h"

#include <sys/random.h>

#include "common/base/check.h"

namespace jieban {

uint64_t Random::below(uint64_t bound) {
  CHECK(bound > 0);
  // The 128-bit product maps the whole range evenly enough: the bias is below bound / 2^64.
  return uint64_t((static_cast<__uint128_t>(next()) * bound) >> 64U);
}

uint64_t SystemRandom::next() {
  uint64_t value = 0;
  CHECK(getrandom(&value, sizeof value, 0) == sizeof value);
  return value;
}

uint64_t SeededRandom::next() {
  state_ += 0x9e3779b97f4a7c15ULL;
  uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
  return mixed ^ (mixed >> 31U);
}

}  // namespace jieban
