#include "daemons/notifier/notice_tables.h"

namespace jieban {
namespace {

std::string due_key(const NoticeRow& row) {
  return make_key(row.channel, row.due_at, row.notice_id);
}

}  // namespace

Result<void> NoticeTables::open(TableOpener& opener) {
  RETURN_IF_ERROR(notices_.open(opener, "notices"));
  RETURN_IF_ERROR(due_.open(opener, "due"));
  RETURN_IF_ERROR(attempting_.open(opener, "attempting"));
  return orders_.open(opener, "orders");
}

Result<std::optional<NoticeRow>> NoticeTables::find(const Transaction& txn,
                                                    const std::string& notice_id) const {
  return notices_.get(txn, make_key(notice_id));
}

Result<void> NoticeTables::write(Transaction& txn, const NoticeRow* before,
                                 const NoticeRow& row) const {
  if (before != nullptr && is_open(before->state)) {
    auto erased = due_.erase(txn, due_key(*before));
    if (!erased.ok()) return erased.error();
  }
  if (before != nullptr && before->state == NoticeState::attempting) {
    auto erased = attempting_.erase(txn, make_key(before->notice_id));
    if (!erased.ok()) return erased.error();
  }
  if (is_open(row.state)) RETURN_IF_ERROR(due_.put(txn, due_key(row), {row.attempts + 1}));
  if (row.state == NoticeState::attempting) {
    RETURN_IF_ERROR(attempting_.put(txn, make_key(row.notice_id), {row.attempts}));
  }
  return notices_.put(txn, make_key(row.notice_id), row);
}

Result<DueNotices> NoticeTables::due(const Transaction& txn, const std::string& channel,
                                     Timestamp now, size_t count_max) const {
  DueNotices found;
  std::vector<std::string> ids;
  std::string prefix = make_key(channel);
  auto visit = [&](std::string_view key, const AttemptMark&) {
    if (!key.starts_with(prefix)) return false;
    KeyReader reader(key.substr(prefix.size()));
    Timestamp due_at = reader.time();
    if (due_at > now || ids.size() == count_max) {
      found.next_due = due_at;
      return false;
    }
    ids.emplace_back(reader.text());
    return true;
  };
  RETURN_IF_ERROR(due_.scan(txn, prefix, visit));
  for (const std::string& id : ids) {
    auto row = find(txn, id);
    if (!row.ok()) return row.error();
    if (!*row) return Error{ErrorCode::corrupt, "a notice is due that does not exist: " + id};
    found.rows.push_back(std::move(**row));
  }
  return found;
}

Result<std::vector<DeliveryBegin>> NoticeTables::attempting(const Transaction& txn) const {
  std::vector<DeliveryBegin> found;
  RETURN_IF_ERROR(attempting_.scan(txn, {}, [&](std::string_view key, const AttemptMark& mark) {
    found.push_back({std::string(KeyReader(key).text()), mark.attempt});
    return true;
  }));
  return found;
}

}  // namespace jieban
