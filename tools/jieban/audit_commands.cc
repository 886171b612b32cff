#include <CLI/CLI.hpp>
#include <functional>
#include <memory>

#include "common/audit/checklist_file.h"
#include "tools/jieban/audit_text.h"
#include "tools/jieban/session.h"

namespace jieban {
namespace {

struct AuditOptions {
  std::string file;
  std::string checklists;
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

}  // namespace

void declare_audit(CLI::App& app, Session& session) {
  CLI::App* audit = app.add_subcommand("audit", "Material audits (材料审核) against checklists");
  audit->require_subcommand(1);
  auto options = std::make_shared<AuditOptions>();
  CLI::App* check = audit->add_subcommand(
      "check", "Audits materials in a file, without daemons; 1 when a required item is missing");
  check->add_option("--file", options->file, "materials in YAML (tools/README.md)")->required();
  check->add_option("--checklists", options->checklists, "(default: checklists.yaml)");
  check->callback([&session, options] {
    session.run = [&session, options] { return run_check(session, *options); };
  });
}

}  // namespace jieban
