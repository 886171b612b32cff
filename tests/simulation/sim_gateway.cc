#include "tests/simulation/sim_gateway.h"

#include <array>

namespace jieban {
namespace {

constexpr std::array<const char*, 4> kChannels = {"phone", "group", "desk", "leader"};
// So many calls back somebody may answer.
constexpr uint64_t kAnswered = 8;

}  // namespace

Result<void> SimGateway::started(Engine& engine, const Notifier& core) {
  errand_ = std::make_shared<Errand>();
  auto txn = engine.fold().environment().read();
  if (!txn.ok()) return txn.error();
  auto left = core.tables().attempting(*txn);
  if (!left.ok()) return left.error();
  InputGroup group;
  for (const DeliveryBegin& begun : *left) {
    DeliveryEnd end{begun.notice_id, begun.attempt, DeliveryOutcome::unknown, "interrupted"};
    Input input;
    input.topic = topics::kDeliveryEnd;
    input.payload = encode_payload(end);
    group.inputs.push_back(std::move(input));
  }
  return group.inputs.empty() ? Result<void>() : engine.inbox().submit(std::move(group));
}

void SimGateway::stopped() { errand_ = std::make_shared<Errand>(); }

void SimGateway::hand_in(Engine& engine, std::string_view topic, std::string payload) {
  InputGroup group;
  Input input;
  input.topic = topic;
  input.payload = std::move(payload);
  group.inputs.push_back(std::move(input));
  group.done = [errand = errand_](GroupAnswer answer) { errand->answer = std::move(answer); };
  CHECK(engine.inbox().submit(std::move(group)).ok());
}

Result<void> SimGateway::take_due(Engine& engine, const Notifier& core) {
  auto txn = engine.fold().environment().read();
  if (!txn.ok()) return txn.error();
  for (const char* channel : kChannels) {
    auto due = core.tables().due(*txn, channel, clock_.now(), 4);
    if (!due.ok()) return due.error();
    if (due->rows.empty()) continue;
    errand_->row = due->rows.at(random_.below(due->rows.size()));
    errand_->stage = Stage::asking;
    hand_in(engine, topics::kDeliveryBegin,
            encode_payload(DeliveryBegin{errand_->row.notice_id, errand_->row.attempts + 1}));
    return {};
  }
  return {};
}

DeliveryOutcome SimGateway::fate() {
  if (reliable_) return DeliveryOutcome::accepted;
  uint64_t dice = random_.below(100);
  if (dice < 60) return DeliveryOutcome::accepted;
  if (dice < 75) return DeliveryOutcome::failed;
  if (dice < 80) return DeliveryOutcome::rejected;
  return DeliveryOutcome::unknown;
}

void SimGateway::call() {
  uint64_t attempt = errand_->row.attempts + 1;
  DeliveryOutcome outcome = fate();
  bool out = outcome == DeliveryOutcome::accepted ||
             (outcome == DeliveryOutcome::unknown && random_.below(2) == 0);
  const NoticeRow& row = errand_->row;
  if (out) {
    went_out_.push_back({row.notice_id, attempt, row.possible_repeat, row.alert.value_or(""),
                         row.person.value_or("")});
  }
  errand_->end = {errand_->row.notice_id, attempt, outcome, std::nullopt};
}

Result<void> SimGateway::act(Engine& engine, const Notifier& core) {
  Errand& errand = *errand_;
  switch (errand.stage) {
    case Stage::idle:
      return take_due(engine, core);
    case Stage::asking: {
      if (!errand.answer) return {};
      bool go = !errand.answer->error && errand.answer->answers.at(0).ok() &&
                *errand.answer->answers.at(0) == "go";
      errand.answer.reset();
      errand.stage = go ? Stage::calling : Stage::idle;
      return {};
    }
    case Stage::calling:
      call();
      errand.stage = Stage::settling;
      hand_in(engine, topics::kDeliveryEnd, encode_payload(errand.end));
      return {};
    case Stage::settling:
      if (!errand.answer) return {};
      if (errand.answer->error) return *errand.answer->error;
      errand.answer.reset();
      errand.stage = Stage::idle;
      return {};
  }
  return {};
}

Result<void> SimGateway::answer(Engine& engine) {
  if (went_out_.empty()) return {};
  const uint64_t back = random_.below(std::min<uint64_t>(went_out_.size(), kAnswered));
  const WentOut& call = went_out_[went_out_.size() - 1 - back];
  if (call.alert.empty()) return {};
  AlertAcknowledge ack;
  ack.person = call.person;
  ack.via = "cli";
  ack.alert = call.alert;
  Input input;
  input.topic = topics::kAlertAcknowledge;
  input.payload = encode_payload(ack);
  InputGroup group;
  group.inputs.push_back(std::move(input));
  return engine.inbox().submit(std::move(group));
}

Result<bool> SimGateway::idle(Engine& engine, const Notifier& core) const {
  if (errand_->stage != Stage::idle) return false;
  auto txn = engine.fold().environment().read();
  if (!txn.ok()) return txn.error();
  for (const char* channel : kChannels) {
    auto due = core.tables().due(*txn, channel, clock_.now(), 1);
    if (!due.ok()) return due.error();
    if (!due->rows.empty() || due->next_due != kTimestampMax) return false;
  }
  return true;
}

}  // namespace jieban
