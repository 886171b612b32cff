// Signed requests (DOMAIN §14.3): a counterpart proves who it is, and cannot be played back.
//
// signature = hex(HMAC-SHA256(secret, app_id \n timestamp \n nonce \n hex(SHA-256(body)))), all
// hexadecimal in lower case.
// Promises: comparison in constant time; a request is taken once, within the window around now.
// Fails: `unauthenticated`, with a message that says which check failed and holds no secret.
// Survives a crash: nothing; after a restart a nonce could be replayed within its window. The
// receiver's own deduplication (batch_id) makes such a replay an answer, not a second order.
// Thread rule: verify_request() from any thread; NonceMemory from one.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_set>

#include "common/base/clock.h"
#include "common/base/result.h"

namespace jieban {

constexpr std::chrono::minutes kSignatureWindow{5};
constexpr size_t kNonceSizeMin = 8;
constexpr size_t kNonceSizeMax = 64;

struct SignedRequest {
  std::string_view app_id;
  int64_t timestamp_ms = 0;
  std::string_view nonce;
  std::string_view signature;
  std::string_view body;
};

// What a client puts into X-Sign; the signature member is not read.
std::string sign_request(const SignedRequest& request, std::string_view secret);

Result<void> verify_request(const SignedRequest& request, std::string_view secret, Timestamp now,
                            Duration window = kSignatureWindow);

// Remembers the nonces of verified requests for as long as their timestamp could be accepted.
class NonceMemory {
 public:
  // 65,536 nonces: 109 verified requests a second over the ten minutes that one may be accepted.
  explicit NonceMemory(Duration window = kSignatureWindow, size_t count_max = 65536)
      : window_(window), count_max_(count_max) {}

  // Call after verify_request() only, or strangers fill it. `unauthenticated` when seen before,
  // `unavailable` when full: a nonce is never forgotten early to make room.
  Result<void> remember(const SignedRequest& request, Timestamp now);
  size_t count() const { return seen_.size(); }

 private:
  struct Entry {
    Timestamp forget_after;
    std::string key;
  };

  void forget(Timestamp now);

  Duration window_;
  size_t count_max_;
  std::deque<Entry> queue_;
  std::unordered_set<std::string> seen_;
};

}  // namespace jieban
