// Notices in the order in which they were made.
#include "daemons/notifier/notice_tables.h"

namespace jieban {
namespace {

std::string id_at(std::string_view place) {
  KeyReader reader(place);
  reader.time();
  return std::string(reader.text());
}

}  // namespace

std::string notice_place(const NoticeRow& row) { return make_key(row.created_at, row.notice_id); }

Result<void> NoticeTables::newest(const Transaction& txn, std::string_view below,
                                  const VisitNotice& visit) const {
  Range range(txn, made_.id());
  auto found = below.empty() ? range.last() : range.seek(below);
  // From a place that lies beyond all, or on it, the one before.
  if (found.ok() && !below.empty()) found = *found ? range.previous() : range.last();
  while (found.ok() && *found) {
    auto row = find(txn, id_at(range.key()));
    if (!row.ok()) return row.error();
    if (!*row) return Error{ErrorCode::corrupt, "a notice has an age and does not exist"};
    if (!visit(std::move(**row))) return {};
    found = range.previous();
  }
  return found.ok() ? Result<void>() : found.error();
}

Result<std::optional<Timestamp>> NoticeTables::oldest(const Transaction& txn) const {
  std::optional<Timestamp> made;
  RETURN_IF_ERROR(made_.scan(txn, {}, [&](std::string_view place, const AttemptMark&) {
    made = KeyReader(place).time();
    return false;
  }));
  return made;
}

Result<std::vector<std::string>> NoticeTables::made_before(const Transaction& txn, Timestamp before,
                                                           size_t count_max) const {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(made_.scan(txn, {}, [&](std::string_view place, const AttemptMark&) {
    if (KeyReader(place).time() >= before || ids.size() == count_max) return false;
    ids.push_back(id_at(place));
    return true;
  }));
  return ids;
}

Result<void> NoticeTables::erase(Transaction& txn, const NoticeRow& row) const {
  RETURN_IF_ERROR(forget(txn, row));
  auto listed = members(txn, row.notice_id);
  if (!listed.ok()) return listed.error();
  for (const DigestMember& each : *listed) {
    RETURN_IF_ERROR(erase_member(txn, row.notice_id, each.place));
  }
  RETURN_IF_ERROR(forget_names(txn, row, {}));
  const auto drop = [&](const auto& table, const std::string& key) -> Result<void> {
    auto erased = table.erase(txn, key);
    return erased.ok() ? Result<void>() : erased.error();
  };
  RETURN_IF_ERROR(drop(made_, notice_place(row)));
  return drop(notices_, make_key(row.notice_id));
}

Result<std::optional<std::string>> NoticeTables::order_by_age(Transaction& txn,
                                                              const std::string& from,
                                                              size_t count_max) const {
  std::vector<std::string> places;
  std::optional<std::string> next;
  RETURN_IF_ERROR(notices_.scan(txn, from, [&](std::string_view key, const NoticeRow& row) {
    if (places.size() == count_max) {
      next = std::string(key);
      return false;
    }
    places.push_back(notice_place(row));
    return true;
  }));
  for (const std::string& place : places) RETURN_IF_ERROR(made_.put(txn, place, {}));
  return next;
}

}  // namespace jieban
