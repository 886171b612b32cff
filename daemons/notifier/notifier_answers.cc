// What people answer: which alerts an answer is for, and what it does to them.
#include <algorithm>

#include "daemons/notifier/notifier.h"

namespace jieban {
namespace {

constexpr std::string_view kLatest = "1";  // a reply to the latest message that asks
constexpr std::string_view kAttempted = "attempted";
constexpr std::string_view kAcknowledged = "acknowledged";
constexpr std::string_view kAnswered = "answered";
constexpr size_t kRememberedMax = 32;
// Gateways tell whole seconds.
constexpr Duration kClockGrain = std::chrono::seconds(1);

// Nothing was changed, and no step has failed by it.
bool is_refusal(const Error& error) {
  return error.code == ErrorCode::not_found || error.code == ErrorCode::refused;
}

Error over() { return {ErrorCode::refused, "这条消息所说的告警已经解除，无需确认"}; }

std::vector<std::string> notices_of(const std::optional<LatestCall>& latest) {
  if (!latest || !latest->notices) return {};
  return *latest->notices;
}

// Nobody can have read it before; of old rows nobody knows better.
Timestamp begun_at(const NoticeRow& row) {
  for (const NoticeMark& mark : row.steps.value_or(std::vector<NoticeMark>())) {
    if (mark.what == kAttempted) return mark.at;
  }
  return row.created_at;
}

// Whether a message was out when a reply was given, by the gateway's clock: surely not, where that
// is slow by the tolerance.
enum class OutThen : uint8_t { no, maybe, yes };

OutThen out_then(const NoticeRow& row, const AlertAcknowledge& ack, Duration slack) {
  if (!ack.answered_at) return OutThen::yes;
  const Duration ahead = begun_at(row) - *ack.answered_at - kClockGrain;
  if (ahead <= Duration::zero()) return OutThen::yes;
  return ahead <= slack ? OutThen::maybe : OutThen::no;
}

bool has_mark(const NoticeRow& row, std::string_view what) {
  return row.steps && std::ranges::find(*row.steps, what, &NoticeMark::what) != row.steps->end();
}

// What a notice is marked with by an answer to these alerts of it: of one that somebody else had
// stopped before it is no acknowledgement.
NoticeMark answer_mark(const NoticeRow& row, const AlertAcknowledge& ack,
                       const std::vector<std::string>& answered,
                       const std::map<std::string, std::string>& earlier, Timestamp now) {
  NoticeMark mark{std::string(kAcknowledged), now, ack.via};
  if (row.person != ack.person) mark.by = ack.person;
  const auto first = earlier.find(answered.front());
  const bool late = std::ranges::all_of(
      answered, [&](const std::string& each) { return earlier.contains(each); });
  if (!late) return mark;
  mark.what = kAnswered;
  mark.after = first->second;
  return mark;
}

}  // namespace

// By the alert, by a notice, by the code that a message carried, or "1": the latest message that
// asks. A list tells of several.
Result<std::vector<std::string>> Notifier::acknowledged_alerts(const AlertAcknowledge& ack,
                                                               Step& step) const {
  if (!ack.alert.empty()) return std::vector<std::string>{ack.alert};
  if (!ack.notice_id.empty()) return told_alerts(ack.notice_id, step);
  if (ack.code != kLatest && !ack.code.empty()) {
    auto list = answered_list(ack, step);
    if (!list.ok()) return list.error();
    if (!list->empty()) return told_alerts(*list, step);
    auto alert = callouts_.tables().by_code(step.store(), ack.code);
    if (!alert.ok()) return alert.error();
    auto old = is_old_code(*alert, ack.person, step);
    if (!old.ok()) return old.error();
    if (*old) return over();
    return std::vector<std::string>{*alert};
  }
  auto answered = answered_notice(ack, step);
  if (!answered.ok()) return answered.error();
  if (!answered->empty()) return told_alerts(*answered, step);
  return std::vector<std::string>{std::string()};
}

Result<std::string> Notifier::answered_list(const AlertAcknowledge& ack, Step& step) const {
  auto latest = callouts_.tables().latest().get(step.store(), make_key(ack.person));
  if (!latest.ok()) return latest.error();
  std::string code = ack.code;
  for (char& c : code) c = static_cast<char>(c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c);
  for (const std::string& id : notices_of(*latest)) {
    if (is_digest(id) && digest_code(id) == code) return id;
  }
  return std::string();
}

Result<std::vector<std::string>> Notifier::told_alerts(const std::string& notice_id,
                                                       Step& step) const {
  auto row = existing(notice_id, step);
  if (!row.ok()) return row.error();
  auto alerts = alerts_of(notice_id, step);
  if (!alerts.ok()) return alerts.error();
  std::vector<std::string> told;
  for (const std::string& alert : *alerts) {
    auto still = callouts_.tells_of(alert, row->created_at, step.store());
    if (!still.ok()) return still.error();
    if (*still) told.push_back(alert);
  }
  if (told.empty() && !alerts->empty()) return over();
  return told;
}

// A code is its group's for ever. Who had it of an earlier ladder only has not heard of this one.
Result<bool> Notifier::is_old_code(const std::string& alert, const std::string& person,
                                   Step& step) const {
  auto latest = callouts_.tables().latest().get(step.store(), make_key(person));
  if (!latest.ok()) return latest.error();
  bool old = false;
  for (const std::string& id : notices_of(*latest)) {
    auto row = tables_.find(step.store(), id);
    if (!row.ok()) return row.error();
    if (!*row || (*row)->alert != alert) continue;
    auto still = callouts_.tells_of(alert, (*row)->created_at, step.store());
    if (!still.ok()) return still.error();
    if (*still) return false;
    old = true;
  }
  return old;
}

Result<bool> Notifier::asks(const std::string& notice_id, const std::string& person,
                            Step& step) const {
  auto alerts = told_alerts(notice_id, step);
  if (!alerts.ok() && is_refusal(alerts.error())) return false;
  if (!alerts.ok()) return alerts.error();
  for (const std::string& alert : *alerts) {
    auto open = callouts_.asks(alert, person, step.store());
    if (!open.ok() || *open) return open;
  }
  return false;
}

// One whose receipt says that it did not arrive, or never came, gives way to an earlier one that
// may have. Where none asks for anything any more, the latest: it says what has become of it. What
// went out after the answer was given is none that it means; but the gateway's clock may be slow,
// so where nothing asks that was out by it, the earliest counts that may have been.
Result<std::string> Notifier::answered_notice(const AlertAcknowledge& ack, Step& step) const {
  auto latest = callouts_.tables().latest().get(step.store(), make_key(ack.person));
  if (!latest.ok()) return latest.error();
  auto rules = rules_in_force(step);
  if (!rules.ok()) return rules.error();
  const std::vector<std::string> ids = notices_of(*latest);
  std::string arrived;
  std::string out;
  std::string later;
  bool later_asks = false;
  for (auto id = ids.rbegin(); id != ids.rend(); ++id) {
    auto row = tables_.find(step.store(), *id);  // none: so old that it was forgotten
    if (!row.ok()) return row.error();
    if (!*row) continue;
    const OutThen then = out_then(**row, ack, (*rules)->reply_clock_slack());
    if (then == OutThen::no) continue;
    const bool surely = then == OutThen::yes;
    if (surely && out.empty()) out = *id;
    if ((*row)->state == NoticeState::undelivered) continue;
    if (surely && arrived.empty()) arrived = *id;
    auto asking = asks(*id, ack.person, step);
    if (!asking.ok()) return asking.error();
    if (*asking && surely) return *id;
    if (surely || !(*asking || later.empty())) continue;
    later = *id;
    later_asks = *asking;
  }
  if (later_asks) return later;
  if (arrived.empty() && out.empty()) return later;
  return arrived.empty() ? out : arrived;
}

Result<bool> Notifier::is_known_reply(const AlertAcknowledge& ack, Step& step) const {
  if (!ack.reply_id) return false;
  auto latest = callouts_.tables().latest().get(step.store(), make_key(ack.person));
  if (!latest.ok()) return latest.error();
  if (!*latest || !(*latest)->replies) return false;
  return std::ranges::find(*(*latest)->replies, *ack.reply_id) != (*latest)->replies->end();
}

Result<void> Notifier::note_reply(const AlertAcknowledge& ack, Step& step) {
  if (!ack.reply_id) return {};
  const std::string key = make_key(ack.person);
  auto stored = callouts_.tables().latest().get(step.store(), key);
  if (!stored.ok()) return stored.error();
  LatestCall latest = stored->value_or(LatestCall());
  std::vector<std::string> replies = latest.replies.value_or(std::vector<std::string>());
  replies.push_back(*ack.reply_id);
  if (replies.size() > kRememberedMax) replies.erase(replies.begin());
  latest.replies = std::move(replies);
  return callouts_.tables().latest().put(step.store(), key, latest);
}

Result<Notifier::Earlier> Notifier::stopped_earlier(const std::vector<std::string>& alerts,
                                                    const std::string& person, Step& step) const {
  Earlier earlier;
  for (const std::string& alert : alerts) {
    auto who = callouts_.answered_before(alert, person, step.store());
    if (!who.ok()) return who.error();
    if (*who) earlier[alert] = **who;
  }
  return earlier;
}

// `jieban notice show` tells which message it was that somebody answered, and who came first.
Result<void> Notifier::note_answer(const std::vector<std::string>& alerts,
                                   const AlertAcknowledge& ack, const Earlier& earlier,
                                   Step& step) {
  auto latest = callouts_.tables().latest().get(step.store(), make_key(ack.person));
  if (!latest.ok()) return latest.error();
  std::vector<std::string> ids = notices_of(*latest);
  if (!ack.notice_id.empty() && std::ranges::find(ids, ack.notice_id) == ids.end()) {
    ids.push_back(ack.notice_id);
  }
  for (const std::string& id : ids) {
    auto row = tables_.find(step.store(), id);
    if (!row.ok()) return row.error();
    if (!*row || has_mark(**row, kAcknowledged)) continue;
    auto told = told_alerts(id, step);
    if (!told.ok() && is_refusal(told.error())) continue;
    if (!told.ok()) return told.error();
    std::erase_if(*told, [&](const std::string& each) {
      return std::ranges::find(alerts, each) == alerts.end();
    });
    if (told->empty()) continue;
    NoticeMark mark = answer_mark(**row, ack, *told, earlier, step.now());
    if (has_mark(**row, mark.what)) continue;
    NoticeRow noted = **row;
    note_step(noted, std::move(mark));
    RETURN_IF_ERROR(tables_.write(step.store(), &**row, noted));
  }
  return {};
}

// A gateway has it, or may have it.
Result<void> Notifier::note_out(const NoticeRow& row, Step& step) {
  // Nobody answers to a group by a text message.
  if (row.shared.value_or(false)) return {};
  const std::string key = make_key(*row.person);
  auto stored = callouts_.tables().latest().get(step.store(), key);
  if (!stored.ok()) return stored.error();
  LatestCall latest = stored->value_or(LatestCall());
  latest.alert = row.alert.value_or("");
  std::vector<std::string> ids = latest.notices.value_or(std::vector<std::string>());
  std::erase(ids, row.notice_id);
  ids.push_back(row.notice_id);
  if (ids.size() > kRememberedMax) {
    auto first = least_asking(ids, *row.person, step);
    if (!first.ok()) return first.error();
    ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(*first));
  }
  latest.notices = std::move(ids);
  return callouts_.tables().latest().put(step.store(), key, latest);
}

// The place of the earliest that asks for nothing any more; else of the earliest.
Result<size_t> Notifier::least_asking(const std::vector<std::string>& ids,
                                      const std::string& person, Step& step) const {
  for (size_t place = 0; place + 1 < ids.size(); ++place) {
    auto asking = asks(ids[place], person, step);
    if (!asking.ok()) return asking.error();
    if (!*asking) return place;
  }
  return size_t{0};
}

// Who has answered for an order need not do so again for what else is open of it on that topic.
Result<std::vector<std::string>> Notifier::with_same_matter(std::vector<std::string> alerts,
                                                            Step& step) const {
  const size_t count = alerts.size();
  for (size_t i = 0; i < count; ++i) {
    auto others = callouts_.of_same_matter(alerts[i], step.store());
    if (!others.ok()) return others.error();
    for (const std::string& other : *others) {
      if (std::ranges::find(alerts, other) == alerts.end()) alerts.push_back(other);
    }
  }
  return alerts;
}

// One that is over already does not keep the others from being taken note of.
Result<void> Notifier::acknowledge_all(const std::vector<std::string>& alerts,
                                       const AlertAcknowledge& ack, Step& step) {
  std::optional<Error> refusal;
  bool taken = false;
  bool known = false;
  for (const std::string& alert : alerts) {
    auto done = callouts_.acknowledge(alert, ack.person, ack.via, *this, step);
    if (done.ok()) {
      known = true;
      taken = taken || *done;
      continue;
    }
    if (!is_refusal(done.error())) return done.error();
    if (!refusal) refusal = done.error();
  }
  if (!known && refusal) return *refusal;
  step.answer(taken ? "taken" : "repeated");
  return {};
}

Result<void> Notifier::acknowledge(const Event& event, Step& step) {
  auto ack = decode_payload<AlertAcknowledge>(event.payload);
  if (!ack.ok()) return ack.error();
  auto known = is_known_reply(*ack, step);
  if (!known.ok()) return known.error();
  if (*known) {
    step.answer("repeated");
    return {};
  }
  const UsedLinks& links = tables_.used_links();
  if (ack->link_until) {
    auto used = links.has(step.store(), ack->notice_id, ack->person);
    if (!used.ok()) return used.error();
    if (*used) {
      step.answer("repeated");
      return {};
    }
  }
  auto named = acknowledged_alerts(*ack, step);
  if (!named.ok()) return named.error();
  auto alerts = with_same_matter(std::move(*named), step);
  if (!alerts.ok()) return alerts.error();
  auto earlier = stopped_earlier(*alerts, ack->person, step);
  if (!earlier.ok()) return earlier.error();
  RETURN_IF_ERROR(acknowledge_all(*alerts, *ack, step));
  RETURN_IF_ERROR(note_answer(*alerts, *ack, *earlier, step));
  RETURN_IF_ERROR(note_reply(*ack, step));
  if (!ack->link_until) return {};
  return links.add(step.store(), ack->notice_id, ack->person, *ack->link_until, step.now());
}

// Of a list, each alert that is still open.
Result<void> Notifier::escalate(const Event& event, Step& step) {
  auto wanted = decode_payload<AlertEscalate>(event.payload);
  if (!wanted.ok()) return wanted.error();
  std::vector<std::string> alerts = {wanted->alert};
  if (wanted->alert.empty()) {
    auto told = alerts_of(wanted->notice_id, step);
    if (!told.ok()) return told.error();
    alerts = std::move(*told);
  }
  std::optional<Error> refusal = Error{ErrorCode::refused, "这条通知不是逐级通知，没有下一级"};
  for (const std::string& alert : alerts) {
    auto done = callouts_.escalate(alert, wanted->person, wanted->via, step);
    if (!done.ok() && !is_refusal(done.error())) return done.error();
    if (done.ok()) refusal.reset();
    if (refusal && !done.ok()) refusal = done.error();
  }
  if (refusal) return *refusal;
  step.answer("taken");
  return {};
}

}  // namespace jieban
