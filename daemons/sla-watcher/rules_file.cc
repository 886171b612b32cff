#include "daemons/sla-watcher/rules_file.h"

#include <array>

#include "common/base/limits.h"
#include "common/config/fields.h"

namespace jieban {
namespace {

Result<ClassLimits> read_limits(const Node& node) {
  RETURN_IF_ERROR(node.only_keys({"sign", "forward", "due"}));
  struct Part {
    const char* key;
    int64_t ClassLimits::*member;
  };
  static constexpr std::array<Part, 3> kParts = {{{"sign", &ClassLimits::sign},
                                                  {"forward", &ClassLimits::forward},
                                                  {"due", &ClassLimits::due}}};
  ClassLimits limits;
  for (const Part& part : kParts) {
    auto found = node.required(part.key);
    if (!found.ok()) return found.error();
    auto span = found->duration();
    if (!span.ok()) return span.error();
    if (span->count() <= 0) return found->error("a time limit must be longer than nothing");
    limits.*part.member = span->count();
  }
  return limits;
}

Result<std::vector<uint64_t>> read_fractions(const Node& root) {
  auto items = required_items(root, "warn_fractions");
  if (!items.ok()) return items.error();
  std::vector<uint64_t> percents;
  for (const Node& item : *items) {
    auto percent = item.integer();
    if (!percent.ok()) return percent.error();
    bool rising = percents.empty() || uint64_t(*percent) > percents.back();
    if (*percent < 1 || *percent > 99 || !rising) {
      return item.error("warn_fractions must rise, each from 1 to 99 percent");
    }
    percents.push_back(uint64_t(*percent));
  }
  return percents;
}

}  // namespace

std::vector<Parameter> sla_watcher_parameters() {
  using enum ParameterKind;
  return {{"rules.clocks", text, "/etc/jieban/clocks.yaml", "1", "200", {}, "the time limits"}};
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
  auto percents = read_fractions(root);
  if (!percents.ok()) return percents.error();
  rules.warn_percents = *percents;
  auto classes = root.required("classes");
  if (!classes.ok()) return classes.error();
  auto names = classes->keys();
  if (!names.ok()) return names.error();
  // The router gives these whatever the class rules say.
  for (const char* name : {"emergency", "general"}) {
    if (!classes->optional(name)) {
      return classes->error("no time limits for the class " + std::string(name) + "; add them");
    }
  }
  for (const std::string& name : *names) {
    auto node = classes->required(name);
    if (!node.ok()) return node.error();
    auto limits = read_limits(*node);
    if (!limits.ok()) return limits.error();
    rules.classes[name] = *limits;
  }
  return rules;
}

}  // namespace jieban
