#include "daemons/notifier/return_edge.h"

#include "common/base/log.h"

namespace jieban {

Result<void> ReturnEdge::start(const EdgeContext& context) {
  context_.emplace(context);
  desk_ = &find_desk_();
  rules_.emplace(core_.rules());
  thread_ = std::thread([this] { run(); });
  return {};
}

void ReturnEdge::signalled(const Signal& signal) {
  if (signal.topic != Notifier::kRulesSignal) return;
  std::lock_guard<std::mutex> guard(mutex_);
  knocked_ = true;
  wake_.notify_all();
}

void ReturnEdge::stop() {
  {
    std::lock_guard<std::mutex> guard(mutex_);
    stopping_ = true;
    wake_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
}

void ReturnEdge::run() {
  bool stopping = false;
  while (!stopping) {
    auto followed = follow_rules();
    if (!followed.ok()) {
      log(LogLevel::error, "rules_not_followed", {{"why", followed.error().message}});
    }
    for (auto& [name, open] : open_) take_turn(open);
    std::unique_lock<std::mutex> lock(mutex_);
    wake_.wait_for(lock, context_->clock.real(kTurn), [&] { return stopping_ || knocked_; });
    knocked_ = false;
    stopping = stopping_;
  }
  open_.clear();
}

// The transaction is over before anything waits. The rules stay until they are asked for again.
Result<const NotifierRules*> ReturnEdge::current_rules() {
  auto txn = context_->fold.environment().read();
  if (!txn.ok()) return txn.error();
  return rules_->current(*txn);
}

// What goes is shut before anything opens: a port may have moved from one channel to another.
Result<void> ReturnEdge::follow_rules() {
  auto rules = current_rules();
  if (!rules.ok()) return rules.error();
  if (*rules == nullptr) return {};
  std::erase_if(open_, [&](const auto& each) {
    const ChannelRule* rule = (*rules)->find_channel(each.first);
    const bool goes = rule == nullptr || !same_return_way(*rule, each.second.rule);
    if (goes) each.second.series.down->set(0);
    return goes;
  });
  for (const ChannelRule& rule : (*rules)->channels) {
    if (!open_.contains(rule.name)) open(rule);
  }
  return {};
}

void ReturnEdge::open(const ChannelRule& rule) {
  auto way = return_way(rule, *desk_, context_->clock);
  if (way) open_[rule.name] = {rule, std::move(way), series_of(rule.name), ""};
}

// A series is declared once, however often its channel comes and goes.
const ReturnEdge::Series& ReturnEdge::series_of(const std::string& channel) {
  auto [found, is_new] = series_.try_emplace(channel);
  if (!is_new) return found->second;
  found->second.down = &context_->metrics.gauge(
      "jieban_return_down", "1 while no receipt and no reply can come back over the channel",
      {{"channel", channel}});
  found->second.failures = &context_->metrics.counter(
      "jieban_return_failures_total",
      "Turns in which a channel's receipts and replies could not be looked for",
      {{"channel", channel}});
  return found->second;
}

void ReturnEdge::take_turn(Open& open) const {
  auto turn = open.way->turn();
  const std::string why = turn.ok() ? "" : turn.error().message;
  open.series.down->set(turn.ok() ? 0 : 1);
  if (!turn.ok()) open.series.failures->increment();
  if (why == open.complaint) return;
  open.complaint = why;
  if (turn.ok()) {
    log(LogLevel::notice, "return_way_open", {{"channel", open.rule.name}});
  } else {
    log(LogLevel::error, "return_way_down", {{"channel", open.rule.name}, {"why", why}});
  }
}

}  // namespace jieban
