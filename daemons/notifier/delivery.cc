#include "daemons/notifier/delivery.h"

#include <array>

#include "common/domain/topics.h"
#include "daemons/notifier/backoff.h"

namespace jieban {
namespace {

template <class Enum>
struct Name {
  Enum value;
  std::string_view text;
};

constexpr std::array<Name<NoticeState>, 9> kStates = {{
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

constexpr std::array<Name<DeliveryOutcome>, 6> kOutcomes = {{
    {DeliveryOutcome::accepted, "accepted"},
    {DeliveryOutcome::failed, "failed"},
    {DeliveryOutcome::denied, "denied"},
    {DeliveryOutcome::rejected, "rejected"},
    {DeliveryOutcome::unknown, "unknown"},
    {DeliveryOutcome::unsent, "unsent"},
}};

template <class Enum, size_t kCount>
std::string_view name_of(const std::array<Name<Enum>, kCount>& names, Enum value) {
  for (const auto& name : names) {
    if (name.value == value) return name.text;
  }
  return "";
}

template <class Enum, size_t kCount>
bool value_of(const std::array<Name<Enum>, kCount>& names, std::string_view text, Enum& out) {
  for (const auto& name : names) {
    if (name.text != text) continue;
    out = name.value;
    return true;
  }
  return false;
}

// The row goes back to waiting, or is given up.
std::string_view put_off(NoticeRow& row, bool hopeless, const NotifierRules& rules, Timestamp now) {
  ++row.failures;
  // A call that does not get through is given up soon: the person has another means.
  const uint64_t attempts_max = row.person ? rules.call_attempts() : rules.attempts_max;
  if (hopeless || row.failures >= attempts_max) {
    row.state = NoticeState::abandoned;
    return topics::kNoticeAbandoned;
  }
  row.state = NoticeState::waiting;
  row.due_at =
      now + backoff_delay(rules.retry_first(), rules.retry_max(), row.failures, row.notice_id);
  return topics::kNoticeFailed;
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

std::string_view to_string(NoticeState state) { return name_of(kStates, state); }
bool from_string(std::string_view text, NoticeState& out) { return value_of(kStates, text, out); }
std::string notice_state_names() {
  std::string names;
  for (const auto& state : kStates) names.append(names.empty() ? "" : ", ").append(state.text);
  return names;
}
std::string_view to_string(DeliveryOutcome outcome) { return name_of(kOutcomes, outcome); }
bool from_string(std::string_view text, DeliveryOutcome& out) {
  return value_of(kOutcomes, text, out);
}

std::string notice_id(const Cause& cause, std::string_view channel) {
  return cause.stream + ":" + std::to_string(cause.sequence) + ":" + std::string(channel);
}

bool is_open(NoticeState state) {
  return state == NoticeState::queued || state == NoticeState::waiting;
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
  switch (end.outcome) {
    case DeliveryOutcome::accepted:
      row.state = NoticeState::sent;
      row.gateway_id = end.gateway_id;
      row.parts = end.parts;
      row.parts_delivered.reset();
      return topics::kNoticeSent;
    case DeliveryOutcome::rejected:
      return put_off(row, true, rules, now);
    case DeliveryOutcome::failed:
    case DeliveryOutcome::denied:
      return put_off(row, false, rules, now);
    case DeliveryOutcome::unknown:
      row.possible_repeat = true;
      return put_off(row, false, rules, now);
    case DeliveryOutcome::unsent:
      row.state = NoticeState::waiting;
      row.due_at = now;
      return topics::kNoticeFailed;
  }
  return {};
}

std::string_view take_receipt(NoticeRow& row, std::string_view state,
                              const std::optional<std::string>& error,
                              const std::optional<uint64_t>& part) {
  // An attempt that got no answer has arrived all the same: it need not be repeated.
  const bool may_be_out = row.possible_repeat && is_open(row.state);
  const bool open = row.state == NoticeState::sent || row.state == NoticeState::undelivered;
  if ((open || may_be_out) && state == "delivered") {
    if (!arrived_whole(row, part)) return {};
    row.state = NoticeState::delivered;
    row.error.reset();
    return topics::kNoticeDelivered;
  }
  if (row.state != NoticeState::sent || state != "failed") return {};
  row.state = NoticeState::undelivered;
  row.error = error.value_or("the gateway could not deliver it");
  return topics::kNoticeUndelivered;
}

std::string_view cancel(NoticeRow& row) {
  if (!is_open(row.state)) return {};
  row.state = NoticeState::cancelled;
  return topics::kNoticeCancelled;
}

std::string destination_of(const NoticeRow& row) {
  return row.channel + ":" + row.person.value_or("");
}

}  // namespace jieban
