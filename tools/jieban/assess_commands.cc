#include <CLI/CLI.hpp>
#include <memory>

#include "common/assessment/appeal_file.h"
#include "tools/jieban/assess.h"
#include "tools/jieban/export_source.h"
#include "tools/jieban/session.h"

namespace jieban {
namespace {

struct AssessOptions {
  ExportSource source;
  std::string rules;
  std::string by;
  std::string cycle;
  std::string day;
  std::string appeals;
};

Result<std::set<std::string>> passed_appeals(const std::string& path) {
  std::set<std::string> excluded;
  if (path.empty()) return excluded;
  auto appeals = load_appeals(path);
  if (!appeals.ok()) return configuration_error(appeals.error());
  for (const Appeal& appeal : *appeals) {
    if (appeal.excludes()) excluded.insert(appeal.order_no);
  }
  return excluded;
}

Result<AssessQuestion> read_question(const Session& session, const AssessOptions& options) {
  AssessQuestion question;
  auto rules = load_assess_rules(options.rules.empty() ? session.rule_path("assessment.yaml")
                                                       : options.rules);
  if (!rules.ok()) return configuration_error(rules.error());
  question.rules = std::move(*rules);
  question.by = find_group(options.by);
  auto period = assess_period(options.cycle, options.day, question.rules.cycle);
  if (!period.ok()) return period.error();
  question.period = *period;
  auto excluded = passed_appeals(options.appeals);
  if (!excluded.ok()) return excluded.error();
  question.excluded = std::move(*excluded);
  return question;
}

std::vector<std::string_view> required_fields(const AssessQuestion& question) {
  std::vector<std::string_view> fields = {"visit_valid", "visit_contacted", "visit_solved",
                                          "visit_satisfied"};
  // A first level may stand in a column of its own.
  const bool named = question.by != nullptr && !question.by->field.empty();
  if (named && question.by->name != "category") fields.push_back(question.by->field);
  if (!question.excluded.empty()) fields.emplace_back("order_no");
  return fields;
}

Outcome run_assess(const Session& session, const AssessOptions& options) {
  auto question = read_question(session, options);
  if (!question.ok()) return question.error();
  auto orders = load_orders(session, options.source, required_fields(*question));
  if (!orders.ok()) return orders.error();
  if (question->by == nullptr) {
    question->by = find_group(orders->has("lead_unit") ? "unit" : "all");
  }
  auto assessment = assess(*orders, *question);
  if (!assessment.ok()) return configuration_error(assessment.error());
  Value answer = assess_value(*assessment);
  answer.set("faults", faults_value(assessment->faults));
  session.print(assess_text(*assessment), answer);
  complain(session, assessment->faults);
  return assessment->faults.empty() ? ExitCode::done : ExitCode::negative;
}

}  // namespace

void declare_assess(CLI::App& app, Session& session) {
  CLI::App* sub =
      app.add_subcommand("assess", "The three rates (三率) of an export, in both counting bases");
  auto options = std::make_shared<AssessOptions>();
  declare_source(*sub, options->source, true);
  sub->add_option("--rules", options->rules, "weights and rounding (default: assessment.yaml)");
  std::vector<std::string> choices;
  for (const GroupBy& choice : group_choices()) choices.emplace_back(choice.name);
  sub->add_option("--by", options->by, "one line for each (default: unit, where there is one)")
      ->check(CLI::IsMember(choices));
  sub->add_option("--cycle", options->cycle,
                  "the assessment cycle that ends in this month: 2026-07");
  sub->add_option("--day", options->day, "the cycle so far, up to noon of this day: 2026-07-18");
  sub->add_option("--appeals", options->appeals,
                  "register of appeals; what the city passed is out of the net basis");
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_assess(session, *options); };
  });
}

}  // namespace jieban
