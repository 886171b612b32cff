#include "daemons/notifier/mask_tag.h"

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "common/daemon/credentials.h"
#include "daemons/notifier/safe_text.h"

namespace jieban {
namespace {

// Fewer than safe_text() would take for a number.
constexpr size_t kBytes = 3;
constexpr std::string_view kPurpose = "jieban masked label\n";

}  // namespace

Result<MaskTag> MaskTag::load(const Settings& settings) {
  auto directory = keys_directory(settings.text("keys.directory"));
  if (!directory.ok()) return directory.error();
  auto key = load_key(*directory, "link.key");
  if (!key.ok()) return key.error();
  return MaskTag(std::move(*key));
}

std::string MaskTag::of(std::string_view text) const {
  const std::string hash = hmac_sha256(key_.bytes(), std::string(kPurpose) + std::string(text));
  return "#" + to_hex(hash.substr(0, kBytes));
}

std::string masked_label(std::string_view value, const LabelTag& tag) {
  std::string safe = safe_text(value);
  if (tag && safe != value) safe += tag(value);
  return safe;
}

}  // namespace jieban
