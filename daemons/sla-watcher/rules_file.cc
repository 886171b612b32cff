#include "daemons/sla-watcher/rules_file.h"

#include "common/base/limits.h"
#include "common/config/fields.h"
#include "daemons/sla-watcher/ladder_file.h"
#include "daemons/sla-watcher/limit_file.h"

namespace jieban {
namespace {

// The router gives the first two whatever the class rules say.
constexpr std::array<const char*, 2> kClassesNeeded = {"emergency", "general"};

Result<void> read_classes(const Node& root, ClockRules& rules) {
  auto classes = root.required("classes");
  if (!classes.ok()) return classes.error();
  auto names = classes->keys();
  if (!names.ok()) return names.error();
  for (const char* name : kClassesNeeded) {
    if (!classes->optional(name)) {
      return classes->error("no time limits for the class " + std::string(name) + "; add them");
    }
  }
  for (const std::string& name : *names) {
    auto node = classes->required(name);
    if (!node.ok()) return node.error();
    auto limits = read_class(*node);
    if (!limits.ok()) return limits.error();
    rules.classes[name] = std::move(*limits);
  }
  return {};
}

// A clock that counts days nobody has told it would be a guess.
Result<void> check_calendar(const Node& root, const ClockRules& rules) {
  if (rules.calendar) return {};
  for (const auto& [name, limits] : rules.classes) {
    for (ClockKind kind : kClockKinds) {
      const auto& limit = limits.limit(kind);
      if (!limit || limit->kind() == CalendarKind::natural) continue;
      return root.error("the clock " + std::string(to_string(kind)) + " of " + name +
                        " counts by a calendar; name one in the setting rules.calendar");
    }
  }
  return {};
}

}  // namespace

std::vector<Parameter> sla_watcher_parameters() {
  using enum ParameterKind;
  return {{"rules.clocks", text, "/etc/jieban/clocks.yaml", "1", "200", {}, "the time limits"},
          {"rules.calendar",
           text,
           "",
           "",
           "200",
           {},
           "the calendar of clocks that count working time; the official years lie beside it"}};
}

Result<ClockRules> load_clock_rules(const Settings& settings) {
  auto document = Document::load(settings.text("rules.clocks"), limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  Node root = document->root();
  RETURN_IF_ERROR(
      root.only_keys({"version", "official", "warn_fractions", "classes", "class_rules"}));
  ClockRules rules;
  auto version = required_text(root, "version");
  if (!version.ok()) return version.error();
  rules.version = *version;
  auto ladder = read_ladder(root);
  if (!ladder.ok()) return ladder.error();
  rules.ladder = std::move(*ladder);
  RETURN_IF_ERROR(read_classes(root, rules));
  const std::string& calendar = settings.text("rules.calendar");
  if (!calendar.empty()) {
    auto texts = read_calendar_texts(calendar);
    if (!texts.ok()) return texts.error().context("rules.calendar");
    rules.calendar = std::move(*texts);
  }
  RETURN_IF_ERROR(check_calendar(root, rules));
  return rules;
}

}  // namespace jieban
