// Keys that sort in LMDB as their parts sort: big-endian numbers, terminated strings.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "common/base/bytes.h"
#include "common/base/check.h"
#include "common/base/clock.h"

namespace jieban {

constexpr size_t kKeySizeMax = 511;  // LMDB's own limit

inline void append_key(std::string& out, uint64_t part) { append_u64(out, part); }
inline void append_key(std::string& out, Timestamp part) {
  append_u64(out, uint64_t(to_micros(part)) ^ (uint64_t{1} << 63U));  // negative times sort first
}
// REQUIRES: no zero byte inside; callers limit the length when they validate input.
inline void append_key(std::string& out, std::string_view part) {
  CHECK(part.find('\0') == std::string_view::npos);
  out += part;
  out.push_back('\0');
}

template <class... Parts>
std::string make_key(const Parts&... parts) {
  std::string key;
  (append_key(key, parts), ...);
  CHECK(key.size() <= kKeySizeMax);
  return key;
}

// Takes a key apart, in the order in which it was made. REQUIRES: the parts are there.
class KeyReader {
 public:
  explicit KeyReader(std::string_view key) : rest_(key) {}
  uint64_t number() { return read_u64(take(8)); }
  Timestamp time() { return from_micros(int64_t(number() ^ (uint64_t{1} << 63U))); }
  std::string_view text() {
    size_t end = rest_.find('\0');
    CHECK(end != std::string_view::npos);
    std::string_view part = take(end);
    rest_.remove_prefix(1);
    return part;
  }

 private:
  std::string_view take(size_t size) {
    CHECK(rest_.size() >= size);
    std::string_view part = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return part;
  }
  std::string_view rest_;
};

}  // namespace jieban
