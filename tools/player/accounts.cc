#include "tools/player/accounts.h"

#include <algorithm>
#include <array>

#include "tools/site/client.h"

namespace jieban {
namespace {

constexpr std::array<std::string_view, 8> kCourse = {
    "order.received", "order.opened",    "order.signed",    "order.dispatched",
    "order.accepted", "order.handed_in", "order.submitted", "order.completed"};
constexpr std::string_view kRejected = "rejected";

// "orders[3].content: why" tells of which row it is; reasons are counted without it.
std::string without_index(const std::string& reason) {
  const size_t dot = reason.find("].");
  return reason.starts_with("orders[") && dot != std::string::npos ? reason.substr(dot + 2)
                                                                   : reason;
}

}  // namespace

void Accounts::note_push(const Value& answer) {
  for (const Value& result : array_at(answer, "results")) {
    const std::string outcome = text_at(result, "outcome");
    if (outcome != kRejected) note_order(text_at(result, "order_no"), outcome);
  }
  for (const Value& reject : array_at(answer, "rejected")) {
    note_reject(without_index(text_at(reject, "reason")));
  }
}

void Accounts::note_import(const ImportReport& report) {
  for (const ImportedOrder& order : report.orders) note_order(order.order_no, order.outcome);
  for (const ImportReject& reject : report.rejects) {
    note_reject(reject.column + ": " + reject.reason);
  }
}

int64_t Accounts::count(std::string_view outcome) const {
  auto found = outcomes_.find(outcome);
  return found == outcomes_.end() ? 0 : found->second;
}

void Accounts::note_order(const std::string& order_no, const std::string& outcome) {
  orders_.insert(order_no);
  ++outcomes_[outcome];
}

void Accounts::note_reject(const std::string& reason) {
  ++outcomes_[std::string(kRejected)];
  ++reasons_[reason];
}

std::string missing_step(const std::vector<std::string>& timeline_topics) {
  auto at = timeline_topics.begin();
  for (std::string_view topic : kCourse) {
    at = std::find(at, timeline_topics.end(), topic);
    if (at == timeline_topics.end()) return std::string(topic);
    ++at;
  }
  return {};
}

}  // namespace jieban
