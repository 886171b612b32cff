// Gateways on loopback that count as the vendors do, by the real clock, and refuse what is beyond
// their limits: three robots, which are the emulators of tests/support/gateways, and a Kannel
// behind which ten phones take as much as one person's may be told (alert_sms of escalation.yaml).
//
// Of each channel they know what it told: an order by itself, or a list with its count
// (notify_rules.h). What fails and how: start() as the server does. Thread rule: start from one
// thread; told() may be asked from any.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/http/server.h"
#include "tests/bench/notify_rules.h"
#include "tests/support/gateways/dingtalk_emulator.h"
#include "tests/support/gateways/feishu_emulator.h"
#include "tests/support/gateways/wecom_emulator.h"

namespace jieban::bench {

// What a channel told.
struct Told {
  uint64_t messages = 0;
  uint64_t lists = 0;
  uint64_t orders = 0;                // by themselves, and as the lists count them
  std::set<std::string> named;        // a list names as many as its channel has room for
  uint64_t again = 0;                 // orders named once more
  uint64_t unreadable = 0;            // messages about neither an order nor a list
  std::map<int64_t, size_t> refused;  // calls, by the vendor's code

  void add(std::string_view text);
};

// Accepts as Kannel does; 503, which is "temporary failure", for a phone that has had too much.
class PhoneGateway {
 public:
  explicit PhoneGateway(const Clock& clock);
  Result<void> start() { return server_.start(); }
  std::string url() const;
  Told told() const;

 private:
  HttpResponse answer(const HttpRequest& request);
  bool take(const std::string& phone);

  const Clock& clock_;
  HttpServer server_;
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<RateMemory>> phones_;
  Told told_;
};

class VendorGateways {
 public:
  VendorGateways();
  Result<void> start() { return phones_.start(); }
  // Robots as boards, and the text messages to those who are called.
  std::vector<BenchChannel> channels() const;
  // One person for each last digit of an order's number: a single phone may ring 21 times in three
  // hours, in which it would just about hear of 10,000 orders by lists of 500.
  static std::vector<CalledPerson> called();
  // By the channel's name.
  std::map<std::string, Told> told() const;

 private:
  SystemClock clock_;
  WecomEmulator wecom_;
  DingtalkEmulator dingtalk_;
  FeishuEmulator feishu_;
  PhoneGateway phones_;
};

}  // namespace jieban::bench
