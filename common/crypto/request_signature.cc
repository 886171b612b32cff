#include "common/crypto/request_signature.h"

#include <algorithm>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"

namespace jieban {
namespace {

Error refused(std::string message) { return {ErrorCode::unauthenticated, std::move(message)}; }

// A line break inside a field would let two different requests share one canonical text.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

// Compared in milliseconds on both sides of now, without ever subtracting a foreign number.
bool is_within(int64_t timestamp_ms, Timestamp now, Duration window) {
  const int64_t now_ms = to_micros(now) / 1000;
  const int64_t window_ms = std::chrono::duration_cast<std::chrono::milliseconds>(window).count();
  return timestamp_ms >= now_ms - window_ms && timestamp_ms <= now_ms + window_ms;
}

}  // namespace

std::string sign_request(const SignedRequest& request, std::string_view secret) {
  std::string text(request.app_id);
  text.append("\n").append(std::to_string(request.timestamp_ms));
  text.append("\n").append(request.nonce);
  text.append("\n").append(to_hex(sha256(request.body)));
  return to_hex(hmac_sha256(secret, text));
}

Result<void> verify_request(const SignedRequest& request, std::string_view secret, Timestamp now,
                            Duration window) {
  if (secret.empty()) return refused("no secret is set for this application");
  if (request.app_id.empty() || !is_plain(request.app_id)) {
    return refused("the application id is empty or not plain ASCII");
  }
  if (request.nonce.size() < kNonceSizeMin || request.nonce.size() > kNonceSizeMax ||
      !is_plain(request.nonce)) {
    return refused("the nonce is not 8 to 64 plain ASCII characters");
  }
  if (!is_within(request.timestamp_ms, now, window)) {
    return refused("the timestamp is outside the accepted window");
  }
  if (!equal_constant_time(request.signature, sign_request(request, secret))) {
    return refused("the signature does not fit");
  }
  return {};
}

Result<void> NonceMemory::remember(const SignedRequest& request, Timestamp now) {
  forget(now);
  std::string key = std::string(request.app_id).append("\n").append(request.nonce);
  if (seen_.contains(key)) return refused("the nonce was used before");
  if (seen_.size() >= count_max_) {
    return Error{ErrorCode::unavailable, "too many signed requests within the window"};
  }
  // The timestamp may lie a window ahead of now and is then accepted for two windows from now.
  queue_.push_back({now + 2 * window_, key});
  seen_.insert(std::move(key));
  return {};
}

void NonceMemory::forget(Timestamp now) {
  while (!queue_.empty() && queue_.front().forget_after < now) {
    seen_.erase(queue_.front().key);
    queue_.pop_front();
  }
}

}  // namespace jieban
