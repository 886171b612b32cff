#include "tests/bench/notify_flood.h"

#include <algorithm>
#include <array>

#include "common/json/json.h"
#include "tests/bench/breaches.h"
#include "tests/bench/gateway_sink.h"
#include "tests/bench/notify_rules.h"
#include "tests/bench/processors.h"
#include "tests/bench/vendor_gateways.h"
#include "tools/site/client.h"

namespace jieban::bench {
namespace {

constexpr uint64_t kFloodBatch = 250;

// A minute in pushes of the same size.
constexpr uint64_t kPushes = 240;
constexpr std::chrono::milliseconds kBetweenPushes{250};
// A phone that has rung five times rings again a quarter of an hour after the first.
constexpr Patience kLists{std::chrono::milliseconds(250), std::chrono::minutes(16)};
constexpr std::chrono::seconds kAfterwards{5};
constexpr std::array<const char*, 3> kOpenStates = {"queued", "attempting", "waiting"};

using ToldByChannel = std::map<std::string, Told>;

double in_seconds(Duration span) { return rounded(double(span.count()) / 1e6, 2); }

Result<void> push_at_once(Pusher& pusher, uint64_t notices) {
  for (uint64_t first = 0; first < notices; first += kFloodBatch) {
    RETURN_IF_ERROR(push_overdue(pusher, first, std::min(kFloodBatch, notices - first)));
  }
  return {};
}

ToldByChannel told_by(const GatewaySink& sink, const VendorGateways& vendors) {
  ToldByChannel all = vendors.told();
  Told& hook = all["hook"];
  const GatewaySink::Told at_hook = sink.told(Gateway::webhook);
  hook.messages = hook.orders = at_hook.requests;
  for (const auto& [order_no, at] : at_hook.first) hook.named.insert(order_no);
  hook.again = hook.messages - hook.named.size();
  return all;
}

// What must never be, however far it has come.
Result<void> check(const std::string& channel, const Told& told, uint64_t notices) {
  const auto wrong = [&](const std::string& what) {
    return Error{ErrorCode::refused, "channel " + channel + ": " + what};
  };
  if (!told.refused.empty()) {
    const auto& [code, times] = *told.refused.begin();
    return wrong("its gateway refused with " + std::to_string(code) + ", " + std::to_string(times) +
                 " times; it took " + std::to_string(told.messages));
  }
  if (told.unreadable > 0) return wrong("a message about neither an order nor a list");
  if (told.again > 0) return wrong(std::to_string(told.again) + " orders were told twice");
  if (told.orders > notices) {
    return wrong(std::to_string(told.orders) + " orders were told of " + std::to_string(notices));
  }
  return {};
}

// When each channel had told all.
class AllTold {
 public:
  AllTold(const GatewaySink& sink, const VendorGateways& vendors, uint64_t notices)
      : sink_(sink), vendors_(vendors), notices_(notices) {}

  // Of the channel that has told the fewest.
  Result<uint64_t> count() {
    told_ = told_by(sink_, vendors_);
    uint64_t fewest = notices_;
    for (const auto& [channel, each] : told_) {
      RETURN_IF_ERROR(check(channel, each, notices_));
      fewest = std::min(fewest, each.orders);
      if (each.orders == notices_) at_.emplace(channel, monotonic_now());
    }
    return fewest;
  }
  // By channel.
  Value figures(Duration begin) const {
    Value out;
    for (const auto& [channel, each] : told_) {
      uint64_t refused = 0;
      for (const auto& [code, times] : each.refused) refused += times;
      Value row;
      row.set("orders", each.orders)
          .set("messages", each.messages)
          .set("lists", each.lists)
          .set("named", uint64_t(each.named.size()))
          .set("refused", refused);
      const auto at = at_.find(channel);
      if (at != at_.end()) row.set("told_after_seconds", in_seconds(at->second - begin));
      out.set(channel, std::move(row));
    }
    return out;
  }

 private:
  const GatewaySink& sink_;
  const VendorGateways& vendors_;
  const uint64_t notices_;
  ToldByChannel told_;
  std::map<std::string, Duration> at_;
};

// And looks after each.
Result<void> push_over_a_minute(Pusher& pusher, uint64_t notices, AllTold& told) {
  const Duration begin = monotonic_now();
  for (uint64_t push = 1, first = 0; push <= kPushes; ++push) {
    const uint64_t end = notices * push / kPushes;
    const Duration due = begin + int64_t(push - 1) * kBetweenPushes;
    const Duration now = monotonic_now();
    if (now < due) pass(due - now);
    if (end > first) RETURN_IF_ERROR(push_overdue(pusher, first, end - first));
    first = end;
    auto sound = told.count();
    if (!sound.ok()) return sound.error();
  }
  return {};
}

// How many of the states in which a notice still goes out have none.
Result<uint64_t> states_at_rest(DaemonClient& notifier) {
  uint64_t at_rest = 0;
  for (const char* state : kOpenStates) {
    auto page = notifier.get_value(std::string("/api/v1/notices?page_size=1&state=") + state);
    if (!page.ok()) return page.error();
    at_rest += array_at(*page, "notices").empty() ? 1 : 0;
  }
  return at_rest;
}

// Nothing is under way in the daemons, no notice waits for its time, and some time has passed: what
// would be told once more has been.
Result<void> settle(Street& street) {
  RETURN_IF_ERROR(wait_for(
      street, [&] { return Result<uint64_t>(street.settled() ? 1 : 0); }, 1));
  auto notifier = DaemonClient::api(street.site(), "notifier");
  if (!notifier.ok()) return notifier.error();
  RETURN_IF_ERROR(wait_for(
      street, [&] { return states_at_rest(*notifier); }, kOpenStates.size(), kLists));
  pass(kAfterwards);
  return street.check();
}

Result<Value> measure_at_once(Street& street, const GatewaySink& sink, uint64_t notices) {
  auto pusher = Pusher::open(street.site());
  if (!pusher.ok()) return pusher.error();
  BreachClock clock(street, notices);
  const Duration begin = monotonic_now();
  RETURN_IF_ERROR(push_at_once(*pusher, notices));
  const Duration pushed = monotonic_now() - begin;
  RETURN_IF_ERROR(wait_for(
      street, [&] { return Result<uint64_t>(sink.orders(Gateway::webhook)); }, notices));
  const Duration told = monotonic_now() - begin;
  Value out;
  return out.set("notices", notices)
      .set("pushed_after_seconds", in_seconds(pushed))
      .set("breached_after_seconds", in_seconds(clock.last_after(begin)))
      .set("told_after_seconds", in_seconds(told))
      .set("notices_per_second", rounded(double(notices) * 1e6 / double(told.count()), 0))
      .set("webhook_requests", sink.requests(Gateway::webhook))
      .set("calls_of_the_phone", sink.requests(Gateway::sms));
}

Result<Value> measure_within_limits(Street& street, AllTold& told, uint64_t notices) {
  auto pusher = Pusher::open(street.site());
  if (!pusher.ok()) return pusher.error();
  BreachClock clock(street, notices);
  const Duration begin = monotonic_now();
  RETURN_IF_ERROR(push_over_a_minute(*pusher, notices, told));
  const Duration pushed = monotonic_now() - begin;
  auto waited = wait_for(
      street, [&] { return told.count(); }, notices, kLists);
  if (!waited.ok()) {
    return Error{waited.error().code,
                 waited.error().message + "\nso far: " + to_json(told.figures(begin))};
  }
  const Duration breached = clock.last_after(begin);
  RETURN_IF_ERROR(settle(street));
  RETURN_IF_ERROR(told.count());
  Value out;
  return out.set("notices", notices)
      .set("over_seconds", in_seconds(pushed))
      .set("breached_after_seconds", in_seconds(breached))
      .set("channels", told.figures(begin));
}

}  // namespace

Result<Value> run_flood(const std::string& programs, const std::string& directory,
                        uint64_t notices) {
  GatewaySink sink;
  RETURN_IF_ERROR(sink.start());
  auto street = Street::make(programs, directory);
  if (!street.ok()) return street.error();
  RETURN_IF_ERROR(write_rules(street->site(), taken_at_once(sink, "topic")));
  auto started = street->start();
  if (!started.ok()) return started.error();
  return measure_at_once(*street, sink, notices);
}

Result<Value> run_flood_within_limits(const std::string& programs, const std::string& directory,
                                      uint64_t notices) {
  GatewaySink sink;
  VendorGateways vendors;
  RETURN_IF_ERROR(sink.start());
  RETURN_IF_ERROR(vendors.start());
  auto street = Street::make(programs, directory);
  if (!street.ok()) return street.error();
  auto destinations = shipped_destinations(street->site());
  if (!destinations.ok()) return destinations.error();
  NotifyRules rules{vendors.channels(), VendorGateways::called(), "...", std::move(*destinations)};
  rules.channels.push_back(webhook_channel(sink.url(Gateway::webhook)));
  RETURN_IF_ERROR(write_rules(street->site(), rules));
  auto started = street->start();
  if (!started.ok()) return started.error();
  AllTold told(sink, vendors, notices);
  return measure_within_limits(*street, told, notices);
}

}  // namespace jieban::bench
