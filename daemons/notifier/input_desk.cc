#include "daemons/notifier/input_desk.h"

#include "common/base/log.h"
#include "common/wire/payload.h"

namespace jieban {
namespace {

constexpr const char* kUnknownSender = "unknown_sender";
constexpr const char* kNoCode = "no_code";
constexpr const char* kRefused = "refused";

}  // namespace

InputDesk::InputDesk(const EdgeContext& context, ContactBook& contacts, WordsNow words)
    : inbox_(context.inbox), contacts_(contacts), words_(std::move(words)) {
  constexpr std::pair<Kind, const char*> kKinds[] = {{Kind::alert, "alert"},
                                                     {Kind::receipt, "receipt"},
                                                     {Kind::acknowledgement, "acknowledgement"},
                                                     {Kind::escalation, "escalation"},
                                                     {Kind::silence, "silence"},
                                                     {Kind::duty, "duty"}};
  for (const auto& [kind, name] : kKinds) {
    for (const char* outcome : {"taken", "repeated", kRefused}) {
      counts_[{kind, outcome}] = &context.metrics.counter(
          "jieban_door_inputs_total", "what came in at the notifier's door, by what became of it",
          {{"input", name}, {"outcome", outcome}});
    }
  }
  for (const char* what : {"command", "receipt", "reply"}) {
    unread_[what] = &context.metrics.counter(
        "jieban_gateway_unread_total",
        "packets of gateways that were answered and could not be read", {{"what", what}});
  }
  for (const char* why : {kUnknownSender, kNoCode}) {
    ignored_[why] = &context.metrics.counter("jieban_replies_ignored_total",
                                             "text messages that came back and acknowledge nothing",
                                             {{"why", why}});
  }
}

void InputDesk::unread(const std::string& channel, std::string_view what) {
  unread_.find(what)->second->increment();
  log(LogLevel::warning, "gateway_unread", {{"channel", channel}, {"what", what}});
}

template <class Payload>
Input InputDesk::input_of(std::string_view topic, const Payload& payload,
                          const std::string& actor) {
  Input input;
  input.topic = topic;
  input.actor = actor;
  input.payload = encode_payload(payload);
  return input;
}

void InputDesk::count(Kind kind, const Answer& answer) {
  auto counter = counts_.find({kind, answer.ok() ? *answer : kRefused});
  if (counter != counts_.end()) counter->second->increment();
}

void InputDesk::count_refused_alerts(size_t count) {
  counts_[{Kind::alert, kRefused}]->increment(double(count));
}

InputDesk::Answer InputDesk::hand_in(Kind kind, Input input, bool intake) {
  std::vector<Input> inputs;
  inputs.push_back(std::move(input));
  GroupAnswer group = inbox_.call(std::move(inputs), intake);
  Answer answer = group.error ? Answer(*group.error) : std::move(group.answers.front());
  count(kind, answer);
  return answer;
}

Result<std::vector<InputDesk::Answer>> InputDesk::alerts(const std::vector<AlertRaised>& raised,
                                                         const std::string& actor) {
  if (raised.empty()) return std::vector<Answer>();
  std::vector<Input> inputs;
  inputs.reserve(raised.size());
  for (const AlertRaised& alert : raised) {
    inputs.push_back(input_of(topics::kAlertRaised, alert, actor));
  }
  GroupAnswer group = inbox_.call(std::move(inputs), true);
  if (group.error) {
    count_refused_alerts(raised.size());
    return *group.error;
  }
  for (const Answer& answer : group.answers) count(Kind::alert, answer);
  return std::move(group.answers);
}

InputDesk::Answer InputDesk::receipt(const DeliveryReceipt& receipt, const std::string& actor) {
  return hand_in(Kind::receipt, input_of(topics::kDeliveryReceipt, receipt, actor), false);
}

InputDesk::Answer InputDesk::acknowledge(const AlertAcknowledge& acknowledge,
                                         const std::string& actor) {
  return hand_in(Kind::acknowledgement, input_of(topics::kAlertAcknowledge, acknowledge, actor),
                 false);
}

InputDesk::Answer InputDesk::escalate(const AlertEscalate& escalate, const std::string& actor) {
  return hand_in(Kind::escalation, input_of(topics::kAlertEscalate, escalate, actor), false);
}

InputDesk::Answer InputDesk::add_silence(const SilenceAdd& silence, const std::string& actor) {
  return hand_in(Kind::silence, input_of(topics::kSilenceAdd, silence, actor), true);
}

InputDesk::Answer InputDesk::lift_silence(const SilenceLift& silence, const std::string& actor) {
  return hand_in(Kind::silence, input_of(topics::kSilenceLift, silence, actor), true);
}

InputDesk::Answer InputDesk::request_duty(const DutyRequest& request, const std::string& actor) {
  return hand_in(Kind::duty, input_of(topics::kDutyRequest, request, actor), true);
}

InputDesk::Answer InputDesk::decide_duty(const DutyDecision& decision, const std::string& actor) {
  return hand_in(Kind::duty, input_of(topics::kDutyDecision, decision, actor), true);
}

InputDesk::Answer InputDesk::ignore(std::string_view why, const TextReply& reply) {
  ignored_.find(why)->second->increment();
  log(LogLevel::notice, "reply_ignored", {{"channel", reply.channel}, {"why", why}});
  return std::string(kIgnored);
}

InputDesk::Answer InputDesk::reply(const TextReply& reply) {
  auto person = contacts_.person_of(reply.from);
  if (!person) return ignore(kUnknownSender, reply);
  AlertAcknowledge told;
  told.person = *person;
  told.via = "reply";
  told.code = reply_code(reply.text, words_ ? words_() : ReplyWords());
  if (told.code.empty()) return ignore(kNoCode, reply);
  if (!reply.id.empty()) told.reply_id = reply.channel + ":" + reply.id;
  told.answered_at = reply.received_at;
  return acknowledge(told, *person);
}

}  // namespace jieban
