// What becomes of a notice on its way: the inputs of the channels' threads, and receipts.
#include <algorithm>

#include "common/base/check.h"
#include "common/domain/events.h"
#include "common/domain/topics.h"
#include "daemons/notifier/notifier.h"
#include "daemons/notifier/vendor_hold.h"

namespace jieban {
namespace {

constexpr size_t kSilentInTick = 200;
constexpr std::string_view kNoticePrefix = "notice.";

Cause cause_of(const NoticeRow& row) { return {row.cause_stream, row.cause_sequence}; }

// A gateway that is quicker than our own commit brings its receipt again.
Error too_early() { return {ErrorCode::unavailable, "the attempt is still under way"}; }

// Silence after this counts as a failure.
void await_receipt(NoticeRow& row, const NotifierRules& rules, Timestamp now) {
  const ChannelRule* channel = rules.find_channel(row.channel);
  const bool awaited = row.state == NoticeState::sent && row.person && channel != nullptr;
  if (!awaited || !channel->receipt_within_micros) return;
  row.receipt_by = now + Duration(static_cast<int64_t>(*channel->receipt_within_micros));
}

}  // namespace

Result<void> Notifier::settle(const NoticeRow* before, NoticeRow row, std::string_view topic,
                              NoticeStep notice, Step& step) const {
  CHECK(topic.starts_with(kNoticePrefix));
  note_step(row, topic.substr(kNoticePrefix.size()), step.now(), notice.error.value_or(""));
  RETURN_IF_ERROR(tables_.write(step.store(), before, row));
  notice.notice_id = row.notice_id;
  notice.channel = row.channel;
  notice.order_no = row.order_no;
  notice.attempt = row.attempts;
  if (row.possible_repeat) notice.possible_repeat = true;
  notice.person = row.person;
  notice.method = row.method;
  notice.alert = row.alert;
  step.signal({std::string(topic), 0, row.channel});
  step.emit({.topic = topic,
             .order_id = row.order_id,
             .payload = encode_payload(notice),
             .cause = cause_of(row)});
  return {};
}

Result<void> Notifier::queue(NoticeRow row, Step& step) {
  auto known = tables_.find(step.store(), row.notice_id);
  if (!known.ok()) return known.error();
  if (*known && !take_up(row, **known)) return {};
  NoticeStep queued;
  queued.text = row.text;
  const NoticeRow* before = *known ? &**known : nullptr;
  RETURN_IF_ERROR(settle(before, row, topics::kNoticeQueued, std::move(queued), step));
  step.signal({kDueSignal, 0, row.channel});
  return {};
}

Result<NoticeRow> Notifier::existing(const std::string& notice_id, Step& step) const {
  auto row = tables_.find(step.store(), notice_id);
  if (!row.ok()) return row.error();
  if (!*row) return Error{ErrorCode::not_found, "there is no notice " + notice_id};
  return std::move(**row);
}

Result<void> Notifier::begin_delivery(const Event& event, Step& step) {
  auto begin = decode_payload<DeliveryBegin>(event.payload);
  if (!begin.ok()) return begin.error();
  auto row = existing(begin->notice_id, step);
  if (!row.ok()) return row.error();
  NoticeRow before = *row;
  auto paced = pace(*row, begin->attempt, step);
  if (!paced.ok()) return paced.error();
  if (!*paced || !begin_attempt(*row, begin->attempt, step.now())) {
    step.answer("skip");
    return {};
  }
  RETURN_IF_ERROR(renew_words(*row, step));
  if (begin->gateway_id) {
    name_message(*row, *begin->gateway_id);
    row->named_attempt = begin->attempt;
    // Other words may go in other parts.
    row->parts = row->text == before.text ? begin->parts : std::nullopt;
    row->parts_delivered.reset();
  }
  NoticeStep told;
  if (row->text != before.text) told.text = row->text;
  RETURN_IF_ERROR(settle(&before, *row, topics::kNoticeAttempted, std::move(told), step));
  step.answer("go");
  return {};
}

Result<void> Notifier::end_delivery(const Event& event, Step& step) {
  auto end = decode_payload<DeliveryEnd>(event.payload);
  if (!end.ok()) return end.error();
  auto rules = rules_in_force(step);
  if (!rules.ok()) return rules.error();
  auto row = existing(end->notice_id, step);
  if (!row.ok()) return row.error();
  NoticeRow before = *row;
  RETURN_IF_ERROR(place_hold(*end, row->channel, **rules, step));
  std::string_view topic = end_attempt(*row, *end, **rules, step.now());
  if (topic.empty()) {
    step.answer("stale");
    return {};
  }
  RETURN_IF_ERROR(note_end(*row, *end, **rules, step));
  NoticeStep told;
  if (meaning_of(end->outcome).reaches) told.gateway_id = row->gateway_id;
  told.segments = end->segments;
  told.alphabet = end->alphabet;
  if (row->state != NoticeState::sent) told.error = row->error.value_or("");
  if (row->state == NoticeState::waiting) told.retry_at = row->due_at;
  RETURN_IF_ERROR(settle(&before, *row, topic, std::move(told), step));
  step.answer(std::string(to_string(row->state)));
  RETURN_IF_ERROR(follow_attempt(*row, end->outcome, step));
  RETURN_IF_ERROR(give_up(*row, step));
  // The channel went while this was under way.
  const bool gone = (*rules)->find_channel(row->channel) == nullptr;
  auto left = existing(row->notice_id, step);
  if (!left.ok()) return left.error();
  const bool waits = is_call(*left) && is_open(left->state);
  return gone && waits ? leave_channel(*left, **rules, step) : Result<void>();
}

// Whether it may go now; else it was put off, or is told by a digest.
Result<bool> Notifier::pace(NoticeRow& row, uint64_t attempt, Step& step) {
  auto paces = callouts_.rules(step.store());
  if (!paces.ok()) return paces.error();
  auto rules = rules_in_force(step);
  if (!rules.ok()) return rules.error();
  const ChannelRule* channel = (*rules)->find_channel(row.channel);
  const bool due = is_open(row.state) && attempt == row.attempts + 1 && row.due_at <= step.now();
  if (channel == nullptr || !due) return true;
  // Where no ladders are loaded there are no limits, but a gateway may want to be left alone.
  static const AlertingRules kNoLimits;
  const AlertingRules& limits = *paces == nullptr ? kNoLimits : **paces;
  auto verdict = pacing_.ask(row, *channel, limits, tables_, step.store(), step.now());
  if (!verdict.ok()) return verdict.error();
  if (verdict->go) return true;
  if (!verdict->digest.empty()) {
    RETURN_IF_ERROR(make_digest(*verdict, **rules, step));
    if (verdict->into != row.notice_id) return false;
    // It goes with all that it has taken in.
    auto renewed = existing(row.notice_id, step);
    if (!renewed.ok()) return renewed.error();
    row = std::move(*renewed);
    return pace(row, attempt, step);
  }
  NoticeRow later = row;
  later.due_at = verdict->at;
  RETURN_IF_ERROR(tables_.write(step.store(), &row, later));
  return false;
}

// For how long the vendor's code closes the channel.
Result<void> Notifier::place_hold(DeliveryEnd& end, const std::string& name,
                                  const NotifierRules& rules, Step& step) {
  auto paces = callouts_.rules(step.store());
  if (!paces.ok()) return paces.error();
  const ChannelRule* channel = rules.find_channel(name);
  const ThrottleRules* holds = nullptr;
  if (*paces != nullptr && channel != nullptr) {
    auto found = (*paces)->destinations.find(std::string(to_string(channel->kind)));
    if (found != (*paces)->destinations.end()) holds = &found->second.throttle;
  }
  apply_hold(end, holds);
  return {};
}

// What the end of an attempt means beside the notice itself.
Result<void> Notifier::note_end(NoticeRow& row, const DeliveryEnd& end, const NotifierRules& rules,
                                Step& step) {
  const ChannelRule* channel = rules.find_channel(row.channel);
  if (end.hold_micros) {
    const Timestamp until = step.now() + Duration(static_cast<int64_t>(*end.hold_micros));
    RETURN_IF_ERROR(pacing_.hold(step.store(), row, channel, until));
    if (is_open(row.state)) row.due_at = std::max(row.due_at, until);
  }
  const Timestamp over = std::min(end.ended_at.value_or(step.now()), step.now());
  RETURN_IF_ERROR(pacing_.over(step.store(), row, meaning_of(end.outcome), over));
  RETURN_IF_ERROR(own_alerts_.attempted(row.channel, end.outcome, callouts_, *this, step));
  await_receipt(row, rules, step.now());
  return {};
}

// A call that did not get through: the person's next means, then the next person; of a list, for
// each that it told of.
Result<void> Notifier::give_up(const NoticeRow& row, Step& step) {
  if (!is_call(row) || is_open(row.state)) return {};
  auto calls = told_by(row, step);
  if (!calls.ok()) return calls.error();
  const bool failed = row.state == NoticeState::abandoned || row.state == NoticeState::undelivered;
  for (const DigestMember& each : *calls) {
    if (!each.alert || !each.person) continue;
    RETURN_IF_ERROR(close_call(*each.alert, each.notice_id, step));
    if (!failed) continue;
    RETURN_IF_ERROR(callouts_.call_failed(*each.alert, *each.person, each.notice_id, step));
  }
  return {};
}

// A receipt of a name that nobody knows may be that of an attempt whose end will tell the name.
Result<void> Notifier::check_idle(const std::string& channel, Step& step) const {
  auto under_way = tables_.attempting(step.store());
  if (!under_way.ok()) return under_way.error();
  for (const DeliveryBegin& begun : *under_way) {
    auto row = existing(begun.notice_id, step);
    if (!row.ok()) return row.error();
    if (row->channel == channel) return too_early();
  }
  return {};
}

Result<void> Notifier::take_receipt(const Event& event, Step& step) {
  auto receipt = decode_payload<DeliveryReceipt>(event.payload);
  if (!receipt.ok()) return receipt.error();
  std::string id = receipt->notice_id;
  if (id.empty()) {
    auto named = tables_.by_gateway(step.store(), receipt->channel, receipt->gateway_id);
    if (!named.ok()) return named.error();
    id = *named;
    if (id.empty()) RETURN_IF_ERROR(check_idle(receipt->channel, step));
  }
  auto row = existing(id, step);
  if (!row.ok()) return row.error();
  if (row->state == NoticeState::attempting) return too_early();
  return settle_receipt(std::move(*row), *receipt, step);
}

Result<void> Notifier::settle_receipt(NoticeRow row, const DeliveryReceipt& receipt, Step& step) {
  const NoticeRow before = row;
  const std::string_view topic =
      jieban::take_receipt(row, receipt.state, receipt.error, receipt.part);
  const bool news = !topic.empty() || row.parts_delivered != before.parts_delivered;
  step.answer(news ? "taken" : "repeated");
  if (!news) return {};
  // One of several parts: whether the message has arrived is for the others to say.
  if (topic.empty()) return tables_.write(step.store(), &before, row);
  NoticeStep told;
  told.error = row.error;
  if (row.state == NoticeState::sent) {
    auto rules = rules_in_force(step);
    if (!rules.ok()) return rules.error();
    await_receipt(row, **rules, step.now());
    told.gateway_id = row.gateway_id;
  }
  RETURN_IF_ERROR(settle(&before, row, topic, std::move(told), step));
  return give_up(row, step);
}

// No receipt came in time: whether the phone has it nobody knows.
Result<void> Notifier::fail_silent(Step& step) {
  auto silent = tables_.silent(step.store(), step.now(), kSilentInTick);
  if (!silent.ok()) return silent.error();
  for (NoticeRow& row : silent->rows) {
    DeliveryReceipt none;
    none.state = "failed";
    none.error = "no receipt came in time";
    RETURN_IF_ERROR(settle_receipt(std::move(row), none, step));
  }
  return {};
}

Result<void> Notifier::withdraw(const std::string& id, Step& step) {
  auto row = existing(id, step);
  if (!row.ok()) return row.error();
  if (row->state == NoticeState::merged) return leave_digest(*row, step);
  const NoticeRow before = *row;
  const std::string_view topic = cancel(*row);
  if (topic.empty()) return {};
  return settle(&before, *row, topic, {}, step);
}

// One that still waits has an end first. One that is just going keeps its row until that is over.
Result<void> Notifier::forget_old(Step& step) {
  auto rules = rules_.current(step.store());
  if (!rules.ok()) return rules.error();
  if (*rules == nullptr) return {};
  auto old = sweep_.tick(tables_, (*rules)->keep(), step);
  if (!old.ok()) return old.error();
  for (const std::string& id : *old) {
    auto row = existing(id, step);
    if (!row.ok()) return row.error();
    if (row->state == NoticeState::attempting) continue;
    if (is_open(row->state) || row->state == NoticeState::merged) {
      RETURN_IF_ERROR(withdraw(id, step));
      row = existing(id, step);
      if (!row.ok()) return row.error();
    }
    if (row->alert) RETURN_IF_ERROR(close_call(*row->alert, id, step));
    RETURN_IF_ERROR(tables_.erase(step.store(), *row));
  }
  return {};
}

}  // namespace jieban
