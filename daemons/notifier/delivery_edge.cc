#include "daemons/notifier/delivery_edge.h"

#include "common/base/log.h"
#include "daemons/notifier/addressed_channel.h"
#include "daemons/notifier/guarded_channel.h"
#include "daemons/notifier/linked_channel.h"

namespace jieban {

// What a crash left, until it is settled. Belongs to the loop's thread; shared with an answer that
// may outlive the edge.
struct DeliveryEdge::Interrupted {
  std::vector<DeliveryEnd> ends;
  bool under_way = false;
};

Result<void> DeliveryEdge::start(const EdgeContext& context) {
  context_.emplace(context);
  if (!open_) {
    auto opened = open_real(context);
    if (!opened.ok()) return opened.error();
    open_ = std::move(*opened);
  }
  RETURN_IF_ERROR(find_interrupted());
  RETURN_IF_ERROR(settle_interrupted());
  return follow_rules();
}

Result<OpenChannel> DeliveryEdge::open_real(const EdgeContext& context) {
  const Settings& settings = context.settings;
  auto contacts = ContactBook::open(settings.text("contacts.file"));
  if (!contacts.ok()) return contacts.error();
  contacts_ = std::move(*contacts);
  auto links = AckLinks::load(settings);
  if (!links.ok()) return links.error();
  links_ = std::make_unique<AckLinks>(std::move(*links));
  const ChannelTimeouts timeouts{settings.duration("webhook.connect_timeout"),
                                 settings.duration("webhook.reply_timeout")};
  auto linked = linked_channels(
      guarded_channels(real_channels(timeouts, context.clock)),
      [this, &clock = context.clock](const std::string& notice_id, const std::string& person) {
        return links_->url(notice_id, person, clock.now());
      });
  return addressed_channels(std::move(linked),
                            [this](std::string_view id, std::string_view method) {
                              return contacts_->address_of(id, method);
                            });
}

Result<void> DeliveryEdge::find_interrupted() {
  auto txn = context_->fold.environment().read();
  if (!txn.ok()) return txn.error();
  auto left = core_.tables().attempting(*txn);
  if (!left.ok()) return left.error();
  interrupted_ = std::make_shared<Interrupted>();
  for (const DeliveryBegin& begun : *left) {
    interrupted_->ends.push_back(
        {begun.notice_id, begun.attempt, DeliveryOutcome::unknown, "interrupted"});
  }
  if (!left->empty()) log(LogLevel::warning, "attempts_interrupted", {{"count", left->size()}});
  return {};
}

// Submitted before any worker starts: the inbox keeps the order, so that no new attempt can be
// taken for an old one. Submitted again at the next signal when the store had no room.
Result<void> DeliveryEdge::settle_interrupted() {
  if (interrupted_->ends.empty() || interrupted_->under_way) return {};
  InputGroup group;
  for (const DeliveryEnd& end : interrupted_->ends) {
    Input input;
    input.topic = topics::kDeliveryEnd;
    input.payload = encode_payload(end);
    group.inputs.push_back(std::move(input));
  }
  group.done = [state = interrupted_](const GroupAnswer& answer) {
    state->under_way = false;
    if (!answer.error) state->ends.clear();
    if (answer.error) {
      log(LogLevel::error, "interrupted_not_settled", {{"why", answer.error->message}});
    }
  };
  interrupted_->under_way = true;
  auto submitted = context_->inbox.submit(std::move(group));
  if (!submitted.ok()) interrupted_->under_way = false;
  return submitted;
}

Result<void> DeliveryEdge::follow_rules() {
  auto txn = context_->fold.environment().read();
  if (!txn.ok()) return txn.error();
  RuleBook<NotifierRules> book = core_.rules();
  auto rules = book.current(*txn);
  if (!rules.ok()) return rules.error();
  if (*rules == nullptr) return {};
  for (const ChannelRule& channel : (*rules)->channels) {
    auto& worker = workers_[channel.name];
    if (worker) continue;
    worker = std::make_unique<ChannelWorker>(channel.name, *context_, core_.tables(), core_.rules(),
                                             open_);
    worker->start();
  }
  return {};
}

void DeliveryEdge::signalled(const Signal& signal) {
  auto settled = settle_interrupted();
  if (!settled.ok()) {
    log(LogLevel::error, "interrupted_not_settled", {{"why", settled.error().message}});
  }
  if (signal.topic == Notifier::kDueSignal) {
    auto found = workers_.find(signal.text);
    if (found != workers_.end()) found->second->knock();
    return;
  }
  if (signal.topic != Notifier::kRulesSignal) return;
  auto followed = follow_rules();
  if (!followed.ok()) {
    log(LogLevel::error, "rules_not_followed", {{"why", followed.error().message}});
  }
  for (auto& [name, worker] : workers_) worker->knock();
}

std::string DeliveryEdge::ailment(Duration now) const {
  for (const auto& [name, worker] : workers_) {
    if (worker->quiet_for(now) > ChannelWorker::kStandstill) {
      return "channel: " + name + " stands still";
    }
  }
  return "";
}

// All are asked before any is waited for.
void DeliveryEdge::stop() {
  for (auto& [name, worker] : workers_) worker->ask_to_stop();
  workers_.clear();
}

}  // namespace jieban
