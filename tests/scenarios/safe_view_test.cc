// Goal: nothing personal gets out through a template of the notifier.
// Method: every name that any payload, input or row gives to a field, taken from the sources and
// held against the visitors, is tried in a template of every topic: only those of the safe view
// are taken. And orders whose every personal field is a marker go through all that tells of them.
#include <filesystem>
#include <regex>
#include <set>

#include "common/base/file.h"
#include "daemons/archiver/order_summary.h"
#include "daemons/notifier/alertmanager.h"
#include "daemons/notifier/inputs.h"
#include "daemons/notifier/mask_tag.h"
#include "daemons/notifier/notice_rules.h"
#include "daemons/notifier/notice_tables.h"
#include "daemons/router/router.h"
#include "tests/scenarios/desk.h"
#include "tests/support/core_harness.h"

namespace jieban {
namespace {

using Names = std::set<std::string>;
using std::chrono::hours;
using std::chrono::minutes;

// What may leave the house, by the beginning of the topic; the first that fits counts. Written down
// once more, so that a field that is let in by mistake is seen here.
const std::vector<std::pair<std::string, Names>>& safe_views() {
  static const Names kOrder = {"order_no", "category", "community"};
  static const Names kDispatch = {"order_no", "category", "community", "lead_unit"};
  static const Names kDeadline = {"order_no", "category", "community", "lead_unit",
                                  "clock",    "percent",  "deadline"};
  // `link` is no field of an order here: the notifier's own link, put in on the way out. `ack` is
  // a text of the street's own, which can name the code and the link.
  static const Names kCall = {"order_no", "category", "community", "lead_unit", "clock", "percent",
                              "deadline", "count",    "summary",   "code",      "link",  "ack"};
  static const std::vector<std::pair<std::string, Names>> kViews = {
      {"deadline.", kDeadline},
      {"order.dispatched", kDispatch},
      {"order.unrouted", kOrder},
      {"call", kCall},
      {"digest.board", {"order_no", "count", "matters", "list"}},
      {"digest", {"order_no", "count", "matters", "list", "ack"}},
  };
  return kViews;
}

const Names& safe_view_of(std::string_view topic) {
  for (const auto& [beginning, names] : safe_views()) {
    if (topic.starts_with(beginning)) return names;
  }
  ADD_FAILURE() << "no safe view is written down for " << topic;
  static const Names kNone;
  return kNone;
}

template <class T>
void collect_names(Names& names);

template <class T>
struct InnerType {
  static void collect(Names& names) {
    if constexpr (HasFields<T>) collect_names<T>(names);
  }
};
template <class T>
struct InnerType<std::optional<T>> : InnerType<T> {};
template <class T>
struct InnerType<std::vector<T>> : InnerType<T> {};
template <class T>
struct InnerType<std::map<std::string, T>> : InnerType<T> {};

template <class T>
void collect_names(Names& names) {
  auto visit = [&]<class Member>(const char* name, Member T::*) {
    names.insert(name);
    InnerType<Member>::collect(names);
  };
  T::fields(visit);
}

// Of the payloads that tell of orders, and of the rows that keep them.
template <class... Payloads>
Names names_of() {
  Names names;
  (collect_names<Payloads>(names), ...);
  return names;
}
Names visited_names() {
  return names_of<OrderIntake, CommandRequest, CommandRefusal, OrderOpening, OrderMove,
                  ClockChanges, DeadlineAlert, ArchiveSealed, RulesLoaded, Quarantined, NoticeStep,
                  AlertStep, AlertRaised, AlertAcknowledge, DeliveryBegin, DeliveryEnd,
                  DeliveryReceipt, SilenceAdd, NoticeRow, OrderCard, Callout, OrderSummary,
                  RoutedIntake>();
}

// All there are: `visit("name", ...)` in any header of ours.
Names written_names() {
  Names names;
  const std::regex visit(R"lit(visit\("([^"]+)",)lit");
  for (const char* folder : {"/common", "/daemons"}) {
    for (const auto& file :
         std::filesystem::recursive_directory_iterator(JIEBAN_SOURCE_DIR + std::string(folder))) {
      if (file.path().extension() != ".h" && file.path().extension() != ".cc") continue;
      const std::string text = *read_file(file.path(), 1 << 20);
      for (std::sregex_iterator found(text.begin(), text.end(), visit), end; found != end;
           ++found) {
        names.insert((*found)[1]);
      }
    }
  }
  return names;
}

// Those, and what an order has when it comes in at the door.
Names all_names() {
  Names names = written_names();
  for (const Field& field : submission_fields()) names.insert(std::string(field.name));
  return names;
}

TEST(SafeView, TheNamesFromTheSourcesAreAllThatTheVisitorsKnow) {
  const Names written = written_names();
  for (const std::string& name : visited_names()) EXPECT_TRUE(written.contains(name)) << name;
  EXPECT_GT(written.size(), 300U);
  for (const char* name : {"sealed", "box", "caller", "place", "arguments", "text", "signed_out_by",
                           "contact", "handed_in_by", "labels"}) {
    EXPECT_TRUE(written.contains(name)) << name;
  }
}

TEST(SafeView, EveryFieldThatIsNotSafeIsRefusedInEveryTemplate) {
  const Names names = all_names();
  for (const NoticeTopic& topic : notice_topics()) {
    const Names& safe = safe_view_of(topic.name);
    for (const std::string& name : names) {
      const bool taken = check_template("工单{" + name + "}。", topic).ok();
      EXPECT_EQ(taken, safe.contains(name)) << topic.name << " {" << name << "}";
      for (const std::string& disguise :
           {" " + name, name + " ", "facts." + name, "sealed." + name, name + "[0]",
            std::string(1, char(std::toupper(name[0]))) + name.substr(1)}) {
        EXPECT_FALSE(check_template("{" + disguise + "}", topic).ok()) << topic.name << disguise;
      }
    }
    for (const std::string& name : safe) {
      EXPECT_TRUE(check_template("{" + name + "}", topic).ok()) << topic.name << " {" << name;
    }
  }
}

TEST(SafeView, HowToAnswerNamesTheCodeAndTheLinkAlone) {
  for (const std::string& name : all_names()) {
    const bool safe = name == "code" || name == "link";
    EXPECT_EQ(check_template("{" + name + "}", ack_topic()).ok(), safe) << name;
  }
}

TEST(SafeView, NoPersonalFieldOfAnOrderIsSafeAnywhere) {
  size_t personal = 0;
  for (const Field& field : submission_fields()) {
    if (field.privacy != Privacy::personal) continue;
    ++personal;
    for (const auto& [topic, names] : safe_views()) {
      EXPECT_FALSE(names.contains(std::string(field.name))) << topic << field.name;
    }
  }
  EXPECT_GT(personal, 5U);
}

// The rules as a whole, as the daemon takes them: by file, by SIGHUP, and in its stream.
TEST(SafeView, RulesWithSuchATemplateDoNotComeIntoForce) {
  const NotifierRules shipped = shipped_five_rules().notices;
  ASSERT_TRUE(check_rules(shipped).ok());
  for (const std::string& name : all_names()) {
    for (const NoticeTopic& topic : notice_topics()) {
      if (safe_view_of(topic.name).contains(name)) continue;
      NotifierRules rules = shipped;
      rules.templates[std::string(topic.name)] = "{order_no}{" + name + "}";
      EXPECT_FALSE(check_rules(rules).ok()) << topic.name << " {" << name << "}";
    }
  }
  NotifierRules rules = shipped;
  rules.templates["call.order.cancelled"] = "{order_no}";
  EXPECT_FALSE(check_rules(rules).ok()) << "a topic that nobody knows";
}

const std::string kPersonalMark = "隐私7419";
const std::string kOpenMark = "不外传5520";

// Of the open fields, those that rules read or a notice may name.
bool stays_as_it_is(const Field& field) {
  static const Names kRead = {"order_no", "district", "street",  "community",
                              "cat1",     "cat2",     "cat3",    "cat4",
                              "cat5",     "cat_path", "urgency", "parent_no"};
  return field.shape == Shape::word || kRead.contains(std::string(field.name));
}

Submission marked(Submission order) {
  for (const Field& field : submission_fields()) {
    const bool personal = field.privacy == Privacy::personal;
    if (!personal && stays_as_it_is(field)) continue;
    const auto* text = std::get_if<std::string Submission::*>(&field.member);
    if (text != nullptr) order.*(*text) = (personal ? kPersonalMark : kOpenMark) + order.order_no;
  }
  order.tags = {kOpenMark};
  order.extra = {{kPersonalMark, kPersonalMark}};
  return order;
}

// Templates that say all they may, for every topic; a channel that wants every topic; boards and
// persons get lists soon.
FiveRules rules_that_say_all() {
  FiveRules rules = shipped_five_rules();
  ChannelRule& channel = rules.notices.channels.at(0);
  channel.topics.clear();
  for (const NoticeTopic& topic : notice_topics()) {
    std::string words = std::string(topic.name) + ":";
    for (std::string_view name : topic.placeholders) words += " {" + std::string(name) + "}";
    rules.notices.templates[std::string(topic.name)] = words;
    const bool of_orders = topic.name.starts_with("order.") || topic.deadline;
    if (of_orders) channel.topics.emplace_back(topic.name);
  }
  for (const char* kind : {"spool", "person_all"}) {
    auto& destination = rules.escalation.destinations[kind];
    destination.throttle.limits = {{2, 60'000'000, false}};
    destination.digest = DigestRule{1, 60'000'000, 1'000'000};
  }
  return rules;
}

// Each notice that waits is tried, so that digests are made of what is too much.
void deliver_all(Desk& desk, std::set<std::string>& tried) {
  for (const Event& event : desk.told("notifier", topics::kNoticeQueued)) {
    const std::string id = payload_of<NoticeStep>(event).notice_id;
    if (tried.contains(id)) continue;
    Input begin;
    begin.topic = topics::kDeliveryBegin;
    begin.payload = encode_payload(DeliveryBegin{id, 1});
    const auto said = desk.input("notifier", begin);
    if (!said.ok() || *said != "go") continue;
    tried.insert(id);
    Input end;
    end.topic = topics::kDeliveryEnd;
    end.payload = encode_payload(DeliveryEnd{id, 1, DeliveryOutcome::accepted, std::nullopt});
    (void)desk.input("notifier", end);
  }
}

// One that is an emergency, some that nobody signs, one that no rule knows, one that comes back.
void live_through_all(Desk& desk) {
  Submission urgent = marked(Desk::leak("260310000001"));
  urgent.urgency = "emergency";
  desk.submit(urgent);
  for (int i = 2; i < 9; ++i) desk.submit(marked(Desk::leak("26031000000" + std::to_string(i))));
  Submission unknown = marked(Desk::leak("260310000010"));
  unknown.cat1 = "无此类别";
  unknown.cat2 = unknown.cat3 = "";
  desk.submit(unknown);
  desk.take(unknown.order_no, {"sign", "seat"});
  const Submission rejected = marked(Desk::leak("260310000011"));
  desk.submit(rejected);
  desk.bring(rejected.order_no, "submit");
  desk.take(
      rejected.order_no,
      {"reject", "city", {{"reason_code", "INCOMPLETE"}}, {{"text", kPersonalMark + "未解决"}}});
  std::set<std::string> tried;
  for (int i = 0; i < 60; ++i) {
    desk.advance(minutes(1));
    deliver_all(desk, tried);
  }
  desk.advance(hours(24 * 20));
  deliver_all(desk, tried);
}

TEST(SafeView, OfOrdersFullOfPersonalTextNothingIsTold) {
  Desk desk(rules_that_say_all());
  live_through_all(desk);
  Names said;
  for (const Event& event : desk.told("notifier")) {
    EXPECT_EQ(event.payload.find(kPersonalMark), std::string::npos) << event.topic;
    EXPECT_EQ(event.payload.find(kOpenMark), std::string::npos) << event.topic;
    if (event.topic != topics::kNoticeQueued) continue;
    const std::string text = payload_of<NoticeStep>(event).text.value_or("");
    said.insert(text.substr(0, text.find(':')));
  }
  for (const char* topic :
       {"deadline.warned", "deadline.breached", "order.dispatched", "order.unrouted",
        "call.emergency.unsigned", "call.deadline", "call.order.unsigned", "call.order.unrouted",
        "call.order.rejected", "digest", "digest.board"}) {
    EXPECT_TRUE(said.contains(topic)) << topic << " was not told: the test looks at less";
  }
  EXPECT_EQ(desk.set_aside(), std::vector<std::string>());
}

// Values, not fields: numbers that people put where there is room for words.
const std::vector<std::string>& numbers_of_persons() {
  static const std::vector<std::string> kNumbers = {
      "13900000123", "139 0000 0124", "110101199003071234", "66051234", "wang.li@example.cn"};
  return kNumbers;
}

// As the door reads it.
AlertRaised posted(const LabelSet& labels, const std::string& summary, bool resolved = false) {
  const auto pairs = [](const std::map<std::string, std::string>& from) {
    Value value;
    for (const auto& [name, text] : from) value.set(name, text);
    return value;
  };
  Value alert;
  alert.set("status", resolved ? "resolved" : "firing");
  alert.set("labels", pairs(labels));
  alert.set("annotations", pairs({{"summary", summary}, {"description", summary}}));
  if (resolved) alert.set("endsAt", "2026-01-01T00:00:00Z");
  Value body;
  body.set("version", "4").set("alerts", Value::Array{std::move(alert)});
  const MaskTag tags(*SecretKey::from_bytes(std::string(32, 'k')));
  auto batch = read_alertmanager(body, [&](std::string_view text) { return tags.of(text); });
  return *batch->alerts.at(0);
}

template <class Payload>
void post(Desk& desk, const Payload& told, std::string_view topic = topics::kAlertRaised) {
  Input input;
  input.topic = topic;
  input.payload = encode_payload(told);
  const auto said = desk.input("notifier", input);
  EXPECT_TRUE(said.ok()) << said.error().message;
}

TEST(SafeView, NoNumberOfAPersonIsToldWhereverAnAlertComesIn) {
  FiveRules rules = rules_that_say_all();
  Desk desk(rules);
  size_t count = 0;
  for (const std::string& number : numbers_of_persons()) {
    const std::string at = std::to_string(++count);
    Submission order = Desk::leak("26031000000" + at);
    order.cat1 = "无此类别" + number;
    order.cat2 = order.cat3 = "";
    desk.submit(order);
    desk.take(order.order_no, {"sign", "seat"});
    Submission urgent = Desk::leak("26031000001" + at);
    urgent.urgency = "emergency";
    urgent.cat3 += number;
    desk.submit(urgent);
    post(desk, posted({{"alertname", "A" + at}, {"severity", "critical"}, {"daemon", "router"}},
                      "来电人王某某" + number + "，样例胡同九号"));
    post(desk,
         posted({{"alertname", "B" + number}, {"severity", "critical"}, {"who", number}}, at));
    LabelSet labels = {{"topic", "deadline"}, {"level", "red"}};
    for (const char* of : {"unit", "community", "category", "clock", "order"}) labels[of] = number;
    post(desk, posted(labels, at));
  }
  std::set<std::string> tried;
  for (int i = 0; i < 90; ++i) {
    desk.advance(minutes(1));
    deliver_all(desk, tried);
  }
  Names said;
  for (const Event& event : desk.told("notifier")) {
    for (const std::string& number : numbers_of_persons()) {
      EXPECT_EQ(event.payload.find(number), std::string::npos) << event.topic;
    }
    if (event.topic != topics::kNoticeQueued) continue;
    const std::string text = payload_of<NoticeStep>(event).text.value_or("");
    if (text.find("***") != std::string::npos) said.insert(text.substr(0, text.find(':')));
  }
  for (const char* topic : {"call", "call.emergency.unsigned", "call.order.unrouted",
                            "order.unrouted", "call.deadline"}) {
    EXPECT_TRUE(said.contains(topic)) << topic << " was not told: the test looks at less";
  }
}

// The names by which the shipped rules and people's silences ask are not touched.
TEST(SafeView, RoutesAndSilencesGoOnMatchingWhatTheMonitoringSays) {
  Desk desk(shipped_five_rules());
  const LabelSet labels = {{"alertname", "JiebanDaemonDown"},
                           {"severity", "critical"},
                           {"daemon", "sla-watcher"},
                           {"instance", "127.0.0.1:9103"},
                           {"level", "95%"}};
  EXPECT_EQ(posted(labels, "").labels, labels);
  const std::string matchers = R"(daemon=sla-watcher, instance="127.0.0.1:9103", level="95%")";
  const SilenceAdd silence{"s-1",    matchers,      std::nullopt, desk.now() + hours(1),
                           "p-zhou", "计划内的维护"};
  post(desk, silence, topics::kSilenceAdd);
  post(desk, posted(labels, "sla-watcher 无法访问"));
  desk.advance(minutes(5));
  EXPECT_EQ(desk.told("notifier", topics::kNoticeQueued).size(), 0U) << "silenced";
  desk.advance(hours(2));
  const auto calls = desk.told("notifier", topics::kNoticeQueued);
  EXPECT_TRUE(std::ranges::any_of(calls, [](const Event& call) {
    return payload_of<NoticeStep>(call).text.value_or("").find("sla-watcher 无法访问") !=
           std::string::npos;
  })) << "called once the silence is over";
}

}  // namespace
}  // namespace jieban
