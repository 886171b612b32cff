#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>

#include "common/assessment/appeal_file.h"
#include "common/base/file.h"
#include "common/base/text.h"
#include "tools/jieban/appeal_candidates.h"
#include "tools/jieban/archive_appeals.h"
#include "tools/jieban/archive_dossier.h"
#include "tools/jieban/dossier.h"
#include "tools/jieban/export_source.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct AppealOptions {
  ExportSource source;
  std::string rules;
  std::string points;
  std::string appeals;
  bool from_archive = false;
  std::string cycle;
  std::string id;
  std::string statement;
  std::string evidence;
  std::string out = ".";
};

std::string or_rule(const Session& session, const std::string& path, const char* name) {
  return path.empty() ? session.rule_path(name) : path;
}

Result<AppealPoints> read_points(const Session& session, const AppealOptions& options) {
  auto points = load_appeal_points(or_rule(session, options.points, "appeal_points.yaml"));
  if (!points.ok()) return configuration_error(points.error());
  return points;
}

Result<CandidateQuestion> read_question(const Session& session, const AppealOptions& options) {
  CandidateQuestion question;
  question.cycle = options.cycle;
  auto rules = load_assess_rules(or_rule(session, options.rules, "assessment.yaml"));
  if (!rules.ok()) return configuration_error(rules.error());
  question.rules = std::move(*rules);
  const auto span = parse_cycle(options.cycle, question.rules.cycle);
  if (!span) return invalid("a cycle is written like 2026-07");
  question.span = *span;
  auto params = question.rules.params_at(local_day(span->to - Duration(1)));
  if (!params.ok()) return configuration_error(params.error());
  question.params = *params;
  auto points = read_points(session, options);
  if (!points.ok()) return points.error();
  question.points = std::move(*points);
  if (options.from_archive) {
    auto archived = archived_appeals(session, question.rules.cycle);
    if (!archived.ok()) return archived.error();
    question.appeals = std::move(*archived);
  }
  if (options.appeals.empty()) return question;
  auto appeals = load_appeals(options.appeals);
  if (!appeals.ok()) return configuration_error(appeals.error());
  question.appeals = std::move(*appeals);
  return question;
}

Outcome run_candidates(const Session& session, const AppealOptions& options) {
  auto question = read_question(session, options);
  if (!question.ok()) return question.error();
  auto orders = load_orders(
      session, options.source,
      {"order_no", "visit_valid", "visit_contacted", "visit_solved", "visit_satisfied"});
  if (!orders.ok()) return orders.error();
  const CandidateList list = list_candidates(*orders, *question);
  Value answer = candidates_value(list);
  answer.set("faults", faults_value(list.faults));
  session.print(candidates_text(list), answer);
  complain(session, list.faults);
  return list.faults.empty() ? ExitCode::done : ExitCode::negative;
}

// Every column that has a value, as the export names it.
Result<std::vector<std::pair<std::string, std::string>>> order_columns(
    const ExportTable& table, const std::string& order_no) {
  std::vector<std::pair<std::string, std::string>> columns;
  for (const ExportRow& row : table.rows) {
    if (clean_code(table.text(row, "order_no")) != order_no) continue;
    for (size_t i = 0; i < table.header.size(); ++i) {
      if (!trim(row.cells[i]).empty()) columns.emplace_back(table.header[i], row.cells[i]);
    }
    return columns;
  }
  return Error{ErrorCode::not_found, "the export has no order " + order_no};
}

// Of the file; else of what was given as commands.
Result<std::vector<Appeal>> read_register(const Session& session, const AppealOptions& options) {
  if (!options.appeals.empty()) {
    auto appeals = load_appeals(options.appeals);
    if (!appeals.ok()) return configuration_error(appeals.error());
    return appeals;
  }
  auto rules = load_assess_rules(or_rule(session, options.rules, "assessment.yaml"));
  if (!rules.ok()) return configuration_error(rules.error());
  return archived_appeals(session, rules->cycle);
}

Result<Appeal> find_appeal(const Session& session, const AppealOptions& options) {
  auto appeals = read_register(session, options);
  if (!appeals.ok()) return appeals.error();
  const auto found = std::ranges::find(*appeals, options.id, &Appeal::appeal_id);
  if (found != appeals->end()) return *found;
  return Error{ErrorCode::not_found, "the register has no appeal " + options.id};
}

// Every file of the folder, by name; nothing of the folders in it.
Result<void> name_evidence(const AppealOptions& options, Appeal& appeal) {
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(options.evidence, failed)) {
    if (entry.is_regular_file(failed)) appeal.evidence.push_back(entry.path().filename().string());
  }
  if (failed) return Error{ErrorCode::io, options.evidence + ": " + failed.message()};
  std::ranges::sort(appeal.evidence);
  return {};
}

Result<void> read_archive(const Session& session, DossierContent& content) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto archiver = DaemonClient::api(*site, "archiver");
  if (!archiver.ok()) return archiver.error();
  auto view = archiver->get_value("/api/v1/orders/" + percent_encoded(content.appeal.order_no));
  if (!view.ok()) return view.error();
  add_archive(*view, content);
  return {};
}

Result<void> read_export(const Session& session, const AppealOptions& options,
                         DossierContent& content) {
  if (options.source.path.empty()) return {};
  auto table = load_table(session, options.source);
  if (!table.ok()) return table.error();
  auto order = order_columns(*table, content.appeal.order_no);
  if (!order.ok()) return order.error();
  content.order = std::move(*order);
  return {};
}

Result<void> read_papers(const AppealOptions& options, DossierContent& content) {
  if (!options.statement.empty()) {
    auto statement = read_file(options.statement, kEvidenceBytesMax);
    if (!statement.ok()) return statement.error();
    content.statement = std::move(*statement);
  }
  for (const std::string& name : content.appeal.evidence) {
    if (name.find('/') != std::string::npos) return invalid("evidence is named without a folder");
    const std::string folder = options.evidence.empty() ? "." : options.evidence;
    auto bytes = read_file(folder + "/" + name, kEvidenceBytesMax);
    if (!bytes.ok()) return bytes.error();
    content.evidence.push_back({name, std::move(*bytes)});
  }
  return {};
}

Outcome run_dossier(const Session& session, const AppealOptions& options) {
  const bool archived = options.from_archive || options.appeals.empty();
  if (!archived && options.source.path.empty()) {
    return invalid("--from EXPORT is needed with --appeals, or --archive");
  }
  auto appeal = find_appeal(session, options);
  if (!appeal.ok()) return appeal.error();
  auto points = read_points(session, options);
  if (!points.ok()) return points.error();
  DossierContent content;
  content.appeal = *appeal;
  content.points_version = points->version;
  content.points_official = points->official;
  if (const AppealPoint* point = points->find(appeal->point_code)) content.point = *point;
  RETURN_IF_ERROR(read_export(session, options, content));
  if (options.appeals.empty() && !options.evidence.empty()) {
    RETURN_IF_ERROR(name_evidence(options, content.appeal));
  }
  RETURN_IF_ERROR(read_papers(options, content));
  if (archived) RETURN_IF_ERROR(read_archive(session, content));
  content.made_at = SystemClock().now();
  const std::string folder = options.out + "/" + appeal->appeal_id;
  auto manifest = write_dossier(folder, content);
  if (!manifest.ok()) return manifest.error();
  std::string text = folder + "\n";
  for (const Value& missing : *manifest->find("missing")->array()) {
    text += "缺少：" + *missing.string() + "\n";
  }
  session.print(text, *manifest);
  return ExitCode::done;
}

Outcome run_check(const Session& session, const std::string& folder) {
  auto wrong = check_dossier(folder);
  if (!wrong.ok()) return wrong.error();
  Value::Array paths(wrong->begin(), wrong->end());
  Value answer;
  answer.set("whole", wrong->empty()).set("wrong", Value(std::move(paths)));
  std::string text = wrong->empty() ? "与清单一致\n" : "";
  for (const std::string& path : *wrong) text += "与清单不符：" + path + "\n";
  session.print(text, answer);
  return wrong->empty() ? ExitCode::done : ExitCode::negative;
}

void declare_candidates(CLI::App& appeal, Session& session) {
  CLI::App* sub = appeal.add_subcommand(
      "candidates", "Orders worth an appeal, the most gain first; what passes the ceiling is held");
  auto options = std::make_shared<AppealOptions>();
  declare_source(*sub, options->source, true);
  sub->add_option("--cycle", options->cycle, "the assessment cycle: 2026-07")->required();
  auto* file = sub->add_option("--appeals", options->appeals, "register of appeals (YAML)");
  sub->add_flag("--archive", options->from_archive,
                "register of appeals: those that were given as commands, from the archive")
      ->excludes(file);
  sub->add_option("--rules", options->rules, "weights, ceiling (default: assessment.yaml)");
  sub->add_option("--points", options->points, "appeal points (default: appeal_points.yaml)");
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_candidates(session, *options); };
  });
}

void declare_dossier(CLI::App& appeal, Session& session) {
  CLI::App* sub = appeal.add_subcommand(
      "dossier", "Makes the folder of one appeal (不纳入考核材料), with a manifest");
  auto options = std::make_shared<AppealOptions>();
  sub->add_option("appeal_id", options->id,
                  "id in the register; of an appeal of the archive ORDER_NO-1")
      ->required();
  declare_source(*sub, options->source, false);
  sub->get_option("--from")->description(
      "CSV export with the order's text (-: standard input; default: what the archive knows)");
  sub->add_option("--appeals", options->appeals,
                  "register of appeals (YAML; default: those of the archive)");
  sub->add_flag("--archive", options->from_archive,
                "add the archive's pages to an appeal of a file; without --appeals always");
  sub->add_option("--points", options->points, "appeal points (default: appeal_points.yaml)");
  sub->add_option("--statement", options->statement, "情况说明; without it, a draft");
  sub->add_option(
      "--evidence", options->evidence,
      "folder of the evidence: the files that the appeal names (default: .), of an appeal of "
      "the archive all files in it");
  sub->add_option("--out", options->out, "where the folder is made")->capture_default_str();
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_dossier(session, *options); };
  });
}

}  // namespace

void declare_appeal(CLI::App& app, Session& session) {
  CLI::App* sub = app.add_subcommand("appeal", "Assessment appeals (考核申诉)");
  sub->require_subcommand(1);
  declare_candidates(*sub, session);
  declare_dossier(*sub, session);
  CLI::App* check = sub->add_subcommand("check", "Compares a dossier with its manifest");
  auto folder = std::make_shared<std::string>();
  check->add_option("folder", *folder, "of the dossier")->required();
  check->callback([&session, folder] {
    session.run = [&session, folder] { return run_check(session, *folder); };
  });
}

}  // namespace jieban
