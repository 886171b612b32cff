#include "tests/bench/vendor_gateways.h"

#include <algorithm>

#include "common/json/json.h"
#include "tests/bench/gateway_sink.h"

namespace jieban::bench {
namespace {

constexpr const char* kPath = "/cgi-bin/sendsms";
constexpr const char* kKey = "bench-robot";
constexpr const char* kSecret = "SECbench";
constexpr int kRefused = 503;

// As escalation.yaml has them of one phone, person_phone and alert_sms; in any window.
struct PhoneLimit {
  size_t count;
  Duration per;
};
constexpr PhoneLimit kPhoneLimits[] = {
    {1, std::chrono::minutes(1)},
    {5, std::chrono::minutes(15)},
    {11, std::chrono::hours(1)},
    {21, std::chrono::hours(3)},
};

Told told_by(const RobotEmulator& robot) {
  Told told;
  for (const Value& message : robot.messages()) told.add(to_json(message));
  told.refused = robot.refusals();
  return told;
}

}  // namespace

void Told::add(std::string_view text) {
  ++messages;
  const uint64_t counted = list_count(text);
  const std::vector<std::string> numbers = order_nos_in(text);
  for (const std::string& number : numbers) again += named.insert(number).second ? 0 : 1;
  if (counted > 0) {
    ++lists;
    orders += counted;
  } else if (numbers.size() == 1) {
    ++orders;
  } else {
    ++unreadable;
  }
}

PhoneGateway::PhoneGateway(const Clock& clock) : clock_(clock), server_({}) {
  server_.route(
      "POST", kPath, [this](const HttpRequest& request) { return answer(request); }, Access::open);
}

std::string PhoneGateway::url() const {
  return "http://127.0.0.1:" + std::to_string(server_.port()) + kPath;
}

Told PhoneGateway::told() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return told_;
}

HttpResponse PhoneGateway::answer(const HttpRequest& request) {
  std::lock_guard<std::mutex> guard(mutex_);
  if (!take(std::string(request.header("x-kannel-to")))) {
    ++told_.refused[kRefused];
    return HttpResponse::text(kRefused, "Temporal failure, try again later.");
  }
  told_.add(request.body);
  return HttpResponse::text(202, "0: Accepted for delivery");
}

bool PhoneGateway::take(const std::string& phone) {
  std::vector<RateMemory>& memories = phones_[phone];
  if (memories.empty()) {
    for (const PhoneLimit& limit : kPhoneLimits) memories.emplace_back(limit.count, limit.per);
  }
  const Timestamp now = clock_.now();
  if (std::ranges::any_of(memories, [&](RateMemory& each) { return each.full(now); })) return false;
  for (RateMemory& each : memories) each.add(now);
  return true;
}

VendorGateways::VendorGateways()
    : wecom_(clock_, kKey),
      dingtalk_(clock_, kKey, kSecret),
      feishu_(clock_, kKey, kSecret),
      phones_(clock_) {}

std::vector<BenchChannel> VendorGateways::channels() const {
  const std::string key(kKey);
  const std::string secret = "secret: " + std::string(kSecret) + "\n";
  return {
      {"wecom", "wecom_robot", wecom_.target(), kBoard, "key: " + key + "\n"},
      {"dingtalk", "dingtalk_robot", dingtalk_.target(), kBoard,
       "access_token: " + key + "\n" + secret},
      {"feishu", "feishu_robot", feishu_.target(), kBoard, "id: " + key + "\n" + secret},
      kannel_channel(phones_.url()),
  };
}

std::vector<CalledPerson> VendorGateways::called() {
  std::vector<CalledPerson> persons;
  for (int digit = 0; digit <= 9; ++digit) {
    const std::string last = std::to_string(digit);
    persons.push_back({"p-" + last, "1380013800" + last, "order=~\".*" + last + "\""});
  }
  return persons;
}

std::map<std::string, Told> VendorGateways::told() const {
  return {{"wecom", told_by(wecom_)},
          {"dingtalk", told_by(dingtalk_)},
          {"feishu", told_by(feishu_)},
          {"kannel", phones_.told()}};
}

}  // namespace jieban::bench
