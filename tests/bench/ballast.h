// Memory that is really there before a measurement begins.
//
// A virtual machine may hand its free memory back to the host; the first write to such a page then
// waits for the host, some ten times as long as the program itself needs for it. The stores grow by
// two pages an order, so that the figure would be the host's. Ballast writes to each page before,
// and lets the pages go step by step while the stores grow: all at once, the kernel would hand them
// back within seconds. On a machine that keeps its memory this changes nothing.
// What fails and how: where the machine has less memory to give, the ballast is as much smaller; it
// may be none. Nothing fails.
// Thread rule: one thread.
#pragma once

#include <cstddef>
#include <cstdint>

#include "common/base/value.h"

namespace jieban::bench {

class Ballast {
 public:
  // For `orders`, whose stores grow by `bytes_each`; none: no ballast.
  Ballast(uint64_t orders, uint64_t bytes_each);
  Ballast(const Ballast&) = delete;
  Ballast& operator=(const Ballast&) = delete;
  ~Ballast();

  // Lets go what `orders` need, and some in advance.
  void let_go(uint64_t orders);
  // Size, and what a page cost when it was written first, and once more after it was let go.
  Value facts() const;

 private:
  uint64_t bytes_each_;
  std::byte* begin_ = nullptr;  // what is held still
  std::byte* end_ = nullptr;
  uint64_t bytes_ = 0;
  uint64_t gone_ = 0;
  double first_us_ = 0;
  double again_us_ = 0;
};

}  // namespace jieban::bench
