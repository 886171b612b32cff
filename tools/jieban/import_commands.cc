#include <poll.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "tools/jieban/session.h"
#include "tools/site/client.h"
#include "tools/site/import_drop.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

struct ImportOptions {
  std::vector<std::string> files;
  int timeout_seconds = 60;
};

constexpr int kLookMilliseconds = 100;

std::string report_text(const std::string& file, const ImportReport& report) {
  if (!report.failure.empty()) {
    return file + "：整个文件未导入：" + printable(report.failure) + "\n详见 " + report.folder +
           "\n";
  }
  std::string text = file + "：新增 " + std::to_string(report.added) + "，更新 " +
                     std::to_string(report.updated) + "，无变化 " +
                     std::to_string(report.unchanged) + "，拒收 " +
                     std::to_string(report.rejects.size()) + "\n";
  TextTable table({">行号", "工单编号", "列", "原因"});
  for (const ImportReject& reject : report.rejects) {
    table.add({std::to_string(reject.row_no), reject.order_no, reject.column, reject.reason});
  }
  if (!table.empty()) text += table.print();
  return text + "详见 " + report.folder + "\n";
}

Value report_value(const ImportReport& report) {
  Value value = report.result;
  value.set("folder", report.folder);
  if (!report.failure.empty()) value.set("failure", report.failure);
  return value;
}

Result<ImportReport> wait_for(const ImportDrop& drop, int seconds) {
  const Duration deadline = monotonic_now() + std::chrono::seconds(seconds);
  while (true) {
    auto report = drop.look();
    if (!report.ok()) return report.error();
    if (*report) return std::move(**report);
    if (monotonic_now() >= deadline) {
      return Error{ErrorCode::unavailable,
                   drop.name() + " still waits in the import folder: does jieban-receiver run?"};
    }
    poll(nullptr, 0, kLookMilliseconds);
  }
}

Outcome run_import(const Session& session, const ImportOptions& options) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  if (site->import_directory.empty()) {
    return configuration_error(invalid("the import folder is off (import.directory of receiver)"));
  }
  std::vector<ImportDrop> drops;
  for (const std::string& file : options.files) {
    auto drop = ImportDrop::put(site->import_directory, file);
    if (!drop.ok()) return drop.error();
    drops.push_back(std::move(*drop));
  }
  ExitCode code = ExitCode::done;
  Value all = Value::Array{};
  for (const ImportDrop& drop : drops) {
    auto report = wait_for(drop, options.timeout_seconds);
    if (!report.ok()) return report.error();
    if (!report->failure.empty() || !report->rejects.empty()) code = ExitCode::negative;
    if (!session.json) session.print(report_text(drop.name(), *report));
    all.push(report_value(*report));
  }
  if (session.json) session.print(all);
  return code;
}

}  // namespace

void declare_import(CLI::App& app, Session& session) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* sub = app.add_subcommand(
      "import",
      "Put export files into the import folder and tell what became of them (1: a row "
      "or a file was rejected)");
  sub->add_option("files", options->files, "CSV or XLSX")->required();
  sub->add_option("--timeout", options->timeout_seconds, "seconds to wait for each")
      ->capture_default_str();
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_import(session, *options); };
  });
}

}  // namespace jieban
