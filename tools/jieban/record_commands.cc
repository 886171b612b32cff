#include <CLI/CLI.hpp>
#include <memory>

#include "common/domain/record_kind.h"
#include "tools/jieban/record_text.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct RecordOptions {
  std::string kind;
  std::string order_no;
  std::string from;
  std::string to;
  std::string cursor;
  int limit = 50;
};

std::string target_of(const RecordOptions& options) {
  const std::vector<std::pair<std::string, std::string>> parts = {{"order_no", options.order_no},
                                                                  {"from", options.from},
                                                                  {"to", options.to},
                                                                  {"below", options.cursor}};
  std::string target = "/api/v1/records?kind=" + percent_encoded(options.kind) +
                       "&page_size=" + std::to_string(options.limit);
  for (const auto& [name, value] : parts) {
    if (!value.empty()) target += "&" + name + "=" + percent_encoded(value);
  }
  return target;
}

Outcome run_list(const Session& session, const RecordOptions& options) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto archiver = DaemonClient::api(*site, "archiver");
  if (!archiver.ok()) return archiver.error();
  auto answer = archiver->get_value(target_of(options));
  if (!answer.ok()) return answer.error();
  session.print(record_list_text(*answer), *answer);
  return ExitCode::done;
}

}  // namespace

void declare_record(CLI::App& app, Session& session) {
  CLI::App* record =
      app.add_subcommand("record", "Returns, rejections, extensions, contacts, call-backs, ...");
  record->require_subcommand(1);
  auto options = std::make_shared<RecordOptions>();
  CLI::App* sub = record->add_subcommand("list", "Records of one kind, newest first");
  std::vector<std::string> kinds;
  for (const RecordKind& row : record_kinds()) kinds.emplace_back(row.kind);
  sub->add_option("--kind", options->kind, "which records")
      ->required()
      ->check(CLI::IsMember(kinds));
  sub->add_option("--order", options->order_no, "of this order only");
  sub->add_option("--from", options->from, "since (\"2026-03-10 08:00:00\")");
  sub->add_option("--to", options->to, "before");
  sub->add_option("--cursor", options->cursor, "where the page before ended");
  sub->add_option("--limit", options->limit, "records on this page")->capture_default_str();
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_list(session, *options); };
  });
}

}  // namespace jieban
