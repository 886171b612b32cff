#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <memory>

#include "common/base/file.h"
#include "tools/jieban/clock_table.h"
#include "tools/jieban/session.h"

namespace jieban {
namespace {

struct ClockOptions {
  std::string calendar;
  std::string official;
};

std::string official_directory(const Session& session, const ClockOptions& options) {
  return options.official.empty() ? session.rule_path("calendar") : options.official;
}

Result<size_t> read_input(char* buffer, size_t size) {
  while (true) {
    const ssize_t count = ::read(STDIN_FILENO, buffer, size);
    if (count >= 0) return size_t(count);
    if (errno != EINTR) return system_error("reading standard input");
  }
}

Result<void> write_output(std::string_view text) {
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) return system_error("writing to standard output");
  return {};
}

Outcome run_clock(const Session& session, const ClockQuestion& question,
                  const ClockOptions& options) {
  auto calendar = Calendar::load(options.calendar, official_directory(session, options));
  if (!calendar.ok()) return configuration_error(calendar.error());
  const ClockTable table{read_input, write_output,
                         [](std::string_view line) {
                           std::fprintf(stderr, "jieban: %.*s\n", int(line.size()), line.data());
                         },
                         session.json};
  auto unanswered = answer_table(question, *calendar, table);
  if (!unanswered.ok()) return unanswered.error();
  if (*unanswered == 0) return ExitCode::done;
  std::fprintf(stderr, "jieban: rows without an answer: %zu\n", *unanswered);
  return ExitCode::negative;
}

void declare_question(CLI::App& clock, Session& session, const ClockQuestion& question) {
  CLI::App* sub = clock.add_subcommand(
      std::string(question.name), std::string(question.summary) + " CSV with the columns " +
                                      std::string(question.first) + " and " +
                                      std::string(question.second) + " on standard input; adds " +
                                      std::string(question.answer));
  auto options = std::make_shared<ClockOptions>();
  sub->add_option("--calendar", options->calendar, "calendar file (YAML)")->required();
  sub->add_option("--official", options->official,
                  "folder of the official years (default: ETC/calendar, else the shipped ones)");
  sub->callback([&session, &question, options] {
    session.run = [&session, &question, options] { return run_clock(session, question, *options); };
  });
}

}  // namespace

void declare_clock(CLI::App& app, Session& session) {
  CLI::App* sub = app.add_subcommand(
      "clock", "Working time for tables: CSV in, the same with one column more out");
  sub->require_subcommand(1);
  for (const ClockQuestion& question : clock_questions()) declare_question(*sub, session, question);
}

}  // namespace jieban
