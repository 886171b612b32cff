#include "common/clocks/clocks_file.h"

#include <algorithm>

#include "common/clocks/limit_file.h"

namespace jieban {
namespace {

// The router gives these two whatever the class rules say.
constexpr std::array<const char*, 2> kClassesNeeded = {"emergency", "general"};

bool is_natural(const ClassRules& rules, ClockKind kind) {
  const auto& limit = rules.limit(kind);
  return !limit || limit->kind() == CalendarKind::natural;
}

// A clock that counts days nobody has told it would be a guess.
Result<void> refuse_guesses(const Node& root, const ClassTable& classes) {
  for (const auto& [name, rules] : classes) {
    for (ClockKind kind : kClockKinds) {
      if (is_natural(rules, kind)) continue;
      return root.error("the clock " + std::string(to_string(kind)) + " of " + name +
                        " counts by a calendar; name one in the setting rules.calendar");
    }
  }
  return {};
}

}  // namespace

Result<void> check_clocks_keys(const Node& root) {
  return root.only_keys({"version", "official", "warn_fractions", "classes", "class_rules"});
}

Result<ClassTable> read_class_table(const Node& root) {
  auto classes = root.required("classes");
  if (!classes.ok()) return classes.error();
  auto names = classes->keys();
  if (!names.ok()) return names.error();
  for (const char* name : kClassesNeeded) {
    if (!classes->optional(name)) {
      return classes->error("no time limits for the class " + std::string(name) + "; add them");
    }
  }
  ClassTable table;
  for (const std::string& name : *names) {
    auto node = classes->required(name);
    if (!node.ok()) return node.error();
    auto rules = read_class(*node);
    if (!rules.ok()) return rules.error();
    table[name] = std::move(*rules);
  }
  return table;
}

bool needs_calendar(const ClassTable& classes) {
  return std::ranges::any_of(classes, [](const auto& each) {
    return !std::ranges::all_of(kClockKinds,
                                [&](ClockKind kind) { return is_natural(each.second, kind); });
  });
}

Result<std::optional<CalendarTexts>> read_clock_calendar(const Node& root,
                                                         const ClassTable& classes,
                                                         const std::string& path) {
  if (path.empty()) {
    RETURN_IF_ERROR(refuse_guesses(root, classes));
    return std::optional<CalendarTexts>();
  }
  auto texts = read_calendar_texts(path);
  if (!texts.ok()) return texts.error().context("rules.calendar");
  return std::optional(std::move(*texts));
}

}  // namespace jieban
