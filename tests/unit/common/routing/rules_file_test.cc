// Goal: the shipped rules load, and each fault in a rule file is told with its place.
#include "common/routing/rules_file.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/config/fields.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

const std::string kShipped = std::string(JIEBAN_SOURCE_DIR) + "/config/";

const std::string kRouting = R"(version: "1"
default_queue: leader
rules:
  - {id: a, priority: 10, category: "甲", lead_unit: office, assist_units: [community]}
)";
const std::string kClocks = R"(version: "2"
warn_fractions: [50]
classes:
  emergency: {sign: 1m, forward: 1m, due: 1h}
  general: {sign: 1m, forward: 1m, due: 1h, return: 5m, pauses: [court]}
class_rules:
  - {class: general}
)";

Settings settings_of(const std::string& routing, const std::string& clocks,
                     const std::string& more = "") {
  auto settings =
      parse_settings("rules: {routing: " + routing + ", clocks: " + clocks + "}\n" + more,
                     "router.yaml", router_parameters());
  CHECK(settings.ok());
  return *settings;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  size_t at = text.find(from);
  CHECK(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

Result<RouterRules> load(const std::string& routing, const std::string& clocks) {
  TempDir dir("/dev/shm");
  CHECK(write_file(dir.path("routing.yaml"), routing).ok());
  CHECK(write_file(dir.path("clocks.yaml"), clocks).ok());
  return load_router_rules(settings_of(dir.path("routing.yaml"), dir.path("clocks.yaml")));
}

// Of the message, where it says that something is wrong.
std::string place(const Result<RouterRules>& rules) {
  if (rules.ok()) return "nothing is wrong";
  const std::string& message = rules.error().message;
  size_t name = message.find("routing.yaml:");
  if (name == std::string::npos) name = message.find("clocks.yaml:");
  if (name == std::string::npos) return message;
  return message.substr(name, message.find(": ", name) - name);
}

TEST(RulesFile, ARuleMaySayHowTheUnitIsReachedAndWhereItsReplyBegins) {
  const auto with = [](const std::string& more) {
    return load(replaced(kRouting, "[community]}", "[community], " + more + "}"), kClocks);
  };
  auto rules = with("contact: 供热值班室, template_reply: \"1）受理：__\"");
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(rules->rules.at(0).contact, "供热值班室");
  EXPECT_EQ(rules->rules.at(0).template_reply, "1）受理：__");
  EXPECT_FALSE(load(kRouting, kClocks)->rules.at(0).contact);
  EXPECT_TRUE(with("contact: " + std::string(200, 'x')).ok());
  EXPECT_EQ(place(with("contact: " + std::string(201, 'x'))), "routing.yaml:4:5");
  EXPECT_TRUE(with("template_reply: " + std::string(4000, 'x')).ok());
  EXPECT_EQ(place(with("template_reply: " + std::string(4001, 'x'))), "routing.yaml:4:5");
}

TEST(RulesFile, TheShippedRulesLoad) {
  auto rules = load_router_rules(settings_of(kShipped + "routing.yaml", kShipped + "clocks.yaml"));
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(rules->version, "2027-01+2026-12");
  EXPECT_EQ(rules->default_queue, "team_leader");
  EXPECT_GE(rules->rules.size(), 40U);
  EXPECT_EQ(rules->class_rules.back().order_class, "general");
  EXPECT_FALSE(rules->sign_automatically);
  EXPECT_TRUE(rules->dispatch_automatically);
}

// The door hands on only what the lexicon finds: a keyword that is not in it would never match.
TEST(RulesFile, EveryShippedKeywordIsInTheShippedLexicon) {
  auto rules = load_router_rules(settings_of(kShipped + "routing.yaml", kShipped + "clocks.yaml"));
  auto lexicon = Document::load(kShipped + "lexicon.yaml", limits::kRulesBytesMax);
  ASSERT_TRUE(rules.ok() && lexicon.ok());
  auto groups = lexicon->root().required("groups");
  ASSERT_TRUE(groups.ok());
  auto words = text_list(*groups, "routing");
  ASSERT_TRUE(words.ok());
  for (const char* street : {"110102007", "110102010"}) {
    auto own = load_rule_files({kShipped + "routing.yaml", kShipped + "clocks.yaml",
                                kShipped + "directory/" + street + ".yaml", ""});
    ASSERT_TRUE(own.ok()) << own.error().message;
    for (const NotOursRule& rule : own->directory->not_ours) {
      for (const std::string& word : rule.keywords) {
        EXPECT_NE(std::ranges::find(*words, word), words->end()) << rule.id << " " << word;
      }
    }
    rules->rules.insert(rules->rules.end(), own->rules.begin(), own->rules.end());
  }
  for (const RoutingRule& rule : rules->rules) {
    for (const std::string& word : rule.keywords) {
      EXPECT_NE(std::ranges::find(*words, word), words->end()) << rule.id << " " << word;
    }
  }
  for (const ClassRule& rule : rules->class_rules) {
    EXPECT_TRUE(!rule.lexicon || groups->required(*rule.lexicon).ok()) << *rule.lexicon;
  }
}

TEST(RulesFile, ReadsEveryFieldAndTheSwitches) {
  TempDir dir("/dev/shm");
  std::string routing = replaced(kRouting, "category: \"甲\"", "community: 乙, keywords: [烧烤]");
  ASSERT_TRUE(write_file(dir.path("routing.yaml"), routing).ok());
  ASSERT_TRUE(write_file(dir.path("clocks.yaml"), kClocks).ok());
  auto rules = load_router_rules(settings_of(dir.path("routing.yaml"), dir.path("clocks.yaml"),
                                             "sign: {automatic: true}\n"
                                             "dispatch: {automatic: false}\n"));
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_EQ(rules->version, "1+2");
  EXPECT_TRUE(rules->sign_automatically);
  EXPECT_FALSE(rules->dispatch_automatically);
  const RoutingRule& rule = rules->rules.at(0);
  EXPECT_EQ(rule.priority, 10U);
  EXPECT_FALSE(rule.category.has_value());
  EXPECT_EQ(rule.community, "乙");
  EXPECT_EQ(rule.keywords, std::vector<std::string>{"烧烤"});
  EXPECT_EQ(rule.assist_units, std::vector<std::string>{"community"});
}

TEST(RulesFile, AFaultIsToldWithFileLineAndColumn) {
  struct Fault {
    const char* from;
    const char* to;
    const char* place;
  };
  const std::vector<Fault> faults = {
      {"priority: 10", "priority: high", "routing.yaml:4:23"},
      {"priority: 10, ", "", "routing.yaml:4:5"},
      {"priority: 10", "priority: -1", "routing.yaml:4:5"},
      {"lead_unit: office", "lead_unit: community", "routing.yaml:4:5"},
      {"category: \"甲\", ", "", "routing.yaml:4:5"},
      {"category", "categorie", "routing.yaml:4:27"},
      {"default_queue: leader\n", "", "routing.yaml:1:1"},
  };
  for (const Fault& fault : faults) {
    auto rules = load(replaced(kRouting, fault.from, fault.to), kClocks);
    EXPECT_EQ(place(rules), fault.place) << fault.to;
  }
}

TEST(RulesFile, ThePolicyIsReadAndWithoutOneTheDefaultsHold) {
  auto rules = load(kRouting, kClocks);
  ASSERT_TRUE(rules.ok());
  EXPECT_FALSE(rules->policy.has_value());
  EXPECT_EQ(policy_of(*rules).bounce_cap, 2U);
  rules = load(kRouting +
                   "policy:\n  bounce_cap: 3\n  submit_needs_audit: true\n"
                   "  hand_in_needs: [contact]\n  seat_answers: [政务服务]\n",
               kClocks);
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  const RouterPolicy& policy = policy_of(*rules);
  EXPECT_EQ(policy.bounce_cap, 3U);
  EXPECT_TRUE(policy.submit_needs_audit);
  EXPECT_EQ(policy.hand_in_needs, std::vector<std::string>{"contact"});
}

TEST(RulesFile, TheShippedPolicyIsTheDefaults) {
  auto rules = load_router_rules(settings_of(kShipped + "routing.yaml", kShipped + "clocks.yaml"));
  ASSERT_TRUE(rules.ok() && rules->policy.has_value());
  RouterRules none;
  EXPECT_EQ(rules->policy->bounce_cap, policy_of(none).bounce_cap);
  EXPECT_EQ(rules->policy->submit_needs_audit, policy_of(none).submit_needs_audit);
}

TEST(RulesFile, AFaultInThePolicyIsToldWithItsPlace) {
  for (const char* fault :
       {"bounce_cap: -1", "bounce_cup: 2", "hand_in_needs: [luck]", "submit_needs_audit: maybe"}) {
    auto rules = load(kRouting + "policy: {" + fault + "}\n", kClocks);
    EXPECT_EQ(place(rules).find("routing.yaml:5:"), 0U) << fault << " " << place(rules);
  }
}

// They stood in both files, and the watcher went by the other one.
TEST(RulesFile, WhatStandsInClocksYamlIsRefusedHereWithItsPlaceThere) {
  for (const char* moved : {"extension_max: 2", "return_window_minutes: {general: 5}",
                            "extension_hours: {general: 9}"}) {
    auto rules = load(kRouting + "policy: {" + moved + "}\n", kClocks);
    EXPECT_EQ(place(rules).find("routing.yaml:5:"), 0U) << moved << " " << place(rules);
    ASSERT_FALSE(rules.ok());
    EXPECT_NE(rules.error().message.find("clocks.yaml"), std::string::npos);
    EXPECT_NE(rules.error().message.find("take it out"), std::string::npos);
  }
}

TEST(RulesFile, WhatMayBeDoneToAClockIsReadFromClocksYaml) {
  auto rules = load(kRouting, kClocks);
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  const ClassRules general = clock_rules_of(*rules, "general");
  EXPECT_EQ(Duration(general.return_window->span), std::chrono::minutes(5));
  EXPECT_EQ(general.pauses, std::vector{PauseReason::court});
  EXPECT_TRUE(clock_rules_of(*rules, "emergency").pauses.empty());
  EXPECT_FALSE(rules->calendar.has_value()) << "all is natural time";
  rules = load(kRouting, replaced(kClocks, "pauses: [court]", "pauses: [lunch]"));
  EXPECT_EQ(place(rules).find("clocks.yaml:5:"), 0U) << place(rules);
}

TEST(RulesFile, AClockThatCountsByACalendarNeedsTheSettingHereToo) {
  TempDir dir("/dev/shm");
  ASSERT_TRUE(write_file(dir.path("routing.yaml"), kRouting).ok());
  ASSERT_TRUE(write_file(dir.path("clocks.yaml"),
                         replaced(kClocks, "return: 5m", "return: {limit: 1d, calendar: workday}"))
                  .ok());
  RulePaths paths{dir.path("routing.yaml"), dir.path("clocks.yaml"), "", ""};
  auto without = load_rule_files(paths);
  ASSERT_FALSE(without.ok());
  EXPECT_NE(without.error().message.find("rules.calendar"), std::string::npos);
  paths.calendar = kShipped + "calendar/office.yaml";
  auto rules = load_rule_files(paths);
  ASSERT_TRUE(rules.ok()) << rules.error().message;
  EXPECT_TRUE(rules->calendar.has_value());
}

TEST(RulesFile, TwoRulesOfOneNameAreAFault) {
  auto rules = load(kRouting + "  - {id: a, priority: 1, category: 乙, lead_unit: b}\n", kClocks);
  EXPECT_EQ(place(rules), "routing.yaml:5:5");
}

TEST(RulesFile, AClassWithoutTimeLimitsIsAFault) {
  EXPECT_EQ(place(load(kRouting, kClocks)), "nothing is wrong");
  auto rules = load(kRouting, replaced(kClocks, "{class: general}", "{class: genera1}"));
  EXPECT_EQ(place(rules), "clocks.yaml:7:5");
  rules = load(kRouting, replaced(kClocks, "{class: general}", "{klass: general}"));
  EXPECT_EQ(place(rules), "clocks.yaml:7:6");
}

TEST(RulesFile, AFileThatIsNotThereIsAFault) {
  auto rules = load_router_rules(settings_of("/nowhere/routing.yaml", kShipped + "clocks.yaml"));
  ASSERT_FALSE(rules.ok());
  EXPECT_NE(rules.error().message.find("/nowhere/routing.yaml"), std::string::npos);
}

RulePaths shipped(const std::string& street) {
  return {kShipped + "routing.yaml", kShipped + "clocks.yaml",
          kShipped + "directory/" + street + ".yaml", kShipped + "categories.yaml"};
}

// What a site with these four files would load.
struct SiteFiles {
  std::string routing = kRouting;
  std::string directory = R"(version: "3"
street: {code: "110102007", name: 月坛街道, district: 西城区}
communities: [{code: "110102007003", name: 月坛社区}]
units: [{id: office, name: a, kind: office}, {id: community, name: b, kind: community}]
community_duties: [{category: "甲>乙"}]
)";
  std::string categories = R"(version: "4"
categories: [{code: "1", path: 甲}, {code: "11", path: "甲>乙"}, {code: "2", path: 丙}]
)";
};

// Of what is wrong, file, line and column.
std::string fault(const SiteFiles& files) {
  TempDir dir("/dev/shm");
  CHECK(write_file(dir.path("routing.yaml"), files.routing).ok());
  CHECK(write_file(dir.path("clocks.yaml"), kClocks).ok());
  CHECK(write_file(dir.path("directory.yaml"), files.directory).ok());
  CHECK(write_file(dir.path("categories.yaml"), files.categories).ok());
  auto rules = load_rule_files({dir.path("routing.yaml"), dir.path("clocks.yaml"),
                                dir.path("directory.yaml"), dir.path("categories.yaml")});
  if (rules.ok()) return "nothing is wrong";
  return rules.error().message.substr(dir.path("").size());
}

TEST(RulesFile, TheShippedFilesOfBothStreetsFitTogether) {
  for (const char* street : {"110102007", "110102010"}) {
    auto rules = load_rule_files(shipped(street));
    ASSERT_TRUE(rules.ok()) << rules.error().message;
    EXPECT_EQ(rules->version, "2027-01+2026-12+2026-12+2026-11");
    EXPECT_EQ(rules->directory->code, street);
    EXPECT_GE(rules->directory->communities.size(), 20U);
    EXPECT_FALSE(rules->categories->rows.empty());
    EXPECT_TRUE(std::ranges::any_of(rules->rules, [](const RoutingRule& rule) {
      return rule.community.has_value();
    })) << "each street has rules of its own";
    EXPECT_TRUE(
        std::ranges::is_sorted(rules->rules, std::ranges::greater(), &RoutingRule::priority));
  }
}

TEST(RulesFile, EachFileIsCheckedAgainstTheOthers) {
  EXPECT_EQ(fault({}), "nothing is wrong");
  struct Fault {
    const char* from;
    const char* to;
    const char* what;
  };
  const std::vector<Fault> faults = {
      {"category: \"甲\"", "category: \"乙\"", "routing.yaml:4:5: no such category"},
      {"lead_unit: office", "lead_unit: offis", "routing.yaml:4:5: no such unit"},
      {"[community]", "[communitty]", "routing.yaml:4:5: no such unit"},
      {"category: \"甲\"", "community: 新康社区", "routing.yaml:4:5: no such community"},
      {"category: \"甲\"", "category: \"甲\", valid_from: 2026-02-30", "routing.yaml:4:"},
      {"category: \"甲\"", "category: \"甲\", valid_from: 2026-02-02, valid_to: 2026-02-01",
       "routing.yaml:4:"},
      {"default_queue", "policy: {seat_answers: [乙]}\ndefault_queue", "routing.yaml:2:"},
  };
  for (const Fault& each : faults) {
    SiteFiles files;
    files.routing = replaced(kRouting, each.from, each.to);
    EXPECT_EQ(fault(files).find(each.what), 0U) << each.to << ": " << fault(files);
  }
  SiteFiles files;
  files.routing = replaced(kRouting, "community]}", "community], valid_to: 2026-02-28}");
  EXPECT_EQ(fault(files), "nothing is wrong");
  files.directory += "rules: [{id: a, priority: 1, category: 甲, lead_unit: office}]\n";
  EXPECT_EQ(fault(files).find("routing.yaml:4:5: a second rule"), 0U) << fault(files);
  files.directory = replaced(files.directory, "id: a,", "id: own, community: 月坛社区,");
  EXPECT_EQ(fault(files), "nothing is wrong");
}

TEST(RulesFile, ACommunityThatCouldNeverLeadIsRefused) {
  SiteFiles files;
  const auto with_lead = [&](const std::string& conditions) {
    files.routing = replaced(replaced(kRouting, "lead_unit: office", "lead_unit: community"),
                             "category: \"甲\"", conditions);
    return fault(files);
  };
  EXPECT_EQ(with_lead("category: \"甲>乙\""), "nothing is wrong");
  EXPECT_EQ(with_lead("category: 甲"), "nothing is wrong") << "of some orders it may lead";
  EXPECT_EQ(with_lead("category: 丙").find("routing.yaml:4:5: a community"), 0U);
  files.directory = replaced(files.directory, "community_duties: [{category: \"甲>乙\"}]", "");
  EXPECT_EQ(with_lead("category: \"甲>乙\"").find("routing.yaml:4:5: a community"), 0U);
}

TEST(RulesFile, TheDirectoryIsThatOfTheStreet) {
  std::vector<Parameter> parameters = router_parameters();
  parameters.push_back({"street.code", ParameterKind::text, "110102007", "", "", {}, "", false});
  const auto load_as = [&](const std::string& street) {
    auto settings =
        parse_settings("street: {code: \"" + street + "\"}\nrules: {routing: " + kShipped +
                           "routing.yaml, clocks: " + kShipped +
                           "clocks.yaml, directory: " + shipped("110102010").directory + "}\n",
                       "router.yaml", parameters);
    CHECK(settings.ok());
    return load_router_rules(*settings).ok();
  };
  EXPECT_TRUE(load_as("110102010"));
  EXPECT_FALSE(load_as("110102007"));
}

}  // namespace
}  // namespace jieban
