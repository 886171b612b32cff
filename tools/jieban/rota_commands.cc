#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/duty/changes_file.h"
#include "common/duty/rota_file.h"
#include "common/duty/rota_ics.h"
#include "common/duty/rota_text.h"
#include "common/json/json.h"
#include "tools/jieban/rota_changes.h"
#include "tools/jieban/rota_eval.h"
#include "tools/jieban/rota_span.h"
#include "tools/jieban/session.h"

namespace jieban {
namespace {

struct RotaOptions {
  std::string file;
  std::string changes;
  std::string rota;
  SpanTexts span;
  std::optional<std::string> at;  // one instant instead of a span; "" is now
  std::string format = "text";
  bool live = false;
};

struct RotaFiles {
  RotaBook book;
  RotaChanges changes;
};

Result<RotaFiles> load_files(const Session& session, const RotaOptions& options) {
  auto book = load_rota_book(options.file.empty() ? session.rule_path("rota.yaml") : options.file);
  if (!book.ok()) return configuration_error(book.error());
  RotaFiles files{std::move(*book), {}};
  if (options.changes.empty()) return files;
  auto changes = load_changes(options.changes, files.book);
  if (!changes.ok()) return configuration_error(changes.error());
  files.changes = std::move(*changes);
  return files;
}

// The rota that was asked for, else all of them; each with the span as its own clock shows it.
Result<std::vector<RotaSheet>> make_sheets(const RotaFiles& files, const RotaOptions& options) {
  std::vector<RotaSheet> sheets;
  for (const Rota& rota : files.book.rotas) {
    if (!options.rota.empty() && options.rota != rota.id && options.rota != rota.name) continue;
    const Timestamp now = SystemClock().now();
    auto span = options.at ? read_moment(*options.at, rota.time_zone, now)
                           : read_duty_span(options.span, rota.time_zone, now);
    if (!span.ok()) return span.error();
    sheets.push_back(make_sheet(files.book, rota, files.changes, *span));
  }
  if (sheets.empty()) {
    const bool none = options.rota.empty();
    return Error{ErrorCode::not_found, none ? "the file has no rota: it needs one below \"rotas\""
                                            : "there is no rota " + options.rota + " in the file"};
  }
  return sheets;
}

void print_values(const Session& session, Value list, const char* name) {
  Value whole;
  whole.set(name, std::move(list));
  session.print(whole);
}

Value values_of(const std::vector<RotaSheet>& sheets) {
  Value list = Value::Array{};
  for (const RotaSheet& sheet : sheets) list.push(sheet_value(sheet));
  return list;
}

// What the notifier goes by; on the clock of Beijing.
Outcome ask_live(const Session& session, const RotaOptions& options, const char* view) {
  const Timestamp now = SystemClock().now();
  auto span = options.at ? read_moment(*options.at, Rota().time_zone, now)
                         : read_duty_span(options.span, Rota().time_zone, now);
  if (!span.ok()) return span.error();
  return run_live_rota(session,
                       {view, *span, options.rota, session.json ? "json" : options.format});
}

Outcome run_show(const Session& session, const RotaOptions& options) {
  if (options.live) return ask_live(session, options, "shifts");
  auto files = load_files(session, options);
  if (!files.ok()) return files.error();
  auto sheets = make_sheets(*files, options);
  if (!sheets.ok()) return sheets.error();
  if (options.format == "ics") {
    auto site = session.site();  // a file may be looked at where there is none
    session.print(to_ics(*sheets, site.ok() ? site->street : "", SystemClock().now()));
  } else if (options.format == "json" || session.json) {
    print_values(session, values_of(*sheets), "rotas");
  } else {
    for (const RotaSheet& sheet : *sheets) session.print(sheet_text(sheet));
  }
  return ExitCode::done;
}

Outcome run_now(const Session& session, const RotaOptions& options) {
  if (options.live) return ask_live(session, options, "now");
  auto files = load_files(session, options);
  if (!files.ok()) return files.error();
  auto sheets = make_sheets(*files, options);
  if (!sheets.ok()) return sheets.error();
  if (session.json) {
    print_values(session, values_of(*sheets), "rotas");
    return ExitCode::done;
  }
  for (const RotaSheet& sheet : *sheets) session.print(now_text(sheet));
  return ExitCode::done;
}

Outcome run_check(const Session& session, const RotaOptions& options) {
  if (options.live) return ask_live(session, options, "check");
  auto files = load_files(session, options);
  if (!files.ok()) return files.error();
  const RotaBook& book = files->book;
  const std::string zone = book.rotas.empty() ? Rota().time_zone : book.rotas.front().time_zone;
  auto span = read_duty_span(options.span, zone, SystemClock().now());
  if (!span.ok()) return span.error();
  const auto findings = check_duty(book, files->changes, span->from, span->until);
  if (session.json) {
    Value list = Value::Array{};
    for (const DutyFinding& each : findings) list.push(finding_value(book, each));
    print_values(session, std::move(list), "findings");
  } else {
    for (const DutyFinding& each : findings) session.print(finding_text(book, each));
    if (findings.empty()) session.print(std::string("未发现问题。\n"));
  }
  return findings.empty() ? ExitCode::done : ExitCode::negative;
}

Result<std::string> read_input() {
  constexpr size_t kBufferBytes = 64 * 1024;
  std::string text;
  std::array<char, kBufferBytes> buffer{};
  while (text.size() <= limits::kRequestBytesMax) {
    const ssize_t count = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (count == 0) return text;
    if (count > 0) text.append(buffer.data(), size_t(count));
    if (count < 0 && errno != EINTR) return system_error("reading standard input");
  }
  return Error{ErrorCode::limit, "standard input is longer than 8 MiB"};
}

// A row that cannot be read is told beside the answers of the others, and gives 1; what is no table
// at all gives 2.
Outcome run_eval(const Session& session) {
  auto text = read_input();
  if (!text.ok()) return text.error();
  auto answer = evaluate_rota_table(*text);
  if (!answer.ok()) {
    std::fprintf(stderr, "jieban: rota eval: %s\n", answer.error().message.c_str());
    return ExitCode::unreadable;
  }
  session.print(answer->json);
  for (const std::string& refusal : answer->refusals) {
    std::fprintf(stderr, "jieban: rota eval: %s\n", refusal.c_str());
  }
  return answer->refusals.empty() ? ExitCode::done : ExitCode::negative;
}

using RunRota = Outcome (*)(const Session&, const RotaOptions&);

CLI::App* declare_one(CLI::App& rota, Session& session, const char* name, const char* summary,
                      const std::shared_ptr<RotaOptions>& options, RunRota run) {
  CLI::App* sub = rota.add_subcommand(name, summary);
  CLI::Option* file = sub->add_option(
      "--file", options->file, "rota file (default: rota.yaml of the site, else the shipped one)");
  CLI::Option* changes = sub->add_option(
      "--changes", options->changes, "file of overrides, leaves, swaps and temporary schedules");
  sub->add_flag("--live", options->live,
                "ask the notifier: with the changes that came by command, as people are called")
      ->excludes(file)
      ->excludes(changes);
  sub->callback([&session, options, run] {
    session.run = [&session, options, run] { return run(session, *options); };
  });
  return sub;
}

void add_span(CLI::App& sub, RotaOptions& options) {
  sub.add_option("--from", options.span.from,
                 "a date, or a time such as \"2026-03-02 08:30\" (default: now)");
  sub.add_option("--to", options.span.to,
                 "a date, which is included, or a time (default: 7 days later)");
}

}  // namespace

void declare_rota(CLI::App& app, Session& session) {
  CLI::App* rota =
      app.add_subcommand("rota", "Who is on duty when: by rota.yaml, or at the notifier");
  rota->require_subcommand(1);
  auto show = std::make_shared<RotaOptions>();
  CLI::App* sub =
      declare_one(*rota, session, "show", "The shifts of a span, day by day", show, run_show);
  add_span(*sub, *show);
  sub->add_option("--rota", show->rota, "one rota, by id or name (default: all)");
  sub->add_option("--format", show->format, "text, json or ics (for calendar programs)")
      ->check(CLI::IsMember({"text", "json", "ics"}))
      ->capture_default_str();
  auto now = std::make_shared<RotaOptions>();
  now->at.emplace();
  sub = declare_one(*rota, session, "now", "Who is on duty, and until when", now, run_now);
  sub->add_option("--rota", now->rota, "one rota, by id or name (default: all)");
  sub->add_option("--at", *now->at, "at another time than now");
  auto check = std::make_shared<RotaOptions>();
  sub = declare_one(*rota, session, "check",
                    "Gaps, short rest, long shifts, nights in a row, swaps that nobody accepted; 1 "
                    "when there is any",
                    check, run_check);
  add_span(*sub, *check);
  declare_rota_changes(*rota, session);
  rota->add_subcommand(
          "eval",
          "Shifts of a table of rotas: JSON on standard input and output; 1 when a row "
          "cannot be read, 2 when it is no table")
      ->callback([&session] { session.run = [&session] { return run_eval(session); }; });
}

}  // namespace jieban
