// Goal: the shipped file loads, and each fault is told with its place.
#include "daemons/notifier/notice_rules_file.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "common/base/file.h"
#include "common/base/text.h"
#include "common/domain/code_set.h"
#include "daemons/notifier/channels/sms_text.h"
#include "daemons/notifier/notice_text.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

constexpr std::string_view kGood = R"(version: "1"
official: false
attempts_max: 5
retry_first: 30s
retry_max: 15m
channels:
  - {name: desk, kind: spool, target: outgoing, topics: [deadline.warned],)"
                                   R"( clocks: [due], percent_min: 75}
  - {name: gateway, kind: webhook, target: "http://127.0.0.1:9180/x", token_file: /t,)"
                                   R"( topics: [order.unrouted]}
templates:
  deadline.warned: "{order_no} {percent}%"
  order.unrouted: "{order_no}"
unit_names: {urban_office: 城管办}
)";

std::string with(std::string_view from, std::string_view to) {
  std::string text(kGood);
  size_t at = text.find(from);
  CHECK(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

TEST(NoticeRulesFile, ReadsEveryField) {
  auto rules = parse_notice_rules(kGood, "notices.yaml", "/var/spool/jieban");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(rules->version, "1");
  EXPECT_EQ(rules->attempts_max, 5U);
  EXPECT_EQ(rules->retry_first(), std::chrono::seconds(30));
  EXPECT_EQ(rules->retry_max(), std::chrono::minutes(15));
  ASSERT_EQ(rules->channels.size(), 2U);
  const ChannelRule& desk = rules->channels[0];
  EXPECT_EQ(desk.target, "/var/spool/jieban/outgoing");
  EXPECT_EQ(desk.clocks, std::vector<std::string>{"due"});
  EXPECT_EQ(desk.percent_min, 75U);
  EXPECT_EQ(rules->channels[1].kind, ChannelKind::webhook);
  EXPECT_EQ(rules->channels[1].token_file, "/t");
  EXPECT_EQ(rules->unit_names.at("urban_office"), "城管办");
}

TEST(NoticeRulesFile, AnSgipMayListen) {
  const std::string text = with("{name: ",
                                "{name: smg, kind: sgip_sms, target: \"sgip://10.1.2.3:8801\", "
                                "account_file: /a, method: sms, listen: \"10.1.2.4:8801\", "
                                "listen_beyond_loopback: true}\n  - {name: ");
  auto rules = parse_notice_rules(text, "n", "/root");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(rules->channels[0].listen, "10.1.2.4:8801");
  EXPECT_EQ(rules->channels[0].listen_beyond_loopback, true);
  EXPECT_FALSE(rules->channels[1].listen.has_value());
}

TEST(NoticeRulesFile, ASpoolMayBeAbsolute) {
  auto rules = parse_notice_rules(with("target: outgoing", "target: /srv/out"), "n", "/root");
  ASSERT_TRUE(rules.ok());
  EXPECT_EQ(rules->channels[0].target, "/srv/out");
}

TEST(NoticeRulesFile, TheShippedFileStands) {
  auto rules = load_notice_rules(std::string(JIEBAN_SOURCE_DIR) + "/config/notices.yaml", "/spool");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  ASSERT_EQ(rules->channels.size(), 3U);
  EXPECT_EQ(rules->channels[0].target, "/spool/outgoing");
  EXPECT_EQ(rules->templates.size(), notice_topics().size());
}

// The examples in the comments are what people start from.
TEST(NoticeRulesFile, TheExamplesOfTheShippedFileStandToo) {
  auto text = read_file(std::string(JIEBAN_SOURCE_DIR) + "/config/notices.yaml", 100'000);
  ASSERT_TRUE(text.ok());
  for (const char* line : {"  # - ", "  #   "}) {
    for (size_t at = text->find(line); at != std::string::npos; at = text->find(line, at)) {
      text->replace(at, 4, "  ");
    }
  }
  auto rules = parse_notice_rules(*text, "notices.yaml", "/spool");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  for (const ChannelKindRow& row : channel_kinds()) {
    EXPECT_TRUE(std::ranges::any_of(rules->channels, [&](const ChannelRule& channel) {
      return channel.kind == row.kind;
    })) << row.name;
  }
}

TEST(NoticeRulesFile, TheWordsOfRepliesAreTheStreets) {
  EXPECT_EQ(parse_notice_rules(kGood, "n", "/root")->replies, std::nullopt) << "no words of ours";
  auto rules = parse_notice_rules(
      with("retry_max: 15m\n", "retry_max: 15m\nreplies: {acknowledge: [收到], beside: [回复]}\n"),
      "n", "/root");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(rules->replies, (ReplyWords{{"收到"}, {"回复"}}));
}

TEST(NoticeRulesFile, EachFaultIsToldWithItsPlace) {
  struct Fault {
    const char* from;
    const char* to;
    const char* place;
    const char* what;
  };
  const Fault faults[] = {
      {"{order_no} {percent}%", "{order_no} {phone}", "n:10:", "{phone}"},
      {"order.unrouted: \"{order_no}\"", "order.unrouted: \"{percent}\"", "n:11:", "{percent}"},
      {"order.unrouted: \"", "order.signed: \"", "n:11:", "order.signed"},
      {"kind: spool", "kind: pigeon", "n:7:",
       "one of webhook, spool, wecom_robot, dingtalk_robot, feishu_robot, ums_sms, mail, sgip_sms, "
       "kannel_sms, smstools_sms"},
      {"target: outgoing", "target: ../out", "n:7:", "below /root"},
      {"percent_min: 75", "percent_mini: 75", "n:7:", "percent_mini"},
      {"percent_min: 75", "percent_min: -1", "n:7:", "negative"},
      {"retry_first: 30s", "retry_first: 0s", "n:4:", "zero"},
      {"retry_first: 30s", "retry_first: 1h", "n:1:", "retry_first"},
      {"attempts_max: 5\n", "", "n:1:", "attempts_max"},
      {"topics: [deadline.warned]", "topics: [deadline.breached]", "n:1:", "no text"},
      {", topics: [deadline.warned]", "", "n:1:", "`topics` (a board), a `method`"},
      {"kind: webhook", "kind: wecom_robot", "n:1:", "ends with /send"},
      {"name: gateway", "name: desk", "n:1:", "two channels"},
      {"version: \"1\"\n", "version: \"1\"\nack: {kannel_sms: \"回复{order_no}\"}\n",
       "n:2:", "{order_no}"},
      {"version: \"1\"\n", "version: \"1\"\nack: {pigeon: \"回复1\"}\n", "n:1:", "one of"},
      {"version: \"1\"\n", "version: \"1\"\nack: {wecom_robot: \"{link}\"}\n",
       "n:1:", "one person"},
      {"version: \"1\"\n", "version: \"1\"\nreply_clock_slack: 31m\n", "n:1:", "30m"},
      {"retry_max: 15m\n", "retry_max: 15m\nreplies: {acknowledge: [1收到]}\n", "n:1:", "replies"},
      {"retry_max: 15m\n", "retry_max: 15m\nreplies: {also: [收到]}\n", "n:6:", "also"},
  };
  for (const Fault& fault : faults) {
    auto rules = parse_notice_rules(with(fault.from, fault.to), "n", "/root");
    ASSERT_FALSE(rules.ok()) << fault.to;
    EXPECT_TRUE(rules.error().message.starts_with(fault.place)) << rules.error().message;
    EXPECT_NE(rules.error().message.find(fault.what), std::string::npos) << rules.error().message;
  }
}

TEST(NoticeRulesFile, AMissingFileIsAnError) {
  TempDir dir("/dev/shm");
  auto rules = load_notice_rules(dir.path("none.yaml"), "/root");
  ASSERT_FALSE(rules.ok());
  EXPECT_EQ(rules.error().code, ErrorCode::not_found);
}

// The longest of the names that are shipped, an order number as long as they are seen, a path of
// categories and a community as they are usual, and what the program itself says in a summary.
NoticeSubject long_subject(const NotifierRules& rules, const std::string& topic) {
  NoticeSubject subject;
  subject.order_no = "250912101108115409";
  subject.category = "住房城乡建设>物业管理>电梯故障";
  subject.community = "三里河二区社区";
  for (const Code& code : codes_of(CodeSet::clock)) {
    const auto longest = character_count(code_chinese(CodeSet::clock, subject.clock));
    if (character_count(code.chinese) > longest) subject.clock = code.code;
  }
  size_t longest_unit = 0;
  for (const auto& [unit, name] : rules.unit_names) {
    if (character_count(name) <= longest_unit) continue;
    longest_unit = character_count(name);
    subject.lead_unit = unit;
  }
  subject.percent = 100;
  subject.deadline = from_civil({2026, 12, 31, 17, 30, 0});
  subject.count = 128;
  subject.code = "3f9c";
  static const std::map<std::string, std::string> kSummaries = {
      {"call", "jieban-sla-watcher 已停止跟随 110102007.router"},
      {"call.rota.gap", "街道带班 2026-12-30 20:30 至 2026-12-31 08:30 无人值班"},
      {"call.feed.silent", "自 2026-12-31 08:30 起没有来单"},
      {"call.import.silent", "自 2026-12-31 08:30 起没有导入或推送"},
      {"call.channel.down", "通道“dingtalk-leaders”连续发送失败"},
      {"call.handover.missing", "坐席值班 2026-12-31 20:30 班次已结束，无人签字交班"},
      {"call.handover.waiting", "第 1234 次交班（NIGHT 交 DAY），p-ouyang 已签字，无人接班"}};
  const auto summary = kSummaries.find(topic);
  if (summary != kSummaries.end()) subject.summary = summary->second;
  return subject;
}

// How a text of the file reads over a kind of channel.
std::string said_over(const NotifierRules& rules, ChannelKind kind, const std::string& words,
                      NoticeSubject subject) {
  NotifierRules other = rules;
  other.channels.resize(1);
  other.channels[0].name = "one";
  other.channels[0].kind = kind;
  subject.ack = render_text(other.ack_words("one"), subject, {});
  return render_text(words, subject, rules.unit_names);
}

// A reply of "1" is for the latest message; each one says the code that is its own.
TEST(NoticeRulesFile, EachShippedCallSaysTheCodeThatAnswersItWhereAReplyComesBack) {
  auto rules = load_notice_rules(std::string(JIEBAN_SOURCE_DIR) + "/config/notices.yaml", "/spool");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  size_t calls = 0;
  for (const auto& [topic, words] : rules->templates) {
    if (topic != "call" && !topic.starts_with("call.")) continue;
    ++calls;
    for (const ChannelKindRow& kind : channel_kinds()) {
      const std::string text = said_over(*rules, kind.kind, words, long_subject(*rules, topic));
      const bool comes_back = kind.kind == ChannelKind::sgip_sms ||
                              kind.kind == ChannelKind::kannel_sms ||
                              kind.kind == ChannelKind::smstools_sms;
      EXPECT_EQ(text.find("回复1或3f9c") != std::string::npos, comes_back)
          << kind.name << ": " << text;
      EXPECT_EQ(text.find("回复") != std::string::npos, comes_back) << kind.name << ": " << text;
      EXPECT_FALSE(kind.group && has_link(text)) << kind.name << ": " << text;
    }
  }
  EXPECT_GE(calls, 14U);
}

// A relay may carry text messages or stand in for a robot: replies come back to the one, and a
// group reads the other.
TEST(NoticeRulesFile, OverARelayTheMethodSaysHowToAnswer) {
  auto rules = load_notice_rules(std::string(JIEBAN_SOURCE_DIR) + "/config/notices.yaml", "/spool");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  for (const bool shipped : {true, false}) {
    if (!shipped) rules->ack.reset();
    for (const ChannelKind kind : {ChannelKind::spool, ChannelKind::webhook}) {
      rules->channels[0].kind = kind;
      const auto words_for = [&](const char* method) {
        rules->channels[0].method = method;
        return std::string(rules->ack_words(rules->channels[0].name));
      };
      EXPECT_EQ(words_for("sms"), "回复1或{code}确认");
      EXPECT_EQ(words_for("robot"), "") << "a link is for one person";
      EXPECT_EQ(words_for("app"), "确认：{link}");
    }
  }
  drop_ack_links(*rules);
  rules->channels[0].method = "sms";
  EXPECT_EQ(rules->ack_words(rules->channels[0].name), "回复1或{code}确认");
}

// Without an address for links nobody is promised one.
TEST(NoticeRulesFile, WhereThereAreNoLinksNoTextSpeaksOfOne) {
  auto rules = load_notice_rules(std::string(JIEBAN_SOURCE_DIR) + "/config/notices.yaml", "/spool");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  const NoticeSubject subject = long_subject(*rules, "call");
  const std::string& words = rules->templates.at("call");
  EXPECT_TRUE(has_link(said_over(*rules, ChannelKind::mail, words, subject)));
  EXPECT_TRUE(check_without_links(*rules).ok());
  drop_ack_links(*rules);
  const std::string text = said_over(*rules, ChannelKind::mail, words, subject);
  EXPECT_EQ(text, said_over(*rules, ChannelKind::wecom_robot, words, subject));
  EXPECT_NE(said_over(*rules, ChannelKind::kannel_sms, words, subject), text);
}

TEST(NoticeRulesFile, HowToAnswerIsSaidInTheStreetsOwnWords) {
  auto rules = parse_notice_rules(with("version: \"1\"\n",
                                       "version: \"1\"\nack: {webhook: \"按{code}\", spool: \"\"}\n"
                                       "reply_clock_slack: 3m\n"),
                                  "n", "/root");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(rules->ack_words("gateway"), "按{code}");
  EXPECT_EQ(rules->ack_words("desk"), "") << "it says that nobody can";
  EXPECT_EQ(rules->ack_words("none"), "");
  EXPECT_EQ(rules->reply_clock_slack(), std::chrono::minutes(3));
  EXPECT_EQ(NotifierRules().reply_clock_slack(), std::chrono::minutes(2));
}

// DOMAIN §15.9: at most 70 characters. Any text may be sent as one: a street chooses the channels.
TEST(NoticeRulesFile, EachShippedTextFitsIntoOneTextMessage) {
  auto rules = load_notice_rules(std::string(JIEBAN_SOURCE_DIR) + "/config/notices.yaml", "/spool");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_GE(rules->templates.size(), 16U);
  for (const auto& [topic, words] : rules->templates) {
    if (topic.starts_with("digest")) continue;  // a list has room of its own: DigestText
    // By the kinds whose replies come back, which say most.
    const std::string text =
        said_over(*rules, ChannelKind::sgip_sms, words, long_subject(*rules, topic));
    const SmsSize size = measure_sms(text);
    EXPECT_EQ(size.parts, 1U) << topic << " has " << size.units << " of " << kUcs2Units << ": "
                              << text;
    EXPECT_EQ(text.find("未定"), std::string::npos)
        << topic << " was filled in part only: " << text;
  }
}

}  // namespace
}  // namespace jieban
