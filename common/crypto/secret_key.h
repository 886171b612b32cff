// SecretKey: 32 bytes that leave memory with their owner.
//
// Promises: wiped on destruction, on move and on assignment; cannot be copied by accident, printed
// or compared in a way that leaks time.
// Fails: from_bytes() returns `invalid` for any other length; the message never holds the bytes.
// Thread rule: a value; no sharing of its own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "common/base/result.h"

namespace jieban {

class SecretKey {
 public:
  static constexpr size_t kSize = 32;

  static SecretKey generate();
  static Result<SecretKey> from_bytes(std::string_view bytes);

  SecretKey(const SecretKey&) = delete;
  SecretKey& operator=(const SecretKey&) = delete;
  SecretKey(SecretKey&& other) noexcept;
  SecretKey& operator=(SecretKey&& other) noexcept;
  ~SecretKey();

  SecretKey copy() const;
  // For the cipher and for the keyring; never for a log line or an error message.
  std::string_view bytes() const;
  bool operator==(const SecretKey& other) const;

  template <class Stream>
  friend Stream& operator<<(Stream& out, const SecretKey&) = delete;

 private:
  SecretKey() = default;

  std::array<uint8_t, kSize> bytes_{};
};

// Overwrites a string that held a secret, in a way the compiler may not leave out.
void wipe(std::string& secret);

}  // namespace jieban
