#include <CLI/CLI.hpp>
#include <map>
#include <memory>

#include "common/assessment/notes_merge.h"
#include "common/assessment/rules.h"
#include "common/calendar/calendar.h"
#include "tools/jieban/archive_notes.h"
#include "tools/jieban/archive_orders.h"
#include "tools/jieban/export_source.h"
#include "tools/jieban/ledger.h"
#include "tools/jieban/session.h"

namespace jieban {
namespace {

struct LedgerOptions {
  ExportSource source;
  std::string contract;
  std::string notes;
  std::string as_of;
};

// The contract that is shipped for the street of the site.
const std::map<std::string, std::string, std::less<>>& shipped_contracts() {
  static const std::map<std::string, std::string, std::less<>> kFiles = {
      {"110102007", "contracts/yuetan.yaml"}, {"110102010", "contracts/desheng.yaml"}};
  return kFiles;
}

Result<std::string> contract_path(const Session& session, const LedgerOptions& options) {
  if (!options.contract.empty()) return options.contract;
  auto site = session.site();
  if (!site.ok()) return invalid("--contract FILE is needed where there is no site");
  const auto found = shipped_contracts().find(site->street);
  if (found != shipped_contracts().end()) return session.rule_path(found->second);
  return invalid("--contract FILE is needed: none is known for street " + site->street);
}

Result<LedgerSource> archive_source(const Session& session) {
  LedgerSource source;
  source.name = "档案（没有市级派单时间的，取市级创建时间）";
  source.facts = archive_facts();
  RETURN_IF_ERROR(for_each_archived_page(
      session, [&](const Value& page) { append_archive_orders(page, source); }));
  return source;
}

Result<LedgerSource> read_source(const Session& session, const LedgerOptions& options) {
  if (options.source.path.empty()) return archive_source(session);
  auto orders = load_orders(session, options.source, {"order_no"});
  if (!orders.ok()) return orders.error();
  LedgerSource source = ledger_source(*orders);
  source.name = options.source.path;
  return source;
}

// Working days are asked for only where a contract counts in them.
Result<Date> add_office_days(const Session& session, Date from, int64_t count) {
  auto calendar =
      Calendar::load(session.rule_path("calendar/office.yaml"), session.rule_path("calendar"));
  if (!calendar.ok()) return calendar.error();
  return calendar->add_workdays(from, count);
}

// Of the file, and of the archive where the orders come from it.
Result<void> read_notes(const Session& session, const LedgerOptions& options,
                        LedgerQuestion& question) {
  LedgerNotes file;
  if (!options.notes.empty()) {
    auto notes = load_notes(options.notes);
    if (!notes.ok()) return configuration_error(notes.error());
    file = std::move(*notes);
  }
  ArchiveNotes archive;
  if (options.source.path.empty()) {
    auto archived = archived_notes(session, question.as_of);
    if (!archived.ok()) return archived.error();
    archive = std::move(*archived);
  }
  MergedNotes merged = merge_notes(archive.notes, file);
  // A miss of the file may name a rectification that the archive knows.
  file.rectifications = merged.notes.rectifications;
  auto fit = check_notes(question.contract, file);
  if (!fit.ok()) return configuration_error(fit.error());
  question.notes = std::move(merged.notes);
  question.contradictions = std::move(archive.contradictions);
  question.contradictions.insert(question.contradictions.end(), merged.contradictions.begin(),
                                 merged.contradictions.end());
  return {};
}

Result<LedgerQuestion> read_question(const Session& session, const LedgerOptions& options) {
  LedgerQuestion question;
  auto path = contract_path(session, options);
  if (!path.ok()) return path.error();
  auto contract = load_contract(*path);
  if (!contract.ok()) return configuration_error(contract.error());
  question.contract = std::move(*contract);
  auto rules = load_assess_rules(session.rule_path("assessment.yaml"));
  if (!rules.ok()) return configuration_error(rules.error());
  question.cycle = rules->cycle;
  question.as_of = local_day(SystemClock().now());
  if (!options.as_of.empty()) {
    const auto day = parse_date(options.as_of);
    if (!day) return invalid("--as-of is a day such as 2026-07-18");
    question.as_of = *day;
  }
  RETURN_IF_ERROR(read_notes(session, options, question));
  question.add_workdays = [&session](Date from, int64_t count) {
    return add_office_days(session, from, count);
  };
  return question;
}

Outcome run_ledger(const Session& session, const LedgerOptions& options) {
  auto question = read_question(session, options);
  if (!question.ok()) return question.error();
  auto source = read_source(session, options);
  if (!source.ok()) return source.error();
  const Ledger ledger = make_ledger(*source, *question);
  Value answer = ledger_value(ledger);
  answer.set("faults", faults_value(source->faults));
  session.print(ledger_text(ledger), answer);
  complain(session, source->faults);
  const bool clean = source->faults.empty() && ledger.contradictions.empty();
  return clean ? ExitCode::done : ExitCode::negative;
}

}  // namespace

void declare_ledger(CLI::App& app, Session& session) {
  CLI::App* sub = app.add_subcommand(
      "ledger", "Compliance with the service contract: rates, misses, dated duties, penalties");
  auto options = std::make_shared<LedgerOptions>();
  declare_source(*sub, options->source, false);
  sub->get_option("--from")->description(
      "CSV export, UTF-8 or GB18030 (-: standard input; default: ask the archive)");
  sub->add_option("--contract", options->contract,
                  "contract file (default: that of the site's street)");
  sub->add_option(
      "--notes", options->notes,
      "what people noted: what was done when, and what no record of the archive says (YAML)");
  sub->add_option("--as-of", options->as_of, "last day that counts (default: today)");
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_ledger(session, *options); };
  });
}

}  // namespace jieban
