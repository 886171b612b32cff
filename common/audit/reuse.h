// 套用模板: a text that is much like an earlier one of the same unit (DOMAIN §7.2), found by
// signatures. Whoever keeps the earlier ones bounds them by ReusePolicy. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/audit/checklist.h"
#include "common/domain/audit_note.h"

namespace jieban {

struct EarlierText {
  std::string order_no;
  Timestamp at;
  std::string signature;
};

// Whether a text is long enough to be compared, and to be kept for later ones.
bool is_comparable(const ReusePolicy& policy, const TextFacts& facts);

// Whether a text of this time is one that later ones are no longer compared with.
bool is_too_old(const ReusePolicy& policy, Timestamp text_at, Timestamp now);

// Notes in `closest` the earlier text if it is like this one beyond the policy's measure and more
// than the closest so far; of equally close ones the later. A text is never compared with one of
// its own order.
void compare(const ReusePolicy& policy, const EarlierText& earlier, const std::string& order_no,
             const std::string& signature, std::optional<ReuseNote>& closest);

}  // namespace jieban
