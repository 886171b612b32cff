#include <CLI/CLI.hpp>
#include <memory>

#include "common/base/clock.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct ReportOptions {
  std::string date;
  std::string from;
  std::string to;
};

// The site's own day: the clock of a demonstration is not that of the host.
std::string site_today(const Site& site) {
  auto ops = DaemonClient::ops(site, "archiver");
  if (ops.ok()) {
    auto status = ops->get_value("/admin/status");
    if (status.ok() && text_at(*status, "now").size() >= 10) {
      return text_at(*status, "now").substr(0, 10);
    }
  }
  return format_date(SystemClock().now());
}

std::string report_target(const ReportOptions& options, const Site& site, bool json) {
  std::string target = std::string("/api/v1/reports/daily?format=") + (json ? "json" : "markdown");
  const bool free_period = !options.from.empty() || !options.to.empty();
  if (!free_period) {
    return target +
           "&date=" + percent_encoded(options.date.empty() ? site_today(site) : options.date);
  }
  if (!options.date.empty()) target += "&date=" + percent_encoded(options.date);
  return target + "&from=" + percent_encoded(options.from) + "&to=" + percent_encoded(options.to);
}

std::string week_target(const ReportOptions& options, const Site& site, bool json) {
  const std::string day = options.date.empty() ? site_today(site) : options.date;
  return std::string("/api/v1/reports/weekly?format=") + (json ? "json" : "markdown") +
         "&date=" + percent_encoded(day);
}

using Target = std::string (*)(const ReportOptions& options, const Site& site, bool json);

Outcome run_report(const Session& session, const ReportOptions& options, Target target) {
  if (options.from.empty() != options.to.empty()) return invalid("--from and --to go together");
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto archiver = DaemonClient::api(*site, "archiver");
  if (!archiver.ok()) return archiver.error();
  auto answer = archiver->get(target(options, *site, session.json));
  if (!answer.ok()) return answer.error();
  const std::string text = answer->text;
  auto value = value_of(std::move(*answer));
  if (!value.ok()) return value.error();
  session.print(text, *value);
  return ExitCode::done;
}

}  // namespace

void declare_report(CLI::App& app, Session& session) {
  CLI::App* sub = app.add_subcommand("report", "Reports (the archive)");
  sub->require_subcommand(1);
  auto options = std::make_shared<ReportOptions>();
  CLI::App* daily = sub->add_subcommand("daily", "The daily report (日报), in Markdown");
  daily->add_option("--date", options->date, "day of issue (default: today): noon to noon");
  daily->add_option("--from", options->from, "another period: from (\"2026-03-10 00:00:00\")");
  daily->add_option("--to", options->to, "and before");
  CLI::App* weekly = sub->add_subcommand(
      "weekly", "The material of a week (工单材料周报), unit by unit: completeness, timeliness");
  weekly->add_option("--date", options->date, "any day of the week (default: today)");
  weekly->callback([&session, options] {
    session.run = [&session, options] { return run_report(session, *options, week_target); };
  });
  daily->callback([&session, options] {
    session.run = [&session, options] { return run_report(session, *options, report_target); };
  });
}

}  // namespace jieban
