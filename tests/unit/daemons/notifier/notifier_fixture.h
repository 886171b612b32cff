// A notifier's core on a store of its own, and the inputs and events that tests feed to it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "common/domain/events.h"
#include "common/domain/topics.h"
#include "common/wire/record.h"
#include "daemons/notifier/notifier.h"
#include "tests/support/core_harness.h"
#include "tests/support/temp_dir.h"

namespace jieban {

inline const std::string kOwnStream = "110102007.notifier";
inline const std::string kAlertStream = "110102007.sla-watcher";
inline const std::string kRouterStream = "110102007.router";

inline Timestamp noon() { return *from_civil({2026, 2, 3, 12, 0, 0}); }

inline ChannelRule channel_rule(const std::string& name, std::vector<std::string> topics) {
  ChannelRule channel;
  channel.name = name;
  channel.kind = ChannelKind::spool;
  channel.target = "/nowhere";
  channel.topics = std::move(topics);
  return channel;
}

inline NotifierRules test_rules() {
  NotifierRules rules;
  rules.version = "1";
  rules.attempts_max = 3;
  rules.retry_first_micros = 30'000'000;
  rules.retry_max_micros = 900'000'000;
  rules.templates["deadline.warned"] = "预警 {order_no} {clock} {percent}% {deadline}";
  rules.templates["deadline.breached"] = "超时 {order_no} {clock}";
  rules.templates["order.dispatched"] = "派单 {order_no} {category} {community} {lead_unit}";
  rules.templates["order.unrouted"] = "待派 {order_no} {category}";
  rules.channels = {channel_rule("desk", {"deadline.warned", "deadline.breached"}),
                    channel_rule("leader", {"deadline.breached", "order.dispatched"})};
  return rules;
}

inline DeadlineAlert alert_of(const std::string& order_no, uint64_t percent) {
  DeadlineAlert alert;
  alert.order_no = order_no;
  alert.clock = "due";
  alert.percent = percent;
  alert.deadline = noon() + std::chrono::hours(5);
  alert.order_class = "general";
  alert.category = "城市管理>违法建设";
  alert.community = "真武庙社区";
  alert.lead_unit = "urban_office";
  return alert;
}

class NotifierFixture {
 public:
  explicit NotifierFixture(size_t map_size = size_t{64} << 20U)
      : dir_("/dev/shm"), map_size_(map_size) {
    open();
  }

  // As after a crash: what was committed is there, nothing else.
  void reopen() {
    fold_.reset();
    core_.reset();
    open();
  }

  StepOutcome run(const Batch& batch) {
    auto outcome = fold_->run(batch);
    CHECK(outcome.ok());
    fed_.push_back(batch);
    return std::move(*outcome);
  }

  StepOutcome input(Input made) {
    Batch batch{now, {BatchPart{}}};
    batch.parts[0].kind = BatchPart::Kind::input;
    batch.parts[0].input = std::move(made);
    return run(batch);
  }
  StepOutcome load(const NotifierRules& rules) {
    return input(rules_input(Notifier::kRulesName, rules));
  }
  template <class Payload>
  StepOutcome input(std::string_view topic, const Payload& payload) {
    Input made;
    made.topic = topic;
    made.payload = encode_payload(payload);
    return input(std::move(made));
  }

  // The next event of an upstream.
  template <class Payload>
  StepOutcome event(const std::string& stream, std::string_view topic, const Payload& payload,
                    uint64_t order_id = 7) {
    return event_at(stream, ++sequences_[stream], topic, payload, order_id);
  }
  template <class Payload>
  StepOutcome event_at(const std::string& stream, uint64_t sequence, std::string_view topic,
                       const Payload& payload, uint64_t order_id = 7) {
    Event made;
    made.topic = topic;
    made.occurred_at = now;
    made.order_id = order_id;
    made.actor = "system";
    made.payload = encode_payload(payload);
    kept_.push_back(std::make_unique<std::string>(encode_record(made)));
    Batch batch{now, {BatchPart{}}};
    batch.parts[0].kind = BatchPart::Kind::run;
    batch.parts[0].stream = stream;
    batch.parts[0].epoch = 1;
    batch.parts[0].first = sequence;
    batch.parts[0].records = {*kept_.back()};
    return run(batch);
  }
  StepOutcome warn(uint64_t percent = 75) {
    return event(kAlertStream, topics::kDeadlineWarned, alert_of("A1", percent));
  }

  std::string begin(const std::string& id, uint64_t attempt) {
    return *input(topics::kDeliveryBegin, DeliveryBegin{id, attempt}).answers.at(0);
  }
  std::string end(const std::string& id, uint64_t attempt, DeliveryOutcome outcome) {
    DeliveryEnd told{id, attempt, outcome, std::nullopt};
    if (outcome != DeliveryOutcome::accepted) told.error = "503";
    return *input(topics::kDeliveryEnd, told).answers.at(0);
  }

  NoticeRow row(const std::string& id) {
    auto txn = fold_->environment().read();
    auto found = core_->tables().find(*txn, id);
    CHECK(found.ok() && *found);
    return **found;
  }
  DueNotices due(const std::string& channel, size_t count_max = 64) {
    auto txn = fold_->environment().read();
    return *core_->tables().due(*txn, channel, now, count_max);
  }

  Fold& fold() { return *fold_; }
  Notifier& core() { return *core_; }
  const std::vector<Batch>& fed() const { return fed_; }

  Timestamp now = noon();

 private:
  void open() {
    core_ = std::make_unique<Notifier>();
    EnvironmentOptions options;
    options.path = dir_.path("store");
    options.stream = kOwnStream;
    options.now = noon();
    options.map_size = map_size_;
    auto fold = Fold::open(options, *core_);
    CHECK(fold.ok());
    fold_ = std::move(*fold);
  }

  TempDir dir_;
  size_t map_size_;
  std::unique_ptr<Notifier> core_;
  std::unique_ptr<Fold> fold_;
  std::map<std::string, uint64_t> sequences_;
  std::vector<std::unique_ptr<std::string>> kept_;  // what the batches point into
  std::vector<Batch> fed_;
};

inline NoticeStep notice_of(const Event& event) {
  return *decode_payload<NoticeStep>(event.payload);
}

}  // namespace jieban
