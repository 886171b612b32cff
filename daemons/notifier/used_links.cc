#include "daemons/notifier/used_links.h"

#include <utility>
#include <vector>

namespace jieban {
namespace {

// Each new one makes room for itself, and a little more.
constexpr size_t kForgottenAtOnce = 16;

}  // namespace

Result<void> UsedLinks::open(TableOpener& opener) {
  RETURN_IF_ERROR(used_.open(opener, "used_links"));
  return ends_.open(opener, "used_links_until");
}

Result<bool> UsedLinks::has(const Transaction& txn, const std::string& notice_id,
                            const std::string& person) const {
  auto known = used_.get(txn, make_key(notice_id, person));
  if (!known.ok()) return known.error();
  return known->has_value();
}

Result<void> UsedLinks::add(Transaction& txn, const std::string& notice_id,
                            const std::string& person, Timestamp until, Timestamp now) const {
  const std::string key = make_key(notice_id, person);
  auto known = used_.get(txn, key);
  if (!known.ok()) return known.error();
  if (*known) {
    if ((*known)->until >= until) return {};
    auto moved = ends_.erase(txn, make_key((*known)->until, notice_id, person));
    if (!moved.ok()) return moved.error();
  }
  RETURN_IF_ERROR(used_.put(txn, key, {until}));
  RETURN_IF_ERROR(ends_.put(txn, make_key(until, notice_id, person), {until}));
  return forget(txn, now);
}

Result<void> UsedLinks::forget(Transaction& txn, Timestamp now) const {
  auto count = used_.count(txn);
  if (!count.ok()) return count.error();
  std::vector<std::pair<std::string, std::string>> gone;  // the keys of both tables
  RETURN_IF_ERROR(ends_.scan(txn, {}, [&](std::string_view key, const UsedLink& link) {
    const bool too_many = *count > kCountMax + gone.size();
    if (gone.size() == kForgottenAtOnce || (link.until > now && !too_many)) return false;
    KeyReader reader(key);
    reader.time();
    const std::string notice_id(reader.text());
    gone.emplace_back(key, make_key(notice_id, reader.text()));
    return true;
  }));
  for (const auto& [end, link] : gone) {
    auto erased = ends_.erase(txn, end);
    if (!erased.ok()) return erased.error();
    erased = used_.erase(txn, link);
    if (!erased.ok()) return erased.error();
  }
  return {};
}

}  // namespace jieban
