#include "daemons/notifier/delivery.h"

#include <algorithm>
#include <array>

#include "common/base/bytes.h"
#include "common/base/check.h"
#include "common/crypto/hashes.h"
#include "common/domain/topics.h"
#include "daemons/notifier/backoff.h"

namespace jieban {
namespace {

struct StateName {
  NoticeState state;
  std::string_view text;
};

constexpr std::array<StateName, 9> kStates = {{
    {NoticeState::queued, "queued"},
    {NoticeState::attempting, "attempting"},
    {NoticeState::sent, "sent"},
    {NoticeState::waiting, "waiting"},
    {NoticeState::abandoned, "abandoned"},
    {NoticeState::delivered, "delivered"},
    {NoticeState::undelivered, "undelivered"},
    {NoticeState::cancelled, "cancelled"},
    {NoticeState::merged, "merged"},
}};

// Channel, reaches, asks. A channel that is disabled asks nobody.
constexpr std::array<OutcomeMeaning, 9> kOutcomes = {{
    {DeliveryOutcome::accepted, "accepted", ChannelSign::well, true, true},
    {DeliveryOutcome::failed, "failed", ChannelSign::ill, false, true},
    {DeliveryOutcome::denied, "denied", ChannelSign::broken, false, true},
    {DeliveryOutcome::rejected, "rejected", ChannelSign::well, false, true},
    {DeliveryOutcome::unknown, "unknown", ChannelSign::ill, true, true},
    {DeliveryOutcome::unsent, "unsent", ChannelSign::none, false, false},
    {DeliveryOutcome::busy, "busy", ChannelSign::ill, false, true},
    {DeliveryOutcome::held, "held", ChannelSign::none, false, true},
    {DeliveryOutcome::disabled, "disabled", ChannelSign::broken, false, false},
}};

std::string_view put_back(NoticeRow& row, Timestamp at) {
  row.state = NoticeState::waiting;
  row.due_at = at;
  return topics::kNoticeFailed;
}

std::string_view abandon(NoticeRow& row) {
  row.state = NoticeState::abandoned;
  return topics::kNoticeAbandoned;
}

// Neither a channel's name nor a method has it.
constexpr char kDigestMark = '+';

// One failure more, and no use in another.
std::string_view abandon_failed(NoticeRow& row) {
  ++row.failures;
  return abandon(row);
}

// One failure more: the row goes back to waiting, or is given up.
std::string_view put_off(NoticeRow& row, const NotifierRules& rules, Timestamp now) {
  ++row.failures;
  // A call that does not get through is given up soon: the person has another means.
  const uint64_t attempts_max = is_call(row) ? rules.call_attempts() : rules.attempts_max;
  if (row.failures >= attempts_max) return abandon(row);
  return put_back(row, now + backoff_delay(rules.retry_first(), rules.retry_max(), row.failures,
                                           row.notice_id));
}

// By a count of its own, whatever else has failed. Then a person has another means; what a board is
// to show has none, and goes on as after any other failure.
std::string_view try_soon(NoticeRow& row, const NotifierRules& rules, Timestamp now) {
  const uint64_t busy = row.busy.value_or(0) + 1;
  row.busy = busy;
  if (busy > kBusyRetries) return is_call(row) ? abandon(row) : put_off(row, rules, now);
  return put_back(row, now + kBusyFirst * (int64_t{1} << (busy - 1)));
}

// Nothing has the latest name: the one before it is that of the message again.
void take_name_back(NoticeRow& row) {
  row.gateway_id.reset();
  if (!row.former_ids || row.former_ids->empty()) return;
  row.gateway_id = std::move(row.former_ids->back());
  row.former_ids->pop_back();
}

// Notes that a part has arrived. True when nothing is missing any more.
bool arrived_whole(NoticeRow& row, const std::optional<uint64_t>& part) {
  constexpr uint64_t kPartsMax = 63;
  if (!row.parts || !part) return true;
  if (*part == 0 || *part > *row.parts || *row.parts > kPartsMax) return false;
  const uint64_t arrived = row.parts_delivered.value_or(0) | (uint64_t{1} << (*part - 1));
  row.parts_delivered = arrived;
  return arrived == (uint64_t{1} << *row.parts) - 1;
}

}  // namespace

std::string_view to_string(NoticeState state) {
  const auto* found = std::ranges::find(kStates, state, &StateName::state);
  return found == kStates.end() ? std::string_view() : found->text;
}

bool from_string(std::string_view text, NoticeState& out) {
  const auto* found = std::ranges::find(kStates, text, &StateName::text);
  if (found == kStates.end()) return false;
  out = found->state;
  return true;
}

std::string notice_state_names() {
  std::string names;
  for (const auto& state : kStates) names.append(names.empty() ? "" : ", ").append(state.text);
  return names;
}

std::span<const OutcomeMeaning> outcome_meanings() { return kOutcomes; }

const OutcomeMeaning& meaning_of(DeliveryOutcome outcome) {
  const auto* found = std::ranges::find(kOutcomes, outcome, &OutcomeMeaning::outcome);
  CHECK(found != kOutcomes.end());
  return *found;
}

std::string_view to_string(DeliveryOutcome outcome) { return meaning_of(outcome).name; }

bool from_string(std::string_view text, DeliveryOutcome& out) {
  const auto* found = std::ranges::find(kOutcomes, text, &OutcomeMeaning::name);
  if (found == kOutcomes.end()) return false;
  out = found->outcome;
  return true;
}

std::string notice_id(const Cause& cause, std::string_view channel) {
  return cause.stream + ":" + std::to_string(cause.sequence) + ":" + std::string(channel);
}

bool is_open(NoticeState state) {
  return state == NoticeState::queued || state == NoticeState::waiting;
}

bool may_be_out(const NoticeRow& row) {
  return row.state == NoticeState::sent || (row.possible_repeat && is_open(row.state));
}

void name_message(NoticeRow& row, const std::string& gateway_id) {
  if (row.gateway_id == gateway_id) return;
  if (row.gateway_id && row.possible_repeat) {
    if (!row.former_ids) row.former_ids.emplace();
    row.former_ids->push_back(*row.gateway_id);
    if (row.former_ids->size() > kFormerIds) row.former_ids->erase(row.former_ids->begin());
  }
  row.gateway_id = gateway_id;
}

bool begin_attempt(NoticeRow& row, uint64_t attempt, Timestamp now) {
  if (!is_open(row.state) || attempt != row.attempts + 1 || row.due_at > now) return false;
  row.state = NoticeState::attempting;
  row.attempts = attempt;
  return true;
}

std::string_view end_attempt(NoticeRow& row, const DeliveryEnd& end, const NotifierRules& rules,
                             Timestamp now) {
  if (row.state != NoticeState::attempting || end.attempt != row.attempts) return {};
  row.error = end.error;
  if (end.outcome == DeliveryOutcome::accepted || end.outcome == DeliveryOutcome::unknown) {
    // By which a receipt finds it, also where the gateway took it and did not say so. Of an attempt
    // that a crash cut off only its begin has told the name.
    if (end.gateway_id) name_message(row, *end.gateway_id);
    if (end.gateway_id || end.parts) row.parts = end.parts;
    row.parts_delivered.reset();
  }
  if (end.segments) {
    row.segments = end.segments;
    row.alphabet = end.alphabet;
  }
  if (end.outcome == DeliveryOutcome::unknown) row.possible_repeat = true;
  if (!meaning_of(end.outcome).reaches && row.named_attempt == end.attempt) take_name_back(row);
  switch (end.outcome) {
    case DeliveryOutcome::accepted:
      row.state = NoticeState::sent;
      return topics::kNoticeSent;
    case DeliveryOutcome::rejected:
      return abandon_failed(row);
    case DeliveryOutcome::failed:
    case DeliveryOutcome::denied:
    case DeliveryOutcome::unknown:
      return put_off(row, rules, now);
    case DeliveryOutcome::busy:
      return try_soon(row, rules, now);
    case DeliveryOutcome::disabled:
      // Nobody mends it while a person waits to be called.
      return is_call(row) ? abandon_failed(row) : put_off(row, rules, now);
    case DeliveryOutcome::held:
    case DeliveryOutcome::unsent:
      return put_back(row, now);
  }
  return {};
}

std::string_view take_receipt(NoticeRow& row, std::string_view state,
                              const std::optional<std::string>& error,
                              const std::optional<uint64_t>& part) {
  // An attempt that got no answer has arrived all the same: it need not be repeated.
  const bool open = may_be_out(row) || row.state == NoticeState::undelivered;
  if (open && state == "delivered") {
    if (!arrived_whole(row, part)) return {};
    row.state = NoticeState::delivered;
    row.error.reset();
    return topics::kNoticeDelivered;
  }
  // On its way: the gateway has it, whatever the attempt was told, and there will be an end. Parts
  // are handed over in order: the last one says so of all.
  const bool whole = !row.parts || !part || *part == *row.parts;
  if (state == "buffered" && whole && may_be_out(row) && is_open(row.state)) {
    row.state = NoticeState::sent;
    row.error.reset();
    return topics::kNoticeSent;
  }
  if (row.state != NoticeState::sent || state != "failed") return {};
  row.state = NoticeState::undelivered;
  row.error = error.value_or("the gateway could not deliver it");
  return topics::kNoticeUndelivered;
}

std::string_view cancel(NoticeRow& row) {
  if (!is_open(row.state) && row.state != NoticeState::merged) return {};
  row.state = NoticeState::cancelled;
  return topics::kNoticeCancelled;
}

bool take_up(NoticeRow& wanted, const NoticeRow& cancelled) {
  if (cancelled.state != NoticeState::cancelled) return false;
  wanted.attempts = cancelled.attempts;
  wanted.possible_repeat = cancelled.possible_repeat;
  wanted.steps = cancelled.steps;
  wanted.gateway_id = cancelled.gateway_id;
  wanted.former_ids = cancelled.former_ids;
  wanted.parts = cancelled.parts;
  wanted.parts_delivered = cancelled.parts_delivered;
  wanted.segments = cancelled.segments;
  wanted.alphabet = cancelled.alphabet;
  wanted.state = wanted.attempts > 0 ? NoticeState::waiting : NoticeState::queued;
  return true;
}

void note_step(NoticeRow& row, NoticeMark mark) {
  if (!row.steps) row.steps.emplace();
  std::vector<NoticeMark>& steps = *row.steps;
  if (steps.size() >= kStepsKept) steps.erase(steps.begin() + 1);
  steps.push_back(std::move(mark));
}

bool is_call(const NoticeRow& row) { return row.method.has_value(); }

std::string digest_id(const std::string& first, uint64_t nth) {
  return first + kDigestMark + (nth == 0 ? "" : std::to_string(nth) + kDigestMark);
}

std::string digest_code(const std::string& notice_id) {
  constexpr size_t kCodeDigits = 5;
  return to_hex(blake2b(notice_id)).substr(0, kCodeDigits);
}

bool is_digest(std::string_view notice_id) { return notice_id.ends_with(kDigestMark); }

std::string destination_of(const NoticeRow& row) {
  return row.channel + ":" + (row.shared.value_or(false) ? "" : row.person.value_or(""));
}

std::string reader_of(const NoticeRow& row) {
  if (!row.person || row.shared.value_or(false)) return destination_of(row);
  return row.method.value_or("") + "/" + *row.person;
}

}  // namespace jieban
