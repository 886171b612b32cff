// The load's orders: invented ones of exactly 500 bytes of JSON each.
//
// Thread rule: const after it is made; may be shared.
#pragma once

#include <cstdint>
#include <string>

#include "common/base/clock.h"

namespace jieban::bench {

constexpr size_t kOrderBytes = 500;

class OrderText {
 public:
  // Orders called in at about `now`.
  explicit OrderText(Timestamp now);
  // Appends order `number` (below 10^9) as a JSON object of kOrderBytes.
  void append(uint64_t number, std::string& out) const;
  // The body of a push of orders [first, first + count).
  std::string batch(uint64_t first, uint64_t count) const;

 private:
  std::string day_;    // "261122"
  std::string times_;  // the members that tell a time
};

}  // namespace jieban::bench
