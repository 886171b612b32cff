// What tests of channels share: a notice, a rule with its account file, and the faults of gateways.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <functional>
#include <string>

#include "common/alerting/escalation_file.h"
#include "common/base/file.h"
#include "daemons/notifier/channel.h"
#include "tests/support/fake_clock.h"
#include "tests/support/gateways/faulty_front.h"
#include "tests/support/log_lines.h"
#include "tests/support/temp_dir.h"

namespace jieban {

// Long enough for a busy machine; what never answers is asked with `kShort`.
constexpr ChannelTimeouts kPatient{std::chrono::seconds(5), std::chrono::seconds(5)};
constexpr ChannelTimeouts kShort{std::chrono::milliseconds(200), std::chrono::milliseconds(100)};

inline const std::string kPhone = "13800138000";
inline const std::string kSecret = "SECdemo0123456789";

inline OutgoingNotice sample_notice(const std::string& text = "【超时预警】工单A1") {
  OutgoingNotice notice;
  notice.source = "110102007.notifier";
  notice.notice_id = "s:1:robot";
  notice.topic = "deadline.warned";
  notice.order_no = "A1";
  notice.text = text;
  notice.time = *from_civil({2026, 2, 3, 12, 0, 0});
  return notice;
}

class ChannelTest : public testing::Test {
 protected:
  // Whatever a test made a channel do, no log names a person or a key.
  void TearDown() override {
    for (const std::string& secret :
         {kPhone, kSecret, std::string("t0ken"), std::string("pass-wo")}) {
      EXPECT_EQ(logs.count(secret), 0U) << secret;
    }
  }

  ChannelRule rule_of(ChannelKind kind, const std::string& target, const std::string& account) {
    ChannelRule rule;
    rule.name = "robot";
    rule.kind = kind;
    rule.target = target;
    rule.account_file = write_account(account);
    return rule;
  }
  std::string write_account(const std::string& account) {
    CHECK(write_file(dir.path("account.yaml"), account).ok());
    return dir.path("account.yaml");
  }

  // Nothing that is said of an attempt names a person, a key or what the vendor wrote.
  static void expect_discreet(const DeliveryReport& report) {
    for (const std::string& said : {report.error.value_or(""), report.gateway_id.value_or("")}) {
      for (const char* secret : {"13800138000", "SECdemo", "t0ken", "pass-word", "hint", "match",
                                 "127.0.0.1", "http", "@street"}) {
        EXPECT_EQ(said.find(secret), std::string::npos) << said;
      }
    }
  }

  LogLines logs;
  TempDir dir{"/dev/shm"};
  FakeClock clock{from_micros(1'770'000'000'000'000)};
};

// For how long the shipped rules close a channel of this kind after its vendor's code.
inline std::optional<Duration> shipped_hold(const char* kind, const DeliveryReport& report,
                                            std::string_view seed = {}) {
  static const auto rules = load_alerting_rules(JIEBAN_SOURCE_DIR "/config/escalation.yaml");
  CHECK(rules.ok());
  return hold_after(rules->destinations.at(kind).throttle, report.code.value_or(""), seed);
}

// Each fault of a gateway, and whether the message was taken on behind it: `unknown`, since we
// cannot tell, whichever it was.
struct FaultCase {
  Fault fault;
  DeliveryOutcome outcome;
};

inline ChannelTimeouts timeouts_for(Fault fault) {
  return fault == Fault::late || fault == Fault::silent ? kShort : kPatient;
}

constexpr FaultCase kFaultCases[] = {
    {Fault::none, DeliveryOutcome::accepted},  {Fault::slow, DeliveryOutcome::accepted},
    {Fault::twice, DeliveryOutcome::accepted}, {Fault::late, DeliveryOutcome::unknown},
    {Fault::silent, DeliveryOutcome::unknown}, {Fault::reset, DeliveryOutcome::unknown},
    {Fault::closed, DeliveryOutcome::unknown}, {Fault::reset_unread, DeliveryOutcome::unknown},
    {Fault::half, DeliveryOutcome::unknown},   {Fault::garbage, DeliveryOutcome::unknown},
};

}  // namespace jieban
