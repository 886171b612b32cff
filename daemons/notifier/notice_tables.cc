#include "daemons/notifier/notice_tables.h"

#include <algorithm>

namespace jieban {
namespace {

std::string due_key(const NoticeRow& row) {
  return make_key(row.channel, row.due_at, row.notice_id);
}

std::string pending_key(const NoticeRow& row) {
  return make_key(destination_of(row), row.created_at, row.notice_id);
}

bool is_urgent_call(const NoticeRow& row) {
  return row.urgent.value_or(false) && !is_digest(row.notice_id);
}

bool waits_for_receipt(const NoticeRow& row) {
  return row.state == NoticeState::sent && row.receipt_by.has_value();
}

std::string receipt_key(const NoticeRow& row) { return make_key(*row.receipt_by, row.notice_id); }

Result<void> done(const Result<bool>& erased) {
  return erased.ok() ? Result<void>() : Result<void>(erased.error());
}

// What a gateway calls a message is its own affair: what can't be a key is not kept.
bool is_gateway_id(const std::string& text) {
  constexpr size_t kMost = 128;
  return !text.empty() && text.size() <= kMost && text.find('\0') == std::string::npos;
}

// All names by which a receipt may come.
std::vector<std::string> names_of(const NoticeRow& row) {
  std::vector<std::string> names = row.former_ids.value_or(std::vector<std::string>());
  if (row.gateway_id) names.push_back(*row.gateway_id);
  std::erase_if(names, [](const std::string& name) { return !is_gateway_id(name); });
  return names;
}

}  // namespace

Result<void> NoticeTables::open(TableOpener& opener) {
  RETURN_IF_ERROR(notices_.open(opener, "notices"));
  RETURN_IF_ERROR(due_.open(opener, "due"));
  RETURN_IF_ERROR(attempting_.open(opener, "attempting"));
  RETURN_IF_ERROR(pending_.open(opener, "pending"));
  RETURN_IF_ERROR(receipts_.open(opener, "receipts_due"));
  RETURN_IF_ERROR(gateways_.open(opener, "gateway_ids"));
  RETURN_IF_ERROR(urgent_.open(opener, "pending_urgent"));
  RETURN_IF_ERROR(lists_.open(opener, "pending_lists"));
  RETURN_IF_ERROR(members_.open(opener, "digest_members"));
  RETURN_IF_ERROR(made_.open(opener, "notices_made"));
  RETURN_IF_ERROR(used_links_.open(opener));
  return orders_.open(opener, "orders");
}

Result<std::optional<NoticeRow>> NoticeTables::find(const Transaction& txn,
                                                    const std::string& notice_id) const {
  return notices_.get(txn, make_key(notice_id));
}

Result<void> NoticeTables::forget(Transaction& txn, const NoticeRow& before) const {
  if (is_open(before.state)) {
    RETURN_IF_ERROR(done(due_.erase(txn, due_key(before))));
    RETURN_IF_ERROR(done(pending_.erase(txn, pending_key(before))));
    if (is_digest(before.notice_id)) RETURN_IF_ERROR(done(lists_.erase(txn, pending_key(before))));
    if (is_urgent_call(before)) RETURN_IF_ERROR(done(urgent_.erase(txn, pending_key(before))));
  }
  if (before.state == NoticeState::attempting) {
    RETURN_IF_ERROR(done(attempting_.erase(txn, make_key(before.notice_id))));
  }
  if (waits_for_receipt(before)) {
    RETURN_IF_ERROR(done(receipts_.erase(txn, receipt_key(before))));
  }
  return {};
}

// But for those of `kept`, and those that a later notice has for itself.
Result<void> NoticeTables::forget_names(Transaction& txn, const NoticeRow& row,
                                        const std::vector<std::string>& kept) const {
  for (const std::string& name : names_of(row)) {
    if (std::ranges::find(kept, name) != kept.end()) continue;
    auto named = by_gateway(txn, row.channel, name);
    if (!named.ok()) return named.error();
    if (*named != row.notice_id) continue;
    RETURN_IF_ERROR(done(gateways_.erase(txn, make_key(row.channel, name))));
  }
  return {};
}

Result<void> NoticeTables::write(Transaction& txn, const NoticeRow* before,
                                 const NoticeRow& row) const {
  if (before != nullptr) RETURN_IF_ERROR(forget(txn, *before));
  if (is_open(row.state)) {
    RETURN_IF_ERROR(due_.put(txn, due_key(row), {row.attempts + 1}));
    const WaitMark mark{row.attempts + 1, row.urgent, is_call(row)};
    RETURN_IF_ERROR(pending_.put(txn, pending_key(row), mark));
    if (is_digest(row.notice_id)) RETURN_IF_ERROR(lists_.put(txn, pending_key(row), mark));
    if (is_urgent_call(row)) {
      RETURN_IF_ERROR(urgent_.put(txn, pending_key(row), {row.attempts + 1}));
    }
  }
  if (row.state == NoticeState::attempting) {
    RETURN_IF_ERROR(attempting_.put(txn, make_key(row.notice_id), {row.attempts}));
  }
  if (waits_for_receipt(row)) {
    RETURN_IF_ERROR(receipts_.put(txn, receipt_key(row), {row.attempts}));
  }
  if (before != nullptr) RETURN_IF_ERROR(forget_names(txn, *before, names_of(row)));
  const bool named = may_be_out(row) || row.state == NoticeState::attempting;
  if (named && row.gateway_id && is_gateway_id(*row.gateway_id)) {
    RETURN_IF_ERROR(gateways_.put(txn, make_key(row.channel, *row.gateway_id), {row.notice_id}));
  }
  // A notice that is taken up again is as young as that.
  const bool moved = before != nullptr && before->created_at != row.created_at;
  if (moved) RETURN_IF_ERROR(done(made_.erase(txn, notice_place(*before))));
  if (moved || before == nullptr) RETURN_IF_ERROR(made_.put(txn, notice_place(row), {}));
  return notices_.put(txn, make_key(row.notice_id), row);
}

Result<std::vector<NoticeRow>> NoticeTables::read_all(const Transaction& txn,
                                                      const std::vector<std::string>& ids) const {
  std::vector<NoticeRow> rows;
  for (const std::string& id : ids) {
    auto row = find(txn, id);
    if (!row.ok()) return row.error();
    if (!*row) return Error{ErrorCode::corrupt, "a notice is due that does not exist: " + id};
    rows.push_back(std::move(**row));
  }
  return rows;
}

// From the keys alone: of thousands that wait, none is read to see how many they are.
Result<std::vector<WaitingNotice>> NoticeTables::pending(const Transaction& txn,
                                                         const std::string& destination,
                                                         size_t count_max) const {
  std::vector<WaitingNotice> waiting;
  const std::string prefix = make_key(destination);
  RETURN_IF_ERROR(pending_.scan(txn, prefix, [&](std::string_view key, const WaitMark& mark) {
    if (!key.starts_with(prefix) || waiting.size() == count_max) return false;
    KeyReader reader(key.substr(prefix.size()));
    const Timestamp created_at = reader.time();
    waiting.push_back(
        {std::string(reader.text()), created_at, mark.urgent.value_or(false), mark.call});
    return true;
  }));
  return waiting;
}

Result<std::vector<std::string>> NoticeTables::pending_urgent(const Transaction& txn,
                                                              const std::string& destination,
                                                              size_t count_max) const {
  std::vector<std::string> ids;
  const std::string prefix = make_key(destination);
  RETURN_IF_ERROR(urgent_.scan(txn, prefix, [&](std::string_view key, const AttemptMark&) {
    if (!key.starts_with(prefix) || ids.size() == count_max) return false;
    KeyReader reader(key.substr(prefix.size()));
    reader.time();
    ids.emplace_back(reader.text());
    return true;
  }));
  return ids;
}

Result<std::vector<WaitingList>> NoticeTables::pending_lists(const Transaction& txn,
                                                             const std::string& destination) const {
  std::vector<WaitingList> lists;
  const std::string prefix = make_key(destination);
  RETURN_IF_ERROR(lists_.scan(txn, prefix, [&](std::string_view key, const WaitMark& mark) {
    if (!key.starts_with(prefix)) return false;
    KeyReader reader(key.substr(prefix.size()));
    reader.time();
    lists.push_back({std::string(reader.text()), mark.urgent.value_or(false),
                     mark.call.value_or(false), mark.attempt == 1});
    return true;
  }));
  return lists;
}

Result<size_t> NoticeTables::count_members(const Transaction& txn,
                                           const std::string& digest) const {
  size_t count = 0;
  const std::string prefix = make_key(digest);
  RETURN_IF_ERROR(members_.scan(txn, prefix, [&](std::string_view key, const DigestMember&) {
    if (!key.starts_with(prefix)) return false;
    ++count;
    return true;
  }));
  return count;
}

Result<std::vector<DigestMember>> NoticeTables::members(const Transaction& txn,
                                                        const std::string& digest) const {
  std::vector<DigestMember> members;
  const std::string prefix = make_key(digest);
  RETURN_IF_ERROR(members_.scan(txn, prefix, [&](std::string_view key, DigestMember member) {
    if (!key.starts_with(prefix)) return false;
    member.place = KeyReader(key.substr(prefix.size())).number();
    members.push_back(std::move(member));
    return true;
  }));
  return members;
}

Result<void> NoticeTables::put_member(Transaction& txn, const std::string& digest,
                                      const DigestMember& member) const {
  return members_.put(txn, make_key(digest, member.place), member);
}

Result<void> NoticeTables::erase_member(Transaction& txn, const std::string& digest,
                                        uint64_t place) const {
  return done(members_.erase(txn, make_key(digest, place)));
}

Result<std::string> NoticeTables::by_gateway(const Transaction& txn, const std::string& channel,
                                             const std::string& gateway_id) const {
  if (!is_gateway_id(gateway_id)) return std::string();
  auto name = gateways_.get(txn, make_key(channel, gateway_id));
  if (!name.ok()) return name.error();
  return *name ? (*name)->notice_id : std::string();
}

Result<DueNotices> NoticeTables::silent(const Transaction& txn, Timestamp now,
                                        size_t count_max) const {
  DueNotices found;
  std::vector<std::string> ids;
  RETURN_IF_ERROR(receipts_.scan(txn, {}, [&](std::string_view key, const AttemptMark&) {
    KeyReader reader(key);
    const Timestamp by = reader.time();
    if (by > now || ids.size() == count_max) {
      found.next_due = by;
      return false;
    }
    ids.emplace_back(reader.text());
    return true;
  }));
  auto rows = read_all(txn, ids);
  if (!rows.ok()) return rows.error();
  found.rows = std::move(*rows);
  return found;
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
  auto rows = read_all(txn, ids);
  if (!rows.ok()) return rows.error();
  found.rows = std::move(*rows);
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
