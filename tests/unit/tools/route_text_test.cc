// `jieban route explain` prints each rule that was tried and why, word for word.
#include "tools/jieban/route_text.h"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

#include "common/base/file.h"
#include "common/json/json.h"
#include "common/routing/rules_file.h"
#include "tests/support/temp_dir.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

// A site's rule files, and an order beside them.
class RouteText : public testing::Test {
 protected:
  RouteText() {
    write("routing.yaml", R"(version: "r1"
default_queue: team_leader
rules:
  - {id: smell, priority: 900, keywords: [燃气味], lead_unit: gas}
  - {id: winter, priority: 300, category: "公共服务>供暖",
     valid_from: 2026-11-15, valid_to: 2027-03-15, lead_unit: heating}
  - {id: services, priority: 100, category: 公共服务, lead_unit: office, assist_units: [community]}
)");
    write("clocks.yaml", R"(version: "c1"
warn_fractions: [50]
classes: {general: {sign: 1m, forward: 1m, due: 1h}, emergency: {sign: 1m, forward: 1m, due: 1h}}
class_rules:
  - {lexicon: emergency, class: emergency}
  - {class: general}
)");
    write("directory.yaml", R"(version: "d1"
street: {code: "110102007", name: 月坛街道, district: 西城区}
communities: [{code: "110102007003", name: 月坛社区}]
units:
  - {id: gas, name: a, kind: company}
  - {id: heating, name: b, kind: company}
  - {id: office, name: c, kind: office}
  - {id: community, name: d, kind: community}
duties: [{category: 公共服务}]
)");
    write("categories.yaml", R"(version: "t1"
categories: [{code: "1", path: 公共服务, tags: [住有所居]}, {code: "11", path: "公共服务>供暖"}]
)");
    write("lexicon.yaml", "version: \"l1\"\ngroups: {routing: [燃气味], emergency: [爆炸]}\n");
    write("order.json", order("公共服务>供暖>停暖", "月坛社区"));
  }

  void write(const std::string& name, const std::string& text) {
    ASSERT_TRUE(write_file(dir.path(name), text).ok());
  }
  static std::string order(const std::string& category, const std::string& community) {
    return R"({"order_no":"A-1","cat_path":")" + category + R"(","community":")" + community +
           R"(","content":"家中没有暖气","dispatched_at":"2026-03-15 23:59:59"})";
  }
  // What the program prints, and its exit code.
  std::pair<std::string, int> run(std::vector<std::string> arguments) {
    Session session;
    CLI::App app;
    app.add_option("--etc", session.etc);
    app.add_flag("--json", session.json);
    app.fallthrough();
    declare_route(app, session);
    app.get_subcommands({}).front()->fallthrough();
    app.get_subcommands({}).front()->get_subcommands({}).front()->fallthrough();
    arguments.insert(arguments.begin(), {"route", "explain", "--etc", dir.path("")});
    std::ranges::reverse(arguments);
    app.parse(arguments);
    testing::internal::CaptureStdout();
    const Outcome outcome = session.run();
    std::fflush(stdout);
    std::string text = testing::internal::GetCapturedStdout();
    if (!outcome.ok()) return {outcome.error().message, int(exit_code_of(outcome.error()))};
    return {text, int(*outcome)};
  }
  std::string explained(const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"--file", dir.path("order.json")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run(arguments).first;
  }

  TempDir dir{"/dev/shm"};
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(RouteText, EachRuleThatWasTriedIsPrintedWithItsReason) {
  EXPECT_EQ(explained({"--all"}), R"(工单 A-1
  问题分类  公共服务>供暖>停暖
  社区      月坛社区
  七有五性  住有所居
  判断时间  2026-03-15 23:59:59
  规则版本  r1+c1+d1+t1

阶段            规则            结果                    条件
紧急筛查与分类  imported        来单没有标为紧急
紧急筛查与分类  class_rules[0]  没有命中词组            emergency
紧急筛查与分类  class_rules[1]  采用                    general
辖区与职责      street          工单没有写明，不判断
辖区与职责      community       属于本街道              月坛社区
辖区与职责      duties          属于本街道              公共服务>供暖>停暖
重复与聚集      repeat_of       没有找到相关的先前工单
重复与聚集      cluster_of      没有找到相关的先前工单
重复与聚集      text            文中没有重复反映的字样
派单目录        smell           没有命中关键词          燃气味
派单目录        winter          尚未生效                2026-11-15 至 2027-03-15
派单目录        services        采用                    office

类别：一般（class_rules[1]）
结论：主办 office，协办 community（规则 services）
)");
}

TEST_F(RouteText, TheContactAndTheTemplateOfTheReplyAreShown) {
  EXPECT_FALSE(has(explained(), "联系方式") || has(explained(), "答复模板"));
  std::string routing = *read_file(dir.path("routing.yaml"), 10'000);
  const std::string wanted = "lead_unit: office,";
  routing.insert(routing.find(wanted), "contact: 便民台, template_reply: \"1）受理：__\", ");
  write("routing.yaml", routing);
  const std::string text = explained();
  EXPECT_TRUE(has(text, "联系方式：便民台\n答复模板：1）受理：__\n")) << text;
  const Value answer = *parse_json(explained({"--json"}));
  const Value& told = answer.array()->front();
  EXPECT_EQ(text_at(*told.find("decision"), "contact"), "便民台");
  EXPECT_EQ(text_at(*told.find("decision"), "template_reply"), "1）受理：__");
}

TEST_F(RouteText, WithoutAllTheMissesAreCountedOnly) {
  const std::string text = explained();
  EXPECT_FALSE(has(text, "smell")) << text;
  EXPECT_TRUE(has(text, "尚未生效")) << text;
  EXPECT_TRUE(has(text, "另有 3 条规则条件不符")) << text;
}

TEST_F(RouteText, AtAnotherTimeOtherRulesHold) {
  EXPECT_TRUE(has(explained({"--at", "2027-03-15 23:59:59"}), "结论：主办 heating"));
  EXPECT_TRUE(has(explained({"--at", "2027-03-16 00:00:00"}), "已经失效"));
  EXPECT_EQ(run({"--file", dir.path("order.json"), "--at", "soon"}).second, 64);
}

TEST_F(RouteText, ASuggestedReturnIsToldWithItsReason) {
  write("order.json", order("公共服务>供暖", "德胜里社区"));
  const std::string text = explained();
  EXPECT_TRUE(has(text, "建议退单：TERRITORY 属地不符（community）")) << text;
  EXPECT_TRUE(has(text, "等待人工决定（team_leader）")) << text;
}

TEST_F(RouteText, JsonSaysTheSame) {
  auto all = parse_json(explained({"--json"}));
  ASSERT_TRUE(all.ok());
  const Value& told = all->array()->front();
  EXPECT_EQ(text_at(told, "order_no"), "A-1");
  EXPECT_EQ(text_at(told, "rules_version"), "r1+c1+d1+t1");
  const Value& decision = *told.find("decision");
  EXPECT_EQ(text_at(decision, "stage"), "directory");
  EXPECT_EQ(text_at(decision, "rule"), "services");
  EXPECT_EQ(text_at(decision, "lead_unit"), "office");
  EXPECT_EQ(array_at(told, "tags").size(), 1U);
  ASSERT_EQ(array_at(told, "trace").size(), 12U);
  const Value& row = array_at(told, "trace").at(10);
  EXPECT_EQ(text_at(row, "rule"), "winter");
  EXPECT_EQ(text_at(row, "code"), "not_yet_valid");
  EXPECT_EQ(text_at(row, "why"), "尚未生效");
}

TEST_F(RouteText, WhatWasKeptIsSetBesideTheRulesOfToday) {
  auto rules = load_rule_files({dir.path("routing.yaml"), dir.path("clocks.yaml"), "", ""});
  ASSERT_TRUE(rules.ok());
  RouteOrder order;
  order.order_no = "A-1";
  order.category = "公共服务";
  order.raised_class = "emergency";
  order.kept = *parse_json(
      R"({"stage":"directory","code":"chosen","at":"2026-03-10 08:00:00","rule":"old",
          "rules_version":"r0"})");
  const std::string text = explanation_text(*rules, explain(*rules, order, Timestamp()), false);
  EXPECT_TRUE(has(text, "留存的依据：2026-03-10 08:00:00 派单目录，采用，rule=old")) << text;
  EXPECT_TRUE(has(text, "当时的规则版本为 r0")) << text;
  EXPECT_TRUE(has(text, "类别：紧急")) << text;
}

TEST_F(RouteText, WhatCannotBeExplainedIsAnError) {
  EXPECT_EQ(run({}).second, 64);
  EXPECT_EQ(run({"A-2", "--file", dir.path("order.json")}).second, 1);
  EXPECT_EQ(run({"A-1", "--file", dir.path("order.json")}).second, 0);
  write("routing.yaml", "version: 1\n");
  EXPECT_EQ(run({"--file", dir.path("order.json")}).second, 78);
}

}  // namespace
}  // namespace jieban
