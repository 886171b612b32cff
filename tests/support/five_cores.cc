#include "tests/support/five_cores.h"

#include "common/config/settings.h"
#include "common/domain/topics.h"
#include "common/domain/topology.h"
#include "common/duty/rota_file.h"
#include "common/routing/rules_file.h"
#include "common/wire/record.h"
#include "daemons/notifier/notice_rules_file.h"
#include "daemons/notifier/notifier.h"
#include "daemons/receiver/door.h"
#include "daemons/router/router.h"
#include "daemons/sla-watcher/rules_file.h"

namespace jieban {
namespace {

const std::string kStreetCode = "110102007";
const std::string kConfig = JIEBAN_SOURCE_DIR "/config";

template <class T>
T good(Result<T> result) {
  if (!result.ok()) check_failed(__FILE__, __LINE__, result.error().message.c_str());
  return std::move(*result);
}

Timestamp local(const std::string& text) {
  auto at = parse_local(text);
  CHECK(at.has_value());
  return *at;
}

template <class Core>
std::unique_ptr<Service> make() {
  return std::make_unique<Core>();
}

using MakeCore = std::unique_ptr<Service> (*)();
const std::map<std::string, MakeCore> kCores = {{"receiver", &make<Receiver>},
                                                {"router", &make<Router>},
                                                {"sla-watcher", &make<SlaWatcher>},
                                                {"notifier", &make<Notifier>},
                                                {"archiver", &make<Archiver>}};

std::shared_ptr<const Sealer> make_sealer() {
  return std::make_shared<const Sealer>(good(SecretKey::from_bytes(std::string(32, 'm'))),
                                        good(SecretKey::from_bytes(std::string(32, 'i'))),
                                        good(Lexicon::load(kConfig + "/lexicon.yaml")));
}

}  // namespace

FiveRules shipped_five_rules() {
  const std::string clocks = "clocks: " + kConfig + "/clocks.yaml";
  FiveRules rules;
  rules.router =
      good(load_rule_files({kConfig + "/routing.yaml", kConfig + "/clocks.yaml",
                            kConfig + "/directory/" + kStreetCode + ".yaml",
                            kConfig + "/categories.yaml", kConfig + "/calendar/office.yaml"}));
  rules.clocks = good(load_clock_rules(good(
      parse_settings("rules: {" + clocks + ", calendar: " + kConfig + "/calendar/office.yaml}\n",
                     "sla-watcher.yaml", sla_watcher_parameters()))));
  rules.notices = good(load_notice_rules(kConfig + "/notices.yaml", "/nowhere"));
  rules.escalation = good(load_alerting_rules(kConfig + "/escalation.yaml"));
  rules.rota = good(load_rota_book(kConfig + "/rota.yaml"));
  rules.calendar = good(load_work_calendar(kConfig + "/calendar/office.yaml"));
  return rules;
}

FiveCores::FiveCores(const FiveRules& rules, const std::string& start)
    : now_(local(start)), sealer_(make_sealer()) {
  for (const DaemonPlace& place : topology::kDaemons) open(std::string(place.name));
  load(rules);
}

FiveCores::Seat& FiveCores::seat(const std::string& daemon) {
  auto found = seats_.find(daemon);
  CHECK(found != seats_.end());
  return found->second;
}

void FiveCores::open(const std::string& daemon) {
  Seat& at = seats_[daemon];
  at.fold.reset();
  at.core = kCores.at(daemon)();
  EnvironmentOptions options;
  options.path = dir_.path(daemon);
  options.stream = stream_name(kStreetCode, daemon);
  options.now = now_;
  options.map_size = size_t{256} << 20U;
  at.fold = good(Fold::open(options, *at.core));
}

void FiveCores::restart(const std::string& daemon) { open(daemon); }

// One clocks.yaml is read by both.
void FiveCores::load(const FiveRules& rules) {
  RouterRules router = rules.router;
  router.classes = rules.clocks.classes;
  router.calendar = rules.clocks.calendar;
  good(input("router", rules_input("router", router)));
  good(input("sla-watcher", rules_input("clocks", rules.clocks)));
  good(input("notifier", rules_input(Notifier::kRulesName, rules.notices)));
  good(input("notifier", rules_input(Callouts::kRotaName, rules.rota)));
  good(input("notifier", rules_input(WorkHours::kName, rules.calendar)));
  good(input("notifier", rules_input(Callouts::kRulesName, rules.escalation)));
}

StepOutcome FiveCores::run(const std::string& daemon, const std::vector<BatchPart>& parts) {
  Seat& at = seat(daemon);
  StepOutcome outcome = good(at.fold->run({now_, parts}));
  CHECK(!outcome.tick_failed);
  for (const std::string& record : outcome.records) {
    Event event = good(decode_record(record));
    event.stream = at.fold->stream();
    event.sequence = at.records.size() + 1;
    if (event.topic == topics::kQuarantined) {
      set_aside_.push_back(daemon + ": " + good(decode_payload<Quarantined>(event.payload)).error);
    }
    at.records.push_back(record);
    at.events.push_back(std::move(event));
  }
  return outcome;
}

bool FiveCores::hear(const std::string& daemon) {
  Seat& at = seat(daemon);
  std::vector<BatchPart> parts;
  for (const std::string& upstream : upstreams_of(daemon)) {
    const Seat& source = seat(upstream);
    size_t& heard = at.heard[upstream];
    if (heard == source.records.size()) continue;
    BatchPart& part = parts.emplace_back();
    part.kind = BatchPart::Kind::run;
    part.stream = source.fold->stream();
    part.epoch = 1;
    part.first = heard + 1;
    part.records.assign(source.records.begin() + long(heard), source.records.end());
    heard = source.records.size();
  }
  if (parts.empty()) return false;
  run(daemon, parts);
  return true;
}

void FiveCores::settle() {
  bool moved = true;
  while (moved) {
    moved = false;
    for (const DaemonPlace& place : topology::kDaemons) {
      moved = hear(std::string(place.name)) || moved;
    }
  }
}

std::pair<Timestamp, std::string> FiveCores::next_due() {
  std::pair<Timestamp, std::string> earliest{kTimestampMax, ""};
  for (auto& [daemon, at] : seats_) {
    const Transaction txn = good(at.fold->environment().read());
    const Timestamp due = good(at.core->next_due(txn));
    if (due < earliest.first) earliest = {due, daemon};
  }
  return earliest;
}

void FiveCores::advance_to(Timestamp at) {
  CHECK(at >= now_);
  for (auto [due, daemon] = next_due(); due <= at; std::tie(due, daemon) = next_due()) {
    now_ = std::max(now_, due);
    run(daemon, {BatchPart{}});
    settle();
  }
  now_ = at;
}

void FiveCores::advance_to(const std::string& at) { advance_to(local(at)); }

std::vector<std::string> FiveCores::submit(const std::vector<Submission>& orders,
                                           const std::string& batch_id) {
  std::vector<const Submission*> each;
  for (const Submission& order : orders) each.push_back(&order);
  std::vector<BatchPart> parts;
  for (Input& made : order_inputs(*sealer_, batch_id, "import", "import", each)) {
    parts.push_back({});
    parts.back().kind = BatchPart::Kind::input;
    parts.back().input = std::move(made);
  }
  std::vector<std::string> answers;
  for (auto& answer : run("receiver", parts).answers) answers.push_back(good(std::move(answer)));
  settle();
  return answers;
}

std::string FiveCores::submit(const Submission& order) {
  return submit({order}, "batch-" + std::to_string(++batches_)).front();
}

CommandOutcome FiveCores::say(const std::string& order_no, const Said& said) {
  CommandRequest request;
  request.order_no = order_no;
  request.command = said.command;
  request.idempotency_key = "key-" + std::to_string(++asked_);
  request.role = said.role;
  request.arguments = said.arguments;
  Input made;
  made.topic = kCommandSubmitted;
  made.actor = said.actor.empty() ? said.role + "-1" : said.actor;
  if (!said.texts.empty()) {
    std::string names;
    for (const auto& [name, text] : said.texts) names += (names.empty() ? "" : ",") + name;
    if (names != "text") request.arguments["sealed_fields"] = names;
    SealedText sealed = sealer_->seal_texts(said.texts);
    request.sealed = std::move(sealed.box);
    made.secret = std::move(sealed.wrapped_key);
  }
  made.payload = encode_payload(request);
  good(input("receiver", std::move(made)));
  const auto& commands = dynamic_cast<const Receiver&>(core("receiver")).commands();
  const Transaction txn = good(fold("receiver").environment().read());
  auto outcome = good(commands.get(txn, make_key(std::string_view(request.idempotency_key))));
  CHECK(outcome.has_value());
  return *outcome;
}

std::string FiveCores::refusal(const std::string& order_no, const Said& said) {
  const CommandOutcome outcome = say(order_no, said);
  return outcome.outcome == "done" ? "" : outcome.code + " " + outcome.reason;
}

Result<std::string> FiveCores::input(const std::string& daemon, Input made) {
  BatchPart part;
  part.kind = BatchPart::Kind::input;
  part.input = std::move(made);
  auto answer = std::move(run(daemon, {part}).answers.at(0));
  settle();
  return answer;
}

const std::vector<Event>& FiveCores::told(const std::string& daemon) const {
  return seats_.at(daemon).events;
}

std::vector<Event> FiveCores::told(const std::string& daemon, std::string_view topic) const {
  std::vector<Event> found;
  for (const Event& event : told(daemon)) {
    if (event.topic == topic) found.push_back(event);
  }
  return found;
}

std::vector<std::string> FiveCores::changes_of(const std::string& order_no,
                                               const std::string& clock) const {
  std::vector<std::string> found;
  for (const Event& event : told("sla-watcher", topics::kClockChanged)) {
    const auto changes = good(decode_payload<ClockChanges>(event.payload));
    if (changes.order_no != order_no) continue;
    for (const ClockChange& each : changes.changes) {
      if (each.clock == clock) found.push_back(each.change);
    }
  }
  return found;
}

std::vector<DeadlineAlert> FiveCores::alerts_of(const std::string& order_no,
                                                const std::string& clock) const {
  std::vector<DeadlineAlert> found;
  for (const Event& event : told("sla-watcher")) {
    if (!event.topic.starts_with("deadline.")) continue;
    auto alert = good(decode_payload<DeadlineAlert>(event.payload));
    if (alert.order_no == order_no && alert.clock == clock) found.push_back(std::move(alert));
  }
  return found;
}

Archive FiveCores::archive() {
  return {fold("archiver").environment(), dynamic_cast<const Archiver&>(core("archiver")).tables()};
}

OrderSummary FiveCores::summary(const std::string& order_no) {
  return good(find_order(archive(), order_no, std::nullopt)).summary;
}

OrderView FiveCores::view(const std::string& order_no) {
  return good(view_order(archive(), order_no, std::nullopt));
}

std::optional<RunningClock> FiveCores::running(const std::string& order_no, ClockKind clock) {
  const uint64_t order_id = good(find_order(archive(), order_no, std::nullopt)).order_id;
  const auto& watched = dynamic_cast<const SlaWatcher&>(core("sla-watcher")).orders();
  const Transaction txn = good(fold("sla-watcher").environment().read());
  const auto order = good(watched.get(txn, make_key(order_id)));
  if (!order) return std::nullopt;
  for (const RunningClock& each : order->clocks) {
    if (each.name == clock) return each;
  }
  return std::nullopt;
}

}  // namespace jieban
