// Goal: rules that could send nonsense, or nothing, or twice, do not come into force.
#include "daemons/notifier/notice_rules.h"

#include <gtest/gtest.h>

#include <functional>

#include "tests/unit/daemons/notifier/notifier_fixture.h"

namespace jieban {
namespace {

TEST(NoticeRules, GoodRulesAreAccepted) { EXPECT_TRUE(check_rules(test_rules()).ok()); }

void make_sgip(ChannelRule& channel, const std::string& listen) {
  channel.kind = ChannelKind::sgip_sms;
  channel.target = "sgip://10.1.2.3:8801";
  channel.account_file = "/etc/jieban/sgip.yaml";
  channel.listen = listen;
}

TEST(NoticeRules, AnSgipListensOnThisHostAndBeyondItWhereThatIsSaid) {
  NotifierRules rules = test_rules();
  make_sgip(rules.channels[0], "127.0.0.1:8801");
  EXPECT_TRUE(check_rules(rules).ok());
  make_sgip(rules.channels[0], "0.0.0.0:8801");
  EXPECT_FALSE(check_rules(rules).ok());
  rules.channels[0].listen_beyond_loopback = true;
  EXPECT_TRUE(check_rules(rules).ok());
}

struct Fault {
  const char* what;
  std::function<void(NotifierRules&)> make;
};

TEST(NoticeRules, EachFaultIsRefused) {
  const Fault faults[] = {
      {"version", [](NotifierRules& r) { r.version.clear(); }},
      {"two channels", [](NotifierRules& r) { r.channels[1].name = r.channels[0].name; }},
      {"name", [](NotifierRules& r) { r.channels[0].name = "a:b"; }},
      {"characters", [](NotifierRules& r) { r.channels[0].name = std::string(33, 'a'); }},
      {"topics", [](NotifierRules& r) { r.channels[0].topics.clear(); }},
      {"order.signed", [](NotifierRules& r) { r.channels[0].topics = {"order.signed"}; }},
      {"no text", [](NotifierRules& r) { r.templates.erase("deadline.warned"); }},
      {"order.signed", [](NotifierRules& r) { r.templates["order.signed"] = "{order_no}"; }},
      {"{phone}", [](NotifierRules& r) { r.templates["deadline.warned"] = "{phone}"; }},
      {"clock", [](NotifierRules& r) { r.channels[0].clocks = {"lunch"}; }},
      {"percent_min", [](NotifierRules& r) { r.channels[0].percent_min = 101; }},
      {"absolute", [](NotifierRules& r) { r.channels[0].target = "outgoing"; }},
      {"http://", [](NotifierRules& r) { r.channels[0].kind = ChannelKind::webhook; }},
      {"needs an account_file",
       [](NotifierRules& r) {
         r.channels[0].kind = ChannelKind::mail;
         r.channels[0].target = "smtp://127.0.0.1";
       }},
      {"has no account_file", [](NotifierRules& r) { r.channels[0].account_file = "/x"; }},
      {"must be absolute",
       [](NotifierRules& r) {
         r.channels[0].kind = ChannelKind::webhook;
         r.channels[0].target = "http://127.0.0.1/";
         r.channels[0].account_file = "x.yaml";
       }},
      {"token", [](NotifierRules& r) { r.channels[0].token_file = "/x"; }},
      {"only an sgip_sms listens",
       [](NotifierRules& r) { r.channels[0].listen = "127.0.0.1:8801"; }},
      {"listen_beyond_loopback says nothing",
       [](NotifierRules& r) {
         make_sgip(r.channels[0], "");
         r.channels[0].listen.reset();
         r.channels[0].listen_beyond_loopback = true;
       }},
      {"numeric", [](NotifierRules& r) { make_sgip(r.channels[0], "smg.example:8801"); }},
      {"listen", [](NotifierRules& r) { make_sgip(r.channels[0], "8801"); }},
      {"know the port", [](NotifierRules& r) { make_sgip(r.channels[0], "127.0.0.1:0"); }},
      {"set listen_beyond_loopback: true",
       [](NotifierRules& r) { make_sgip(r.channels[0], "10.1.2.4:8801"); }},
      {"two channels listen",
       [](NotifierRules& r) {
         make_sgip(r.channels[0], "127.0.0.1:8801");
         make_sgip(r.channels[1], "127.0.0.1:8801");
       }},
      {"attempts_max", [](NotifierRules& r) { r.attempts_max = 0; }},
      {"retry_first", [](NotifierRules& r) { r.retry_first_micros = 0; }},
      {"retry_first", [](NotifierRules& r) { r.retry_first_micros = r.retry_max_micros + 1; }},
      {"channels",
       [](NotifierRules& r) {
         for (int i = 0; i < 20; ++i) r.channels.push_back(r.channels[0]);
       }},
  };
  for (const Fault& fault : faults) {
    NotifierRules rules = test_rules();
    fault.make(rules);
    auto checked = check_rules(rules);
    ASSERT_FALSE(checked.ok()) << fault.what;
    EXPECT_NE(checked.error().message.find(fault.what), std::string::npos)
        << checked.error().message;
  }
}

TEST(NoticeRules, PercentAndClockFilterDeadlinesOnly) {
  ChannelRule channel = channel_rule("desk", {"deadline.warned", "order.dispatched"});
  channel.percent_min = 90;
  channel.clocks = {"due"};
  NoticeSubject subject;
  EXPECT_TRUE(matches(channel, *find_notice_topic("order.dispatched"), subject));
  subject.clock = "due";
  subject.percent = 75;
  EXPECT_FALSE(matches(channel, *find_notice_topic("deadline.warned"), subject));
  subject.percent = 90;
  EXPECT_TRUE(matches(channel, *find_notice_topic("deadline.warned"), subject));
  EXPECT_FALSE(matches(channel, *find_notice_topic("deadline.breached"), subject));
}

TEST(NoticeRules, ATextWithALinkNeedsAnAddressForLinks) {
  NotifierRules rules = test_rules();
  EXPECT_TRUE(check_without_links(rules).ok());
  rules.templates["call"] = "{summary} {link}";
  EXPECT_TRUE(check_rules(rules).ok());
  auto checked = check_without_links(rules);
  ASSERT_FALSE(checked.ok());
  EXPECT_NE(checked.error().message.find("template call"), std::string::npos);
  EXPECT_NE(checked.error().message.find("links.base"), std::string::npos);
}

// Each of its notices was given up: a ums_sms knows nobody but those who are called.
TEST(NoticeRules, TopicsOfAChannelThatReachesNobodyAreRefused) {
  NotifierRules rules = test_rules();
  ChannelRule& sms = rules.channels[0];
  sms.kind = ChannelKind::ums_sms;
  sms.target = "http://localhost/sms/Api/Send.do";
  sms.account_file = "/nowhere/ums.yaml";
  for (const bool with_method : {false, true}) {
    if (with_method) sms.method = "sms";
    auto checked = check_rules(rules);
    ASSERT_FALSE(checked.ok());
    EXPECT_NE(checked.error().message.find("reach nobody"), std::string::npos);
  }
  sms.topics.clear();
  EXPECT_TRUE(check_rules(rules).ok());
  sms.kind = ChannelKind::smstools_sms;
  sms.target = "/var/spool/sms";
  sms.topics = {"deadline.breached"};
  EXPECT_TRUE(check_rules(rules).ok()) << "the account may name a phone";
  sms.account_file.reset();
  EXPECT_FALSE(check_rules(rules).ok());
}

}  // namespace
}  // namespace jieban
