#include "tools/player/crew.h"

#include "common/json/json.h"

namespace jieban {
namespace {

std::string command_body(const DeskTask& task) {
  Value arguments = Value::Object{};
  if (!task.unit.empty()) arguments.set("lead_unit", task.unit);
  Value body;
  body.set("idempotency_key", task.idempotency_key()).set("actor", "demo-" + task.role);
  body.set("role", task.role).set("arguments", std::move(arguments));
  return to_json(body);
}

TaskOutcome carry(DaemonClient& receiver, DeskTask task) {
  using Kind = TaskOutcome::Kind;
  const std::string target =
      "/api/v1/orders/" + percent_encoded(task.order_no) + "/commands/" + task.command;
  auto answer = receiver.post(target, command_body(task));
  if (!answer.ok()) return {std::move(task), Kind::retry, answer.error().message};
  if (answer->status == 200) return {std::move(task), Kind::done, {}};
  if (answer->status == 202) return {std::move(task), Kind::pending, {}};
  // Not known yet, or no room at the moment: both pass.
  const bool passes = answer->status == 404 || answer->status == 503;
  auto value = value_of(std::move(*answer));
  return {std::move(task), passes ? Kind::retry : Kind::refused, value.error().message};
}

}  // namespace

Crew::Crew(const Site& site) : site_(site) {
  for (size_t i = 0; i < kHands; ++i) hands_.emplace_back([this] { work(); });
}

Crew::~Crew() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  for (std::thread& hand : hands_) hand.join();
}

bool Crew::has_free_hand() const {
  const std::lock_guard lock(mutex_);
  return out_ < kHands;
}

bool Crew::is_idle() const {
  const std::lock_guard lock(mutex_);
  return out_ == 0 && outcomes_.empty();
}

void Crew::hand_out(DeskTask task) {
  {
    const std::lock_guard lock(mutex_);
    tasks_.push_back(std::move(task));
    ++out_;
  }
  changed_.notify_one();
}

std::vector<TaskOutcome> Crew::take_back() {
  const std::lock_guard lock(mutex_);
  return std::exchange(outcomes_, {});
}

void Crew::work() {
  auto receiver = DaemonClient::api(site_, "receiver");
  CHECK(receiver.ok());
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return stopping_ || !tasks_.empty(); });
    if (stopping_) return;
    DeskTask task = std::move(tasks_.front());
    tasks_.pop_front();
    lock.unlock();
    TaskOutcome outcome = carry(*receiver, std::move(task));
    lock.lock();
    outcomes_.push_back(std::move(outcome));
    --out_;
  }
}

}  // namespace jieban
