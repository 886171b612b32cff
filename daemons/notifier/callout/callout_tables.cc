#include "daemons/notifier/callout/callout_tables.h"

namespace jieban {
namespace {

std::string due_key(const Callout& callout) { return make_key(callout.due_at, callout.id); }

std::string mark_key(uint64_t order_id, const std::string& what) {
  return make_key(order_id, what);
}

const std::string kReviewKey = make_key(std::string_view("review"));

Result<void> done(const Result<bool>& erased) {
  return erased.ok() ? Result<void>() : Result<void>(erased.error());
}

}  // namespace

Result<void> CalloutTables::open(TableOpener& opener) {
  RETURN_IF_ERROR(callouts_.open(opener, "callouts"));
  RETURN_IF_ERROR(due_.open(opener, "callouts_due"));
  RETURN_IF_ERROR(marks_.open(opener, "alert_marks"));
  RETURN_IF_ERROR(open_calls_.open(opener, "open_calls"));
  RETURN_IF_ERROR(inhibitors_.open(opener, "inhibitors"));
  RETURN_IF_ERROR(latest_.open(opener, "latest_calls"));
  RETURN_IF_ERROR(beyond_.open(opener, "alerts_beyond"));
  RETURN_IF_ERROR(review_.open(opener, "mute_review"));
  RETURN_IF_ERROR(skipped_.open(opener, "skipped_steps"));
  return silences_.open(opener, "silences");
}

Result<Callout*> CalloutTables::edit(Transaction& txn, const std::string& id) const {
  return callouts_.edit(txn, make_key(id));
}

Callout& CalloutTables::add(Transaction& txn, Callout callout) const {
  const std::string key = make_key(callout.id);
  return callouts_.add(txn, key, std::move(callout));
}

Result<void> CalloutTables::for_each(const Transaction& txn, const std::string& after,
                                     const std::function<bool(const Callout&)>& visit) const {
  const std::string from = after.empty() ? std::string() : make_key(after);
  return callouts_.scan(txn, from, [&](std::string_view key, const Callout& callout) {
    return !after.empty() && key == from ? true : visit(callout);
  });
}

Result<std::string> CalloutTables::by_code(const Transaction& txn, const std::string& code) const {
  const Error unknown{ErrorCode::not_found, "没有这个确认码：" + code};
  std::string prefix = "a";
  for (char c : code) prefix += static_cast<char>(c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);
  if (code_of(prefix) != prefix.substr(1) || prefix.find('\0') != std::string::npos) return unknown;
  std::vector<std::string> found;
  RETURN_IF_ERROR(callouts_.scan(txn, prefix, [&](std::string_view key, const Callout& callout) {
    if (!key.starts_with(prefix)) return false;
    if (code_of(callout.id) == prefix.substr(1)) found.push_back(callout.id);
    return found.size() < 2;
  }));
  if (found.empty()) return unknown;
  if (found.size() == 1) return found.front();
  return Error{ErrorCode::refused, "确认码 " + code + " 对应两个告警，请在系统中确认"};
}

Result<void> CalloutTables::settle(Transaction& txn, Callout& callout) const {
  const bool over = is_over(callout);
  const Timestamp due_at = over ? kTimestampMax : jieban::next_due(callout);
  if (due_at != callout.due_at) {
    if (callout.due_at != kTimestampMax) {
      RETURN_IF_ERROR(done(due_.erase(txn, due_key(callout))));
    }
    callout.due_at = due_at;
    if (due_at != kTimestampMax) {
      RETURN_IF_ERROR(due_.put(txn, due_key(callout), {callout.climbs}));
    }
  }
  return over ? done(callouts_.erase(txn, make_key(callout.id))) : Result<void>();
}

Result<std::vector<std::string>> CalloutTables::due(const Transaction& txn, Timestamp now,
                                                    size_t count_max) const {
  std::vector<std::string> ids;
  RETURN_IF_ERROR(due_.scan(txn, {}, [&](std::string_view key, const DueCallout&) {
    KeyReader reader(key);
    if (reader.time() > now || ids.size() == count_max) return false;
    ids.emplace_back(reader.text());
    return true;
  }));
  return ids;
}

Result<Timestamp> CalloutTables::next_due(const Transaction& txn) const {
  auto review = review_.get(txn, kReviewKey);
  if (!review.ok()) return review.error();
  Timestamp at = *review ? (*review)->due_at : kTimestampMax;
  RETURN_IF_ERROR(due_.scan(txn, {}, [&](std::string_view key, const DueCallout&) {
    at = std::min(at, KeyReader(key).time());
    return false;
  }));
  return at;
}

Result<void> CalloutTables::note_skipped(Transaction& txn, const Callout& callout,
                                         const EscalationTarget& target, Timestamp now) const {
  const bool of_the_rota = target.kind == TargetKind::rota || target.kind == TargetKind::role;
  if (!of_the_rota || callout.topic == kStepGapTopic) return {};
  const std::string key = make_key(callout.policy, to_string(target.kind), target.name);
  auto known = skipped_.get(txn, key);
  if (!known.ok()) return known.error();
  return *known ? Result<void>() : skipped_.put(txn, key, {callout.policy, target, false, now});
}

Result<void> CalloutTables::ask_review(Transaction& txn, Timestamp now) const {
  auto groups = callouts_.count(txn);
  if (!groups.ok()) return groups.error();
  if (*groups == 0) return {};
  auto under_way = review_.get(txn, kReviewKey);
  if (!under_way.ok()) return under_way.error();
  MuteReview review = under_way->value_or(MuteReview{now, "", false});
  review.again = under_way->has_value();
  return review_.put(txn, kReviewKey, review);
}

Result<std::vector<std::string>> CalloutTables::take_review(Transaction& txn,
                                                            size_t count_max) const {
  std::vector<std::string> ids;
  auto under_way = review_.get(txn, kReviewKey);
  if (!under_way.ok()) return under_way.error();
  if (!*under_way) return ids;
  MuteReview review = std::move(**under_way);
  RETURN_IF_ERROR(
      callouts_.scan(txn, make_key(review.after), [&](std::string_view, const Callout& callout) {
        if (callout.id != review.after) ids.push_back(callout.id);
        return ids.size() < count_max;
      }));
  const bool all = ids.size() < count_max;
  if (all && !review.again) {
    RETURN_IF_ERROR(done(review_.erase(txn, kReviewKey)));
    return ids;
  }
  review.after = all ? "" : ids.back();
  if (all) review.again = false;
  RETURN_IF_ERROR(review_.put(txn, kReviewKey, review));
  return ids;
}

Result<std::optional<AlertMark>> CalloutTables::mark(const Transaction& txn, uint64_t order_id,
                                                     const std::string& what) const {
  return marks_.get(txn, mark_key(order_id, what));
}

Result<void> CalloutTables::set_mark(Transaction& txn, uint64_t order_id, const std::string& what,
                                     const AlertMark& mark) const {
  return marks_.put(txn, mark_key(order_id, what), mark);
}

Result<void> CalloutTables::erase_mark(Transaction& txn, uint64_t order_id,
                                       const std::string& what) const {
  return done(marks_.erase(txn, mark_key(order_id, what)));
}

Result<std::vector<std::string>> CalloutTables::marks_of(const Transaction& txn,
                                                         uint64_t order_id) const {
  std::vector<std::string> open;
  auto count = marks_.count(txn);
  if (!count.ok()) return count.error();
  if (*count == 0) return open;
  const std::string prefix = make_key(order_id);
  RETURN_IF_ERROR(marks_.scan(txn, prefix, [&](std::string_view key, const AlertMark&) {
    if (!key.starts_with(prefix)) return false;
    open.emplace_back(KeyReader(key.substr(prefix.size())).text());
    return true;
  }));
  return open;
}

}  // namespace jieban
