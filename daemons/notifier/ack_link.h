// Signed links by which a person says "I have it": one notice, one person, until a time.
//
//   token = base64url(version, expiry, person, notice, first 16 bytes of HMAC-SHA256)
//
// Promises: whoever lacks the key can make no token and change none; comparison takes the same time
// wherever two differ. The address shows no personal data: the person is an id inside of the token.
// What fails and how: `unauthenticated` for what we have not signed, `refused` for what has
// expired.
// Thread rule: immutable. That a link is good once is for the core to keep (used_links.h).
#pragma once

#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/config/settings.h"
#include "common/crypto/secret_key.h"

namespace jieban {

struct AckClaim {
  std::string notice_id;
  std::string person;
  Timestamp expires_at;  // whole seconds

  bool operator==(const AckClaim&) const = default;
};

class AckLinks {
 public:
  // `base`: what stands before "/a/...", as phones reach it: "https://desk.example". Empty: notices
  // carry no links.
  AckLinks(SecretKey key, std::string base, Duration valid_for)
      : key_(std::move(key)), base_(std::move(base)), valid_for_(valid_for) {}
  // By link.key of the keys directory, links.base and links.valid_for. Fails as load_key() does,
  // and with `invalid` for an address that is none.
  static Result<AckLinks> load(const Settings& settings);

  // REQUIRES: neither id is empty or longer than 255 bytes; expires_at lies after 1970.
  std::string token(const AckClaim& claim) const;
  Result<AckClaim> read(std::string_view token, Timestamp now) const;
  // What goes into a message of now; empty where there is no base.
  std::string url(const std::string& notice_id, const std::string& person, Timestamp now) const;
  // When each link that was made by now has expired, as long as links.valid_for is what it was.
  Timestamp all_expired(Timestamp now) const { return now + valid_for_; }

 private:
  std::string signature(std::string_view payload) const;

  SecretKey key_;
  std::string base_;
  Duration valid_for_;
};

}  // namespace jieban
