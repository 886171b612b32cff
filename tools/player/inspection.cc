#include "tools/player/inspection.h"

#include <map>

#include "tools/site/client.h"

namespace jieban {
namespace {

constexpr std::chrono::seconds kCatchUpTimeout{60};

HttpTimeouts patient() {
  HttpTimeouts timeouts;
  timeouts.read = std::chrono::minutes(2);
  timeouts.reply = std::chrono::minutes(2);
  return timeouts;
}

// The heads of the four streams, by stream.
Result<std::map<std::string, int64_t>> heads_now(const Site& site) {
  std::map<std::string, int64_t> heads;
  for (const DaemonSeat& seat : kSeats) {
    if (seat.name == "archiver") continue;
    auto ops = DaemonClient::ops(site, seat.name);
    if (!ops.ok()) return ops.error();
    auto status = ops->get_value("/admin/status");
    if (!status.ok()) return status.error();
    heads[text_at(*status, "stream")] = integer_at(*status, "head");
  }
  return heads;
}

bool has_applied(const Value& status, const std::map<std::string, int64_t>& heads) {
  for (const Value& upstream : array_at(status, "upstreams")) {
    auto head = heads.find(text_at(upstream, "stream"));
    if (head != heads.end() && integer_at(upstream, "applied") < head->second) return false;
  }
  return true;
}

Result<std::string> missing_of(DaemonClient& archiver, const std::string& order_no) {
  auto view = archiver.get_value("/api/v1/orders/" + percent_encoded(order_no));
  if (!view.ok() && view.error().code == ErrorCode::not_found) {
    return std::string("order.received");
  }
  if (!view.ok()) return view.error();
  std::vector<std::string> topics;
  for (const Value& entry : array_at(*view, "timeline")) topics.push_back(text_at(entry, "topic"));
  return missing_step(topics);
}

}  // namespace

Result<bool> archive_caught_up(const Site& site, const std::function<bool()>& wait) {
  auto heads = heads_now(site);
  if (!heads.ok()) return heads.error();
  auto ops = DaemonClient::ops(site, "archiver");
  if (!ops.ok()) return ops.error();
  const Duration deadline = monotonic_now() + kCatchUpTimeout;
  while (monotonic_now() < deadline) {
    auto status = ops->get_value("/admin/status");
    if (!status.ok()) return status.error();
    if (has_applied(*status, *heads)) return true;
    if (!wait()) return false;
  }
  return false;
}

Result<std::vector<IncompleteOrder>> incomplete_orders(const Site& site,
                                                       const std::set<std::string>& orders) {
  auto archiver = DaemonClient::api(site, "archiver", "desk", patient());
  if (!archiver.ok()) return archiver.error();
  std::vector<IncompleteOrder> incomplete;
  for (const std::string& order_no : orders) {
    auto missing = missing_of(*archiver, order_no);
    if (!missing.ok()) return missing.error();
    if (!missing->empty()) incomplete.push_back({order_no, *missing});
  }
  return incomplete;
}

Result<ArchiveVerdict> verify_archive(const Site& site) {
  auto archiver = DaemonClient::api(site, "archiver", "desk", patient());
  if (!archiver.ok()) return archiver.error();
  auto answer = archiver->get_value("/api/v1/verify");
  if (!answer.ok()) return answer.error();
  return ArchiveVerdict{integer_at(*answer, "count"), boolean_at(*answer, "whole"),
                        text_at(*answer, "reason")};
}

Result<std::string> archive_report(const Site& site, Timestamp from, Timestamp to) {
  auto archiver = DaemonClient::api(site, "archiver", "desk", patient());
  if (!archiver.ok()) return archiver.error();
  auto answer = archiver->get(
      "/api/v1/reports/daily?format=markdown&from=" + percent_encoded(format_local(from)) +
      "&to=" + percent_encoded(format_local(to)));
  if (!answer.ok()) return answer.error();
  const std::string text = answer->text;
  auto value = value_of(std::move(*answer));
  if (!value.ok()) return value.error();
  return text;
}

}  // namespace jieban
