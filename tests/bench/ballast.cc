#include "tests/bench/ballast.h"

#include <sys/mman.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include <algorithm>

#include "common/base/clock.h"
#include "tests/bench/processors.h"

namespace jieban::bench {
namespace {

constexpr uint64_t kInAdvance = 128u << 20;  // the kernel writes back late
constexpr uint64_t kStep = 1u << 20;         // let go at once
constexpr uint64_t kBytesMax = 6ull << 30;   // a long run finds its own memory after a while
constexpr uint64_t kShareOfFree = 2;         // at most half of what is free
constexpr uint64_t kProbeBytes = 64u << 20;  // few enough to be measured before it is handed back

uint64_t page_bytes() { return uint64_t(sysconf(_SC_PAGESIZE)); }

std::byte* map(uint64_t bytes) {
  void* const at = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (at == MAP_FAILED) return nullptr;
  madvise(at, bytes, MADV_NOHUGEPAGE);  // pages as the page cache takes them
  return static_cast<std::byte*>(at);
}

// Returns what a page took, in microseconds.
double write_each_page(std::byte* begin, uint64_t bytes) {
  const uint64_t page = page_bytes();
  const uint64_t pages = bytes / page;
  const Duration before = monotonic_now();
  for (uint64_t at = 0; at < bytes; at += page) begin[at] = std::byte{1};
  return double((monotonic_now() - before).count()) / double(pages);
}

uint64_t free_bytes() {
  struct sysinfo info {};
  return sysinfo(&info) == 0 ? uint64_t(info.freeram) * info.mem_unit : 0;
}

}  // namespace

Ballast::Ballast(uint64_t orders, uint64_t bytes_each) : bytes_each_(bytes_each) {
  const uint64_t wanted = orders == 0 ? 0 : orders * bytes_each + kInAdvance;
  bytes_ = std::min({wanted, kBytesMax, free_bytes() / kShareOfFree}) / kStep * kStep;
  begin_ = bytes_ > kProbeBytes ? map(bytes_) : nullptr;
  if (begin_ == nullptr) {
    bytes_ = 0;
    return;
  }
  end_ = begin_ + bytes_;
  first_us_ = write_each_page(begin_, bytes_);
  madvise(begin_, kProbeBytes, MADV_DONTNEED);
  again_us_ = write_each_page(begin_, kProbeBytes);
}

Ballast::~Ballast() {
  if (begin_ != end_) munmap(begin_, size_t(end_ - begin_));
}

void Ballast::let_go(uint64_t orders) {
  const uint64_t due = std::min(orders * bytes_each_ + kInAdvance, bytes_) / kStep * kStep;
  if (due <= gone_) return;
  munmap(begin_, due - gone_);
  begin_ += due - gone_;
  gone_ = due;
}

Value Ballast::facts() const {
  Value out;
  return out.set("mib", bytes_ >> 20)
      .set("first_write_us_per_page", rounded(first_us_, 2))
      .set("later_write_us_per_page", rounded(again_us_, 2));
}

}  // namespace jieban::bench
