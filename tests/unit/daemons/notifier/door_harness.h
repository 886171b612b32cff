// The notifier's door on a free port, and behind it a core that only notes what comes in: the door
// is tested without the rules of the real one.
//
// The loop runs in a thread; while it is halted, whatever comes in waits in the inbox.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/daemon/common_parameters.h"
#include "common/http/client.h"
#include "common/json/json.h"
#include "daemons/notifier/door_edge.h"
#include "daemons/notifier/notifier.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/daemons/notifier/edge_harness.h"
#include "tests/unit/daemons/notifier/inbox_loop.h"

namespace jieban {

// Keeps notices and the rota as the real core does, and says of every other input what a test wants
// it to say.
class StandInCore : public Service {
 public:
  static constexpr const char* kPlantTopic = "test.plant";
  using Say = std::function<Result<std::string>(const Event&)>;

  Result<void> open(TableOpener& opener) override {
    RETURN_IF_ERROR(tables.open(opener));
    return rota.open(opener);
  }
  Result<void> apply(const Event& event, Step& step) override {
    if (event.topic == topics::kRulesLoaded) return rota.load(event, step);
    if (event.topic == topics::kDutyRequest || event.topic == topics::kDutyDecision) {
      return apply_duty(event, step);
    }
    if (event.topic == kPlantTopic) {
      auto row = decode_payload<NoticeRow>(event.payload);
      if (!row.ok()) return row.error();
      return tables.write(step.store(), nullptr, *row);
    }
    std::lock_guard<std::mutex> guard(mutex_);
    auto answer = say_ ? say_(event) : Result<std::string>("taken");
    if (!answer.ok()) return answer.error();
    seen_.push_back(event);
    step.answer(*answer);
    return keep_link(event, step);
  }
  void say(Say say) {
    std::lock_guard<std::mutex> guard(mutex_);
    say_ = std::move(say);
  }
  void say(Result<std::string> always) {
    say([always](const Event&) { return always; });
  }
  std::vector<Event> seen() const {
    std::lock_guard<std::mutex> guard(mutex_);
    return seen_;
  }
  template <class Payload>
  std::vector<Payload> seen_as(std::string_view topic) const {
    std::vector<Payload> payloads;
    for (const Event& event : seen()) {
      if (event.topic == topic) payloads.push_back(*decode_payload<Payload>(event.payload));
    }
    return payloads;
  }

  NoticeTables tables;
  LiveRota rota;

 private:
  Result<void> apply_duty(const Event& event, Step& step) {
    auto changed = event.topic == topics::kDutyRequest
                       ? rota.request(*decode_payload<DutyRequest>(event.payload), step)
                       : rota.decide(*decode_payload<DutyDecision>(event.payload), step);
    return changed.ok() ? Result<void>() : changed.error();
  }

  Result<void> keep_link(const Event& event, Step& step) const {
    if (event.topic != topics::kAlertAcknowledge) return {};
    const auto ack = *decode_payload<AlertAcknowledge>(event.payload);
    if (!ack.link_until) return {};
    return tables.used_links().add(step.store(), ack.notice_id, ack.person, *ack.link_until,
                                   step.now());
  }

  mutable std::mutex mutex_;
  Say say_;
  std::vector<Event> seen_;
};

inline const std::string kLiPhone = "13800138000";
inline const std::string kDeskToken = "desk-token-0123456789abcdef";
inline const std::string kKannelKey = "kannel-key-0123456789abcdef";
inline const std::string kContactsText =
    "version: \"1\"\npersons:\n  p-li: {sms: \"+86 138 0013 8000\", wecom: li}\n"
    "  p-zhao: {sms: \"13800138001\"}\n";

// What Kannel's channel will read, in short: a notice, a type; a number, a text.
inline Result<DeliveryReceipt> plain_receipt(const HttpHeaders& query) {
  auto notice = query.find("notice");
  auto type = query.find("type");
  if (notice == query.end()) return invalid("notice");
  if (type == query.end() || (type->second != "1" && type->second != "2")) return invalid("type");
  DeliveryReceipt receipt;
  receipt.channel = "sms";
  receipt.notice_id = notice->second;
  receipt.state = type->second == "1" ? "delivered" : "failed";
  return receipt;
}
inline Result<TextReply> plain_reply(const HttpHeaders& query) {
  auto from = query.find("from");
  auto text = query.find("text");
  if (from == query.end() || text == query.end()) return invalid("from, text");
  return TextReply{"sms", from->second, text->second};
}

inline NoticeRow notice_row(const std::string& id, const std::string& order_no) {
  NoticeRow row;
  row.notice_id = id;
  row.channel = "sms";
  row.topic = "deadline.warned";
  row.cause_stream = "110102007.sla-watcher";
  row.cause_sequence = 7;
  row.order_id = 7;
  row.order_no = order_no;
  row.text = "【时限预警】工单" + order_no + "时限已用75%。";
  row.created_at = noon();
  row.due_at = noon();
  return row;
}

class DoorHarness {
 public:
  // `settings`: more lines of notifier.yaml.
  explicit DoorHarness(const std::string& settings = "") {
    put("keys/link.key", std::string(64, 'a') + "\n");
    put("keys/clients.yaml", "clients:\n  - {app_id: desk, secret: " + kDeskToken +
                                 ", token: " + kDeskToken +
                                 ", role: operator}\n  - {app_id: alertmanager, secret: other-" +
                                 kDeskToken + ", token: other-" + kDeskToken + ", role: feed}\n");
    put("contacts.yaml", kContactsText);
    put("kannel.key", kKannelKey + "\n");
    std::string text = "api: {address: \"127.0.0.1:0\"}\nkeys: {directory: " + dir_.path("keys") +
                       "}\ncontacts: {file: " + dir_.path("contacts.yaml") + "}\n" + settings;
    if (settings.find("kannel:") == std::string::npos) {
      text += "kannel: {secret_file: " + dir_.path("kannel.key") + "}\n";
    }
    auto read = parse_settings(text, "notifier.yaml", EdgeHarness::all_parameters());
    CHECK(read.ok());
    settings_ = std::make_unique<Settings>(std::move(*read));
    EnvironmentOptions options;
    options.path = dir_.path("store");
    options.stream = kOwnStream;
    options.now = noon();
    options.map_size = size_t{64} << 20U;
    auto fold = Fold::open(options, core);
    CHECK(fold.ok());
    fold_ = std::move(*fold);
    parts.kannel_receipt = plain_receipt;
    parts.kannel_reply = plain_reply;
  }
  ~DoorHarness() {
    halt();
    inbox.close({ErrorCode::unavailable, "the test is over"});
    door_.reset();
  }

  Result<void> start() {
    door_ = std::make_unique<DoorEdge>(core.tables, parts);
    auto started = door_->start(context());
    if (started.ok()) go_on();
    return started;
  }
  void go_on() { loop_.start(); }
  void halt() { loop_.halt(); }
  // As much waits as may wait: nothing more is taken. REQUIRES: halted.
  void fill_inbox() {
    InputGroup group;
    group.inputs.resize(8 * limits::kBatchEventsMax);
    CHECK(inbox.submit(std::move(group)).ok());
  }
  void plant(const NoticeRow& row) {
    Input input;
    input.topic = StandInCore::kPlantTopic;
    input.payload = encode_payload(row);
    std::vector<Input> inputs;
    inputs.push_back(std::move(input));
    CHECK(inbox.call(std::move(inputs), false).answers.front().ok());
  }

  void plant(const RotaBook& book) {
    std::vector<Input> inputs;
    inputs.push_back(rules_input(LiveRota::kRotaName, book));
    CHECK(inbox.call(std::move(inputs), false).answers.front().ok());
  }

  HttpReply call(const std::string& method, const std::string& target, const std::string& body = "",
                 const std::string& token = kDeskToken) {
    HttpCall call;
    call.method = method;
    call.url = "http://127.0.0.1:" + std::to_string(door_->port()) + target;
    if (!token.empty()) call.headers = {{"Authorization", "Bearer " + token}};
    call.body = body;
    auto reply = http_call(call);
    EXPECT_TRUE(reply.ok()) << reply.error().message;
    if (reply.ok()) answers_ += reply->body;
    return reply.ok() ? *reply : HttpReply();
  }
  HttpReply get(const std::string& target) { return call("GET", target); }
  // Without any token, as a phone or Kannel asks.
  HttpReply get_open(const std::string& target) { return call("GET", target, "", ""); }
  HttpReply post(const std::string& target, const std::string& body) {
    return call("POST", target, body);
  }

  EdgeContext context() {
    return {"110102007", "notifier", *settings_, clock, inbox, *fold_, metrics};
  }
  DoorEdge& door() { return *door_; }
  Fold& fold() { return *fold_; }
  const Settings& settings() const { return *settings_; }
  // Whether any file of the store shows this text: the stream, the journal, the tables.
  bool holds(const std::string& text) const {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(dir_.path("store"))) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      if (bytes.find(text) != std::string::npos) return true;
    }
    return false;
  }
  // All that the door has answered so far.
  const std::string& answers() const { return answers_; }
  double metric(const std::string& line) const {
    const std::string page = metrics.expose();
    const size_t at = page.find(line + " ");
    return at == std::string::npos ? -1 : std::stod(page.substr(at + line.size() + 1));
  }

  void put(const std::string& name, const std::string& text, unsigned mode = 0600) {
    const std::string path = dir_.path(name);
    CHECK(make_directories(path.substr(0, path.rfind('/'))).ok());
    CHECK(write_file(path, text, mode).ok());
  }
  std::string path(const std::string& name) const { return dir_.path(name); }

  StandInCore core;
  StepClock clock;
  Inbox inbox;
  MetricRegistry metrics;
  DoorParts parts;

 private:
  StepOutcome apply(const Batch& batch) {
    auto outcome = fold_->run(batch);
    CHECK(outcome.ok());
    return std::move(*outcome);
  }

  TempDir dir_{"/dev/shm"};
  std::unique_ptr<Settings> settings_;
  std::unique_ptr<Fold> fold_;
  std::unique_ptr<DoorEdge> door_;
  std::string answers_;
  InboxLoop loop_{inbox, clock, [this](const Batch& batch) { return apply(batch); },
                  [](const StepOutcome&) {}};
};

// Fails unless the door has started.
struct DoorTest : testing::Test {
  void SetUp() override {
    auto started = harness.start();
    ASSERT_TRUE(started.ok()) << started.error().message;
  }
  // What the core makes of everything from now on.
  void core_says(ErrorCode code, const std::string& message) {
    harness.core.say(Result<std::string>(Error{code, message}));
  }
  DoorHarness harness;
};

}  // namespace jieban
