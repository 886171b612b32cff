#include "daemons/router/reuse_table.h"

#include <vector>

namespace jieban {
namespace {

constexpr size_t kUnitBytesMax = 200;  // of a key; two units that long may be taken for one

}  // namespace

Result<std::optional<ReuseNote>> ReuseTable::note(const ReusePolicy& policy, const NewText& text,
                                                  Step& step) {
  const std::string prefix = make_key(std::string_view(text.unit).substr(0, kUnitBytesMax));
  std::optional<ReuseNote> closest;
  std::vector<std::string> kept;
  std::vector<std::string> forgotten;
  auto scanned =
      texts_.scan(step.store(), prefix, [&](std::string_view key, const KnownText& known) {
        if (!key.starts_with(prefix)) return false;
        const Timestamp at = KeyReader(key.substr(prefix.size())).time();
        if (is_too_old(policy, at, step.now())) {
          forgotten.emplace_back(key);
          return true;
        }
        kept.emplace_back(key);
        compare(policy, {known.order_no, at, known.signature.data}, text.order_no, text.signature,
                closest);
        return true;
      });
  if (!scanned.ok()) return scanned.error();
  // The oldest stand first; one comes on top.
  for (size_t i = 0; i + policy.texts_per_unit <= kept.size(); ++i) forgotten.push_back(kept[i]);
  for (const std::string& key : forgotten) {
    auto erased = texts_.erase(step.store(), key);
    if (!erased.ok()) return erased.error();
  }
  const std::string key = prefix + make_key(step.now(), text.order_id);
  RETURN_IF_ERROR(texts_.put(step.store(), key, {text.order_no, Bytes{text.signature}}));
  return closest;
}

}  // namespace jieban
