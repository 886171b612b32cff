#include "daemons/notifier/callout/alert_draft.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "daemons/notifier/callout/callout.h"
#include "daemons/notifier/safe_text.h"

namespace jieban {
namespace {

constexpr std::string_view kEmergency = "emergency";
constexpr std::string_view kSignClock = "sign";
constexpr const char* kEmergencyTopic = "emergency.unsigned";

// What is urgent by its class is told as such, whatever the colour of the rung.
std::string severity_of(const std::string& order_class, const std::string& level) {
  return order_class == kEmergency ? std::string(kEmergency) : level;
}

std::string topic_of(const DeadlineAlert& alert) {
  if (alert.clock != kSignClock) return "deadline";
  return alert.order_class == kEmergency ? kEmergencyTopic : "order.unsigned";
}

// Labels that are empty are the same as missing ones, and are left out.
void set_label(LabelSet& labels, const char* name, const std::string& value) {
  if (!value.empty()) labels[name] = value.substr(0, kLabelValueMax);
}

// What somebody typed. No character has more than four bytes.
void set_free_label(LabelSet& labels, const char* name, const std::string& value) {
  set_label(labels, name, safe_text(value, kLabelValueMax / 4));
}

LabelSet labels_of(const std::string& topic, const AlertOrder& order, const std::string& level) {
  LabelSet labels;
  set_label(labels, kTopicLabel, topic);
  set_label(labels, kOrderLabel, order.order_no);
  set_label(labels, kUnitLabel, order.lead_unit);
  set_label(labels, "class", order.order_class);
  set_free_label(labels, "community", order.community);
  set_free_label(labels, "category", order.category);
  set_label(labels, kLevelLabel, level);
  set_label(labels, kSeverityLabel, severity_of(order.order_class, level));
  return labels;
}

struct StateAlert {
  std::string_view event;
  std::string_view topic;
  std::optional<OrderState> to{};  // in this state only
  std::string_view satisfied{};    // with this answer of the caller only
};
// A return that was refused brings the order back to the unit that has not accepted it.
constexpr std::array<StateAlert, 7> kStateAlerts = {{
    {"order.dispatched", "order.unaccepted"},
    {"order.reassigned", "order.unaccepted"},
    {"order.return_refused", "order.unaccepted", OrderState::dispatched},
    {"order.unrouted", "order.unrouted"},
    {"order.rejected", "order.rejected"},
    {"order.audit_failed", "order.audit_failed"},
    {"order.visited", "order.unsatisfied", std::nullopt, "UNSATISFIED"},
}};

}  // namespace

std::string minute_of(Timestamp at) {
  constexpr size_t kToTheMinute = 16;
  return format_local(at).substr(0, kToTheMinute);
}

std::string clock_alert(const std::string& clock) { return "clock:" + clock; }

AlertDraft draft_of(const DeadlineAlert& alert) {
  AlertDraft draft;
  draft.what = clock_alert(alert.clock);
  const AlertOrder order{alert.order_no, alert.category, alert.community, alert.order_class,
                         alert.lead_unit};
  draft.labels = labels_of(topic_of(alert), order, alert.level.value_or(""));
  set_label(draft.labels, "clock", alert.clock);
  draft.annotations["deadline"] = std::to_string(to_micros(alert.deadline));
  draft.annotations["percent"] = std::to_string(alert.percent);
  return draft;
}

// By what is used of the clock: the names of levels are the rules' own.
bool takes_the_place_of_the_first(const AlertDraft& draft) {
  constexpr uint64_t kBreached = 100;
  return label_of(draft.labels, kTopicLabel) == kEmergencyTopic &&
         subject_of(draft.labels, draft.annotations).percent.value_or(0) >= kBreached;
}

AlertDraft emergency_draft(const AlertOrder& order) {
  AlertDraft draft;
  draft.what = kStateAlert;
  draft.labels = labels_of(kEmergencyTopic, order, "");
  return draft;
}

bool may_alert(std::string_view topic) {
  return std::ranges::find(kStateAlerts, topic, &StateAlert::event) != kStateAlerts.end();
}

std::optional<AlertDraft> state_draft(const StateMove& move, const AlertOrder& order) {
  const auto* found = std::ranges::find(kStateAlerts, move.topic, &StateAlert::event);
  if (found == kStateAlerts.end() || found->to.value_or(move.to) != move.to) return std::nullopt;
  if (!found->satisfied.empty() && found->satisfied != move.satisfied) return std::nullopt;
  AlertDraft draft;
  draft.what = kStateAlert;
  draft.labels = labels_of(std::string(found->topic), order, "");
  return draft;
}

AlertDraft handover_draft(const WaitingHandover& waiting) {
  AlertDraft draft;
  draft.what = kHandoverAlert;
  set_label(draft.labels, kTopicLabel, "handover.waiting");
  set_label(draft.labels, "handover", std::to_string(waiting.handover));
  set_label(draft.labels, "shift_in", waiting.shift_in);
  // By telephone, not in a group alone.
  set_label(draft.labels, kSeverityLabel, "critical");
  draft.annotations["summary"] = "第 " + std::to_string(waiting.handover) + " 次交班（" +
                                 waiting.shift_out + " 交 " + waiting.shift_in + "），" +
                                 waiting.signed_out_by + " 已签字，无人接班";
  return draft;
}

NoticeSubject subject_of(const LabelSet& labels,
                         const std::map<std::string, std::string>& annotations) {
  const auto number = [&](const char* name) -> std::optional<int64_t> {
    auto found = annotations.find(name);
    if (found == annotations.end()) return std::nullopt;
    int64_t value = 0;
    const char* end = found->second.data() + found->second.size();
    auto [rest, fault] = std::from_chars(found->second.data(), end, value);
    return fault == std::errc() && rest == end ? std::optional<int64_t>(value) : std::nullopt;
  };
  NoticeSubject subject;
  subject.order_no = label_of(labels, kOrderLabel);
  subject.category = label_of(labels, "category");
  subject.community = label_of(labels, "community");
  subject.clock = label_of(labels, "clock");
  subject.lead_unit = label_of(labels, kUnitLabel);
  if (auto percent = number("percent")) subject.percent = static_cast<uint64_t>(*percent);
  if (auto deadline = number("deadline")) subject.deadline = from_micros(*deadline);
  auto summary = annotations.find("summary");
  if (summary != annotations.end()) subject.summary = summary->second;
  return subject;
}

}  // namespace jieban
