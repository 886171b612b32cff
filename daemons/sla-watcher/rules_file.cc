#include "daemons/sla-watcher/rules_file.h"

#include "common/base/limits.h"
#include "common/clocks/clocks_file.h"
#include "common/config/fields.h"
#include "daemons/sla-watcher/ladder_file.h"

namespace jieban {

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
  RETURN_IF_ERROR(check_clocks_keys(root));
  ClockRules rules;
  auto version = required_text(root, "version");
  if (!version.ok()) return version.error();
  rules.version = *version;
  auto ladder = read_ladder(root);
  if (!ladder.ok()) return ladder.error();
  rules.ladder = std::move(*ladder);
  auto classes = read_class_table(root);
  if (!classes.ok()) return classes.error();
  rules.classes = std::move(*classes);
  auto calendar = read_clock_calendar(root, rules.classes, settings.text("rules.calendar"));
  if (!calendar.ok()) return calendar.error();
  rules.calendar = std::move(*calendar);
  return rules;
}

}  // namespace jieban
