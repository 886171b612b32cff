#include "daemons/notifier/ack_link.h"

#include "common/base/bytes.h"
#include "common/base/check.h"
#include "common/crypto/base64.h"
#include "common/crypto/hashes.h"
#include "common/daemon/credentials.h"

namespace jieban {
namespace {

constexpr char kVersion = 1;
constexpr size_t kSignatureSize = 16;
constexpr size_t kIdMax = 255;
constexpr size_t kHeadSize = 1 + 8 + 1;  // version, expiry, length of the person's id
constexpr size_t kTokenMax = 1024;
// Keeps these signatures apart from any other use of the key.
constexpr std::string_view kPurpose = "jieban acknowledgement link\n";

Error forged() { return {ErrorCode::unauthenticated, "链接无效"}; }

}  // namespace

Result<AckLinks> AckLinks::load(const Settings& settings) {
  auto directory = keys_directory(settings.text("keys.directory"));
  if (!directory.ok()) return directory.error();
  auto key = load_key(*directory, "link.key");
  if (!key.ok()) return key.error();
  std::string base = settings.text("links.base");
  while (base.ends_with('/')) base.pop_back();
  const bool is_address = base.starts_with("http://") || base.starts_with("https://");
  if (!base.empty() && !is_address) {
    return invalid("links.base is written like https://desk.example, or is empty");
  }
  return AckLinks(std::move(*key), std::move(base), settings.duration("links.valid_for"));
}

std::string AckLinks::url(const std::string& notice_id, const std::string& person,
                          Timestamp now) const {
  if (base_.empty()) return {};
  return base_ + "/a/" + token({notice_id, person, now + valid_for_});
}

std::string AckLinks::signature(std::string_view payload) const {
  return hmac_sha256(key_.bytes(), std::string(kPurpose) + std::string(payload))
      .substr(0, kSignatureSize);
}

std::string AckLinks::token(const AckClaim& claim) const {
  CHECK(!claim.person.empty() && claim.person.size() <= kIdMax);
  CHECK(!claim.notice_id.empty() && claim.notice_id.size() <= kIdMax);
  CHECK(to_micros(claim.expires_at) > 0);
  std::string payload(1, kVersion);
  append_u64(payload, uint64_t(to_micros(claim.expires_at)) / 1'000'000);
  payload += char(claim.person.size());
  payload += claim.person + claim.notice_id;
  return to_base64_url(payload + signature(payload));
}

Result<AckClaim> AckLinks::read(std::string_view token, Timestamp now) const {
  auto bytes = token.size() <= kTokenMax ? from_base64_url(token) : std::nullopt;
  if (!bytes || bytes->size() < kHeadSize + kSignatureSize) return forged();
  const std::string_view payload =
      std::string_view(*bytes).substr(0, bytes->size() - kSignatureSize);
  const std::string_view signed_by = std::string_view(*bytes).substr(payload.size());
  if (!equal_constant_time(signature(payload), signed_by)) return forged();
  // What follows was written by token() under this key.
  const size_t person_size = static_cast<unsigned char>(payload[kHeadSize - 1]);
  if (payload.front() != kVersion || payload.size() <= kHeadSize + person_size) return forged();
  AckClaim claim;
  claim.expires_at = from_micros(int64_t(read_u64(payload.substr(1, 8))) * 1'000'000);
  claim.person = payload.substr(kHeadSize, person_size);
  claim.notice_id = payload.substr(kHeadSize + person_size);
  if (now >= claim.expires_at) return Error{ErrorCode::refused, "链接已过期"};
  return claim;
}

}  // namespace jieban
