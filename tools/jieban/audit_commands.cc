#include <CLI/CLI.hpp>
#include <functional>
#include <memory>

#include "common/audit/checklist_file.h"
#include "tools/jieban/audit_text.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct AuditOptions {
  std::string file;
  std::string checklists;
  std::string order_no;
  std::string from;
  std::string to;
  std::string cursor;
};

constexpr size_t kMaterialsBytesMax = 16 * 1024 * 1024;

// No key is needed: the signatures do not leave the process.
uint64_t plain_hash(std::string_view gram) { return std::hash<std::string_view>()(gram); }

Outcome run_check(const Session& session, const AuditOptions& options) {
  auto lists = load_checklists(options.checklists.empty() ? session.rule_path("checklists.yaml")
                                                          : options.checklists);
  if (!lists.ok()) return configuration_error(lists.error());
  auto document = Document::load(options.file, kMaterialsBytesMax);
  if (!document.ok()) return document.error();
  auto materials = read_materials(*document, lists->texts, plain_hash);
  if (!materials.ok()) return materials.error();
  auto audits = audit_materials(lists->checklists, *materials);
  if (!audits.ok()) return audits.error();
  session.print(filed_audits_text(*audits), filed_audits_value(*audits));
  return misses_something(*audits) ? ExitCode::negative : ExitCode::done;
}

Outcome run_show(const Session& session, const AuditOptions& options) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto archiver = DaemonClient::api(*site, "archiver");
  if (!archiver.ok()) return archiver.error();
  auto view = archiver->get_value("/api/v1/orders/" + percent_encoded(options.order_no));
  if (!view.ok()) return view.error();
  session.print(audit_text(*view), *view);
  return ExitCode::done;
}

Outcome run_list(const Session& session, const AuditOptions& options) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto archiver = DaemonClient::api(*site, "archiver");
  if (!archiver.ok()) return archiver.error();
  std::string target = "/api/v1/records?kind=audit";
  for (const auto& [name, value] : {std::pair{"from", options.from}, std::pair{"to", options.to},
                                    std::pair{"below", options.cursor}}) {
    if (!value.empty()) target += std::string("&") + name + "=" + percent_encoded(value);
  }
  auto page = archiver->get_value(target);
  if (!page.ok()) return page.error();
  session.print(audit_list_text(*page), *page);
  return ExitCode::done;
}

}  // namespace

void declare_audit(CLI::App& app, Session& session) {
  CLI::App* audit = app.add_subcommand("audit", "Material audits (材料审核) against checklists");
  audit->require_subcommand(1);
  auto options = std::make_shared<AuditOptions>();
  CLI::App* show = audit->add_subcommand("show", "The last audit of an order, item by item");
  show->add_option("order_no", options->order_no, "the order")->required();
  show->callback([&session, options] {
    session.run = [&session, options] { return run_show(session, *options); };
  });
  CLI::App* list = audit->add_subcommand("list", "Audits, newest first");
  list->add_option("--from", options->from, "since (\"2026-03-10 08:00:00\")");
  list->add_option("--to", options->to, "before");
  list->add_option("--cursor", options->cursor, "where the page before ended");
  list->callback([&session, options] {
    session.run = [&session, options] { return run_list(session, *options); };
  });
  CLI::App* check = audit->add_subcommand(
      "check", "Audits materials in a file, without daemons; 1 when a required item is missing");
  check->add_option("--file", options->file, "materials in YAML (tools/README.md)")->required();
  check->add_option("--checklists", options->checklists, "(default: checklists.yaml)");
  check->callback([&session, options] {
    session.run = [&session, options] { return run_check(session, *options); };
  });
}

}  // namespace jieban
