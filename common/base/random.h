// Chance, as a parameter: the system's generator in production, a seeded one in tests.
#pragma once

#include <cstdint>
#include <string>

namespace jieban {

class Random {
 public:
  virtual ~Random() = default;
  virtual uint64_t next() = 0;
  // Uniform in [0, bound). REQUIRES: bound > 0.
  uint64_t below(uint64_t bound);
};

// getrandom(2). Fit for identifiers; keys come from common/crypto.
class SystemRandom : public Random {
 public:
  uint64_t next() override;
};

// splitmix64: the same seed gives the same numbers on every machine.
class SeededRandom : public Random {
 public:
  explicit SeededRandom(uint64_t seed) : state_(seed) {}
  uint64_t next() override;

 private:
  uint64_t state_;
};

}  // namespace jieban
