#include <CLI/CLI.hpp>
#include <array>
#include <memory>

#include "tools/jieban/command_call.h"
#include "tools/jieban/handover_text.h"

namespace jieban {
namespace {

struct StreetOptions {
  std::string command;
  std::map<std::string, std::string> arguments;  // by their names
  std::string text;
  Asking asking;
};

struct HandoverList {
  std::string from;
  std::string to;
};

// An option of a street command; "text" is its free text.
struct StreetOption {
  std::string_view command;
  std::string_view argument;
  const char* option;
  const char* help;
  bool required;
};

struct StreetVerb {
  const char* verb;
  std::string_view command;
  const char* help;
};

constexpr std::array<StreetVerb, 6> kVerbs = {{
    {"out", "handover_out", "Sign the log of the watch that ends (交班)"},
    {"in", "handover_in", "Sign the log that was read, and take over (接班)"},
    {"withdraw", "handover_withdraw", "Take a signed log back: nobody relieved the watch"},
    {"override", "handover_override", "Let a hand-over pass in spite of open emergencies"},
    {"note", "shift_note", "Note something in the log of the watch"},
    {"review", "handover_review", "The team leader has read the log"},
}};

constexpr std::array<StreetOption, 11> kOptions = {{
    {"handover_out", "shift_out", "--shift-out", "the shift that ends: NIGHT", true},
    {"handover_out", "shift_in", "--shift-in", "the shift that begins: DAY", true},
    {"handover_out", "instructions", "--instructions", "leaders' instructions, or 无; sealed",
     true},
    {"handover_out", "equipment", "--equipment", "state of the equipment; sealed", true},
    {"handover_out", "notes", "--notes", "anything else; sealed", false},
    {"handover_in", "log_hash", "--hash", "of the log, as `jieban handover show` printed it", true},
    {"handover_withdraw", "text", "--reason", "why; sealed", true},
    {"handover_override", "text", "--reason", "why; sealed", true},
    {"shift_note", "note_kind", "--kind", "event, instruction, equipment or other", true},
    {"shift_note", "text", "--text", "what; sealed", true},
    {"handover_review", "handover", "--handover", "number of the hand-over", true},
}};

Outcome run_street_command(const Session& session, StreetOptions& options) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  CommandCall call{"/api/v1/street/commands/" + options.command, {}, options.text};
  for (const auto& [name, value] : options.arguments) {
    if (!value.empty()) call.arguments[name] = value;
  }
  auto answer = call_command(*site, call, options.asking);
  if (!answer.ok()) return answer.error();
  session.print(street_command_text(options.command, *answer), *answer);
  return exit_of_outcome(*answer);
}

void declare_verb(CLI::App& handover, Session& session, const StreetVerb& verb) {
  auto options = std::make_shared<StreetOptions>();
  options->command = verb.command;
  CLI::App* sub = handover.add_subcommand(verb.verb, verb.help);
  for (const StreetOption& row : kOptions) {
    if (row.command != verb.command) continue;
    std::string& value =
        row.argument == "text" ? options->text : options->arguments[std::string(row.argument)];
    sub->add_option(row.option, value, row.help)->required(row.required);
  }
  declare_asking(*sub, options->asking);
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_street_command(session, *options); };
  });
}

Outcome ask_archive(const Session& session, const std::string& target,
                    std::string (*text)(const Value&)) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto archiver = DaemonClient::api(*site, "archiver");
  if (!archiver.ok()) return archiver.error();
  auto answer = archiver->get_value(target);
  if (!answer.ok()) return answer.error();
  session.print(text(*answer), *answer);
  return ExitCode::done;
}

std::string list_target(const HandoverList& options) {
  std::string query;
  if (!options.from.empty()) query += "&from=" + percent_encoded(options.from);
  if (!options.to.empty()) query += "&to=" + percent_encoded(options.to);
  if (!query.empty()) query.front() = '?';
  return "/api/v1/handovers" + query;
}

void declare_list(CLI::App& handover, Session& session) {
  auto options = std::make_shared<HandoverList>();
  CLI::App* sub = handover.add_subcommand("list", "Hand-overs of the last 31 days");
  sub->add_option("--from", options->from, "since (\"2026-03-10 08:00:00\")");
  sub->add_option("--to", options->to, "before");
  sub->callback([&session, options] {
    session.run = [&session, options] {
      return ask_archive(session, list_target(*options), handover_list_text);
    };
  });
}

void declare_show(CLI::App& handover, Session& session) {
  auto number = std::make_shared<std::string>();
  CLI::App* sub = handover.add_subcommand("show", "The log as it was signed, and its signatures");
  sub->add_option("number", *number, "number of the hand-over")->required();
  sub->callback([&session, number] {
    session.run = [&session, number] {
      return ask_archive(session, "/api/v1/handovers/" + percent_encoded(*number), handover_text);
    };
  });
}

}  // namespace

void declare_handover(CLI::App& app, Session& session) {
  CLI::App* handover = app.add_subcommand(
      "handover", "The hand-over of the watch: sign out, sign in, read (交接班)");
  handover->require_subcommand(1);
  for (const StreetVerb& verb : kVerbs) declare_verb(*handover, session, verb);
  declare_list(*handover, session);
  declare_show(*handover, session);
}

}  // namespace jieban
