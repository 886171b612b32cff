#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <span>

#include "common/domain/handover.h"
#include "common/json/json.h"
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

struct ListSpan {
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

std::string list_target(const ListSpan& options) {
  std::string query;
  if (!options.from.empty()) query += "&from=" + percent_encoded(options.from);
  if (!options.to.empty()) query += "&to=" + percent_encoded(options.to);
  if (!query.empty()) query.front() = '?';
  return "/api/v1/handovers" + query;
}

void declare_list(CLI::App& handover, Session& session) {
  auto options = std::make_shared<ListSpan>();
  CLI::App* sub = handover.add_subcommand("list", "Hand-overs of the last 31 days");
  sub->add_option("--from", options->from, "since (\"2026-03-10 08:00:00\")");
  sub->add_option("--to", options->to, "before");
  sub->callback([&session, options] {
    session.run = [&session, options] {
      return ask_archive(session, list_target(*options), handover_list_text);
    };
  });
}

// In whose name a log is read.
struct HandoverReader {
  std::string number;
  std::string actor = "desk";
  std::string role = "operator";
};

std::string reading_body(std::span<const Value> sealed, const HandoverReader& reader) {
  Value boxes = Value::Array{};
  for (const Value& part : sealed) {
    Value box;
    box.set("key_id", text_at(part, "key_id")).set("box", text_at(part, "box"));
    boxes.push(std::move(box));
  }
  Value body;
  body.set("actor", reader.actor).set("role", reader.role).set("boxes", std::move(boxes));
  return to_json(body);
}

// The archive has the boxes, the receiver the keys. Sets `refused` where the caller may not read
// them, or the receiver does not answer: the log is shown all the same.
Result<Value::Array> open_written(const Site& site, const Value::Array& sealed,
                                  const HandoverReader& reader, std::string& refused) {
  Value::Array opened;
  auto receiver = DaemonClient::api(site, "receiver");
  if (!receiver.ok()) return receiver.error();
  const std::string target = "/api/v1/handovers/" + percent_encoded(reader.number) + "/readings";
  for (size_t begin = 0; begin < sealed.size(); begin += kReadingBoxesMax) {
    const size_t count = std::min(kReadingBoxesMax, sealed.size() - begin);
    const std::span<const Value> run(sealed.data() + begin, count);
    auto answer = receiver->post(target, reading_body(run, reader));
    constexpr int kForbidden = 403;
    if (!answer.ok()) {
      refused = "此刻无法打开：" + answer.error().message;
      return opened;
    }
    if (answer->status == kForbidden) {
      refused = text_at(answer->value, "detail");
      return opened;
    }
    auto value = value_of(std::move(*answer));
    if (!value.ok()) return value.error();
    const Value::Array& parts = array_at(*value, "parts");
    if (parts.size() != count) return Error{ErrorCode::internal, "not as many parts as boxes"};
    for (size_t i = 0; i < count; ++i) {
      Value part;
      for (const char* name : {"topic", "label", "at", "by", "kind"}) {
        part.set(name, text_at(run[i], name));
      }
      const Value* texts = parts[i].find("texts");
      part.set("texts", texts != nullptr ? *texts : Value()).set("why", text_at(parts[i], "why"));
      opened.push_back(std::move(part));
    }
  }
  return opened;
}

Outcome show_handover(const Session& session, const HandoverReader& reader) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto archiver = DaemonClient::api(*site, "archiver");
  if (!archiver.ok()) return archiver.error();
  const std::string target = "/api/v1/handovers/" + percent_encoded(reader.number);
  auto handover = archiver->get_value(target);
  if (!handover.ok()) return handover.error();
  auto sealed = archiver->get_value(target + "/sealed");
  if (!sealed.ok()) return sealed.error();
  std::string refused;
  auto written = open_written(*site, array_at(*sealed, "parts"), reader, refused);
  if (!written.ok()) return written.error();
  handover->set("written", std::move(*written));
  handover->set("written_refused", refused.empty() ? Value() : Value(refused));
  session.print(handover_text(*handover), *handover);
  return ExitCode::done;
}

void declare_show(CLI::App& handover, Session& session) {
  auto reader = std::make_shared<HandoverReader>();
  CLI::App* sub = handover.add_subcommand(
      "show", "The log as it was signed, its signatures, and for those who may what is sealed");
  sub->add_option("number", reader->number, "number of the hand-over")->required();
  sub->add_option("--actor", reader->actor, "account of the person who reads")
      ->envname("USER")
      ->capture_default_str();
  sub->add_option("--role", reader->role, "in which role; who read what is sealed is recorded")
      ->capture_default_str();
  sub->callback([&session, reader] {
    session.run = [&session, reader] { return show_handover(session, *reader); };
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
