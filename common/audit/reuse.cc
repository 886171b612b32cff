#include "common/audit/reuse.h"

#include <tuple>

#include "common/audit/text_signature.h"

namespace jieban {

bool is_comparable(const ReusePolicy& policy, const TextFacts& facts) {
  return facts.signature && facts.characters >= policy.characters_min;
}

bool is_too_old(const ReusePolicy& policy, Timestamp text_at, Timestamp now) {
  return text_at + std::chrono::days(policy.days) < now;
}

void compare(const ReusePolicy& policy, const EarlierText& earlier, const std::string& order_no,
             const std::string& signature, std::optional<ReuseNote>& closest) {
  if (earlier.order_no == order_no) return;
  const uint64_t permille = likeness(earlier.signature, signature);
  if (permille < policy.permille) return;
  const bool closer =
      !closest || std::tie(closest->permille, closest->at) < std::tie(permille, earlier.at);
  if (closer) closest = ReuseNote{earlier.order_no, earlier.at, permille};
}

}  // namespace jieban
