#include "common/crypto/entropy.h"

#include <pthread.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <atomic>

#include "common/base/check.h"

namespace jieban {
namespace {

// About twenty orders' worth: of each a key, its id and two nonces.
constexpr size_t kBlockSize = 2048;

// How many forks this process is away from the first one.
std::atomic<uint64_t> forks = 0;

uint64_t fork_count() {
  static const bool kWatched = [] {
    CHECK(::pthread_atfork(nullptr, nullptr, [] { ++forks; }) == 0);
    return true;
  }();
  (void)kWatched;
  return forks.load(std::memory_order_relaxed);
}

class Block {
 public:
  Block() = default;
  Block(const Block&) = delete;
  Block& operator=(const Block&) = delete;
  ~Block() { sodium_memzero(bytes_.data(), bytes_.size()); }

  void take(uint8_t* out, size_t size) {
    const uint64_t process = fork_count();
    if (left_ < size || process != process_) {
      refill();
      process_ = process;
    }
    uint8_t* from = bytes_.data() + (left_ - size);
    std::copy_n(from, size, out);
    sodium_memzero(from, size);
    left_ -= size;
  }

 private:
  // The system's generator is asked for a seed only: it gives long answers in small, slow pieces.
  void refill() {
    std::array<uint8_t, randombytes_SEEDBYTES> seed{};
    randombytes_buf(seed.data(), seed.size());
    randombytes_buf_deterministic(bytes_.data(), bytes_.size(), seed.data());
    sodium_memzero(seed.data(), seed.size());
    left_ = bytes_.size();
  }

  std::array<uint8_t, kBlockSize> bytes_{};
  size_t left_ = 0;  // unused ones, at the front
  uint64_t process_ = 0;
};

}  // namespace

void fill_random(uint8_t* out, size_t size) {
  if (size > kBlockSize) {
    randombytes_buf(out, size);
    return;
  }
  static thread_local Block block;
  block.take(out, size);
}

}  // namespace jieban
