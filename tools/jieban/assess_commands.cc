#include <CLI/CLI.hpp>
#include <memory>

#include "common/assessment/appeal_file.h"
#include "tools/jieban/archive_appeals.h"
#include "tools/jieban/archive_orders.h"
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
  bool from_archive = false;
};

// Of the file, or of the archive; empty: nobody asked for them.
Result<std::optional<std::vector<Appeal>>> read_appeals(const Session& session,
                                                        const AssessOptions& options,
                                                        const CycleRules& cycle) {
  using Register = std::optional<std::vector<Appeal>>;
  if (options.from_archive || (options.source.path.empty() && options.appeals.empty())) {
    auto archived = archived_appeals(session, cycle);
    if (!archived.ok()) return archived.error();
    return Register(std::move(*archived));
  }
  if (options.appeals.empty()) return Register();
  auto appeals = load_appeals(options.appeals);
  if (!appeals.ok()) return configuration_error(appeals.error());
  return Register(std::move(*appeals));
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
  auto appeals = read_appeals(session, options, question.rules.cycle);
  if (!appeals.ok()) return appeals.error();
  question.appeals = std::move(*appeals);
  return question;
}

std::vector<std::string_view> required_fields(const AssessQuestion& question) {
  std::vector<std::string_view> fields = {"visit_valid", "visit_contacted", "visit_solved",
                                          "visit_satisfied"};
  // A first level may stand in a column of its own.
  const bool named = question.by != nullptr && !question.by->field.empty();
  if (named && question.by->name != "category") fields.push_back(question.by->field);
  if (question.appeals) fields.emplace_back("order_no");
  return fields;
}

Outcome run_assess(const Session& session, const AssessOptions& options) {
  auto question = read_question(session, options);
  if (!question.ok()) return question.error();
  auto orders = options.source.path.empty()
                    ? archived_orders(session)
                    : load_orders(session, options.source, required_fields(*question));
  if (!orders.ok()) return orders.error();
  if (question->appeals) question->excluded = excluded_by(*question->appeals, *orders);
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
  CLI::App* sub = app.add_subcommand(
      "assess",
      "The three rates (三率) of an export or of the archive, in both bases, with appeals");
  auto options = std::make_shared<AssessOptions>();
  declare_source(*sub, options->source, false);
  sub->get_option("--from")->description(
      "CSV export, UTF-8 or GB18030 (-: standard input; default: orders, call-backs and appeals "
      "of the archive)");
  sub->add_option("--rules", options->rules, "weights and rounding (default: assessment.yaml)");
  std::vector<std::string> choices;
  for (const GroupBy& choice : group_choices()) choices.emplace_back(choice.name);
  sub->add_option("--by", options->by, "one line for each (default: unit, where there is one)")
      ->check(CLI::IsMember(choices));
  sub->add_option("--cycle", options->cycle,
                  "the assessment cycle that ends in this month: 2026-07");
  sub->add_option("--day", options->day, "the cycle so far, up to noon of this day: 2026-07-18");
  auto* file = sub->add_option("--appeals", options->appeals,
                               "register of appeals; what the city passed is out of the net basis");
  sub->add_flag("--archive", options->from_archive,
                "register of appeals: those that were given as commands, from the archive")
      ->excludes(file);
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_assess(session, *options); };
  });
}

}  // namespace jieban
