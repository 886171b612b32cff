#include <CLI/CLI.hpp>
#include <array>
#include <map>
#include <memory>

#include "common/config/scalar.h"
#include "common/crypto/random.h"
#include "common/json/json.h"
#include "tools/jieban/rota_change_text.h"
#include "tools/jieban/rota_changes.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct ChangeOptions {
  std::map<std::string, std::string> texts;  // by the members of the body
  std::map<std::string, std::string> times;
  std::string span;  // --for
  bool flag = false;
  std::vector<std::string> shifts;
};

struct ChangeOption {
  const char* option;
  const char* member;
  const char* help;
  bool required;
};

constexpr ChangeOption kBy{"--by", "by", "person of the rota who asks", true};
constexpr ChangeOption kReason{"--reason", "reason", "why; names no person and no illness", true};
constexpr ChangeOption kRota{"--rota", "rota", "which rota, by its id", true};
constexpr ChangeOption kId{"--id", "id", "the same id again is a repetition (default: made up)",
                           false};

Result<DaemonClient> rota_notifier(const Session& session) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  return DaemonClient::api(*site, "notifier");
}

// "2026-03-10 08:00" or with seconds.
Result<std::string> read_change_time(const std::string& name, std::string text) {
  constexpr size_t kToTheMinute = 16;
  if (text.size() == kToTheMinute) text += ":00";
  const auto at = parse_local(text);
  if (!at) return invalid(name + " 的写法如 \"2026-03-10 08:30\"");
  return format_local(*at);
}

Result<Value> read_shift(const std::string& text) {
  const size_t first = text.find(',');
  const size_t second = first == std::string::npos ? first : text.find(',', first + 1);
  if (second == std::string::npos) {
    return invalid("--shift 的写法如 \"seat_a,2026-03-10 08:30,2026-03-10 20:30\"");
  }
  Value shift;
  shift.set("person", text.substr(0, first));
  auto from = read_change_time("--shift", text.substr(first + 1, second - first - 1));
  if (!from.ok()) return from.error();
  auto until = read_change_time("--shift", text.substr(second + 1));
  if (!until.ok()) return until.error();
  shift.set("from", *from).set("until", *until);
  return shift;
}

// --until, or the beginning (now) and --for.
Result<std::string> end_of_change(const ChangeOptions& options) {
  const std::string& until = options.times.at("until");
  if (options.span.empty() == until.empty()) {
    return invalid("请给出 --for 时长或 --until 时间，二者取一");
  }
  if (options.span.empty()) return read_change_time("--until", until);
  auto span = parse_duration(options.span);
  if (!span.ok()) return span.error();
  if (options.times.at("from").empty()) return format_local(SystemClock().now() + *span);
  auto from = read_change_time("--from", options.times.at("from"));
  if (!from.ok()) return from.error();
  return format_local(*parse_local(*from) + *span);
}

Result<Value> body_of_change(const ChangeOptions& options, const char* flag) {
  Value body;
  for (const auto& [name, text] : options.texts) {
    if (!text.empty()) body.set(name, text);
  }
  for (const auto& [name, text] : options.times) {
    if (text.empty() || name == "until") continue;
    auto at = read_change_time("--" + name, text);
    if (!at.ok()) return at.error();
    body.set(name, *at);
  }
  auto until = end_of_change(options);
  if (!until.ok()) return until.error();
  body.set("until", *until);
  if (options.flag) body.set(flag, true);
  Value shifts = Value::Array{};
  for (const std::string& text : options.shifts) {
    auto shift = read_shift(text);
    if (!shift.ok()) return shift.error();
    shifts.push(std::move(*shift));
  }
  if (!options.shifts.empty()) body.set("shifts", std::move(shifts));
  return body;
}

Outcome post_rota(const Session& session, const std::string& target, const Value& body) {
  auto notifier = rota_notifier(session);
  if (!notifier.ok()) return notifier.error();
  auto answer = notifier->post(target, to_json(body));
  if (!answer.ok()) return answer.error();
  auto value = value_of(std::move(*answer));
  if (!value.ok()) return value.error();
  session.print(rota_answer_text(*value), *value);
  return ExitCode::done;
}

// An id of our own making has lower-case letters only.
Result<std::string> made_up_id() {
  RETURN_IF_ERROR(initialise_crypto());
  constexpr size_t kRandomBytes = 12;
  std::string id = "c-" + random_token(kRandomBytes);
  for (char& c : id) c = c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c;
  return id;
}

Outcome run_request(const Session& session, const std::string& path, ChangeOptions& options,
                    const char* flag) {
  if (options.texts["id"].empty()) {
    auto id = made_up_id();
    if (!id.ok()) return id.error();
    options.texts["id"] = std::move(*id);
  }
  auto body = body_of_change(options, flag);
  if (!body.ok()) return body.error();
  auto outcome = post_rota(session, "/api/v1/rota/" + path, *body);
  if (outcome.ok()) return outcome;
  return outcome.error().context("编号 " + options.texts["id"]);
}

void add_change_options(CLI::App& sub, ChangeOptions& options,
                        std::initializer_list<ChangeOption> rows) {
  for (const ChangeOption& row : rows) {
    sub.add_option(row.option, options.texts[row.member], row.help)->required(row.required);
  }
  sub.add_option("--from", options.times["from"], "since (\"2026-03-10 08:30\"; default: now)");
  sub.add_option("--until", options.times["until"], "until");
  sub.add_option("--for", options.span, "how long, instead of --until: 2h, 30m");
}

CLI::App* declare_request(CLI::App& parent, Session& session, const char* verb, const char* help,
                          const char* path, const char* flag,
                          const std::shared_ptr<ChangeOptions>& options) {
  CLI::App* sub = parent.add_subcommand(verb, help);
  sub->callback([&session, options, path, flag] {
    session.run = [&session, options, path, flag] {
      return run_request(session, path, *options, flag);
    };
  });
  return sub;
}

void declare_requests(CLI::App& rota, CLI::App& swap, Session& session) {
  auto options = std::make_shared<ChangeOptions>();
  CLI::App* sub = declare_request(rota, session, "override", "Put somebody on or off duty (调整)",
                                  "overrides", "alone", options);
  add_change_options(
      *sub, *options,
      {kRota,
       kBy,
       kReason,
       kId,
       {"--add", "add", "who is on duty then", false},
       {"--remove", "remove", "who is not; with --add, whom that one stands in for", false}});
  sub->add_flag("--alone", options->flag, "nobody but --add");
  options = std::make_shared<ChangeOptions>();
  sub = declare_request(rota, session, "leave", "Somebody is off, in every rota (请假)", "leaves",
                        "", options);
  add_change_options(*sub, *options,
                     {kBy, kReason, kId, {"--person", "person", "who is off", true}});
  options = std::make_shared<ChangeOptions>();
  sub = declare_request(rota, session, "temporary",
                        "Shifts in place of the rules, for a while (临时排班)", "temporary", "",
                        options);
  add_change_options(*sub, *options, {kRota, kBy, kReason, kId});
  sub->add_option("--shift", options->shifts,
                  "\"person,from,until\"; several times for several shifts")
      ->required();
  options = std::make_shared<ChangeOptions>();
  sub = declare_request(swap, session, "ask", "Ask somebody, or all of the rota, to take a shift",
                        "swaps", "", options);
  add_change_options(*sub, *options,
                     {kRota,
                      kBy,
                      kReason,
                      kId,
                      {"--taker", "taker", "who is asked (default: all of the rota)", false}});
  sub->add_option("--back-from", options->times["back_from"], "shift that the asker takes for it");
  sub->add_option("--back-until", options->times["back_until"], "its end");
}

struct DecideOptions {
  std::string id;
  std::string by;
  std::string reason;
  bool overrule = false;
};

Outcome run_decide(const Session& session, const std::string& verb, const DecideOptions& options) {
  Value body;
  body.set("by", options.by);
  if (!options.reason.empty()) body.set("reason", options.reason);
  if (options.overrule) body.set("override", true);
  return post_rota(session, "/api/v1/rota/changes/" + percent_encoded(options.id) + "/" + verb,
                   body);
}

void declare_decision(CLI::App& parent, Session& session, const std::string& verb,
                      const char* help) {
  auto options = std::make_shared<DecideOptions>();
  CLI::App* sub = parent.add_subcommand(verb, help);
  sub->add_option("id", options->id, "as `jieban rota changes` prints it")->required();
  sub->add_option("--by", options->by, "person of the rota who decides")->required();
  const bool needs_reason = verb == "refuse" || verb == "withdraw";
  if (verb != "accept") {
    sub->add_option("--reason", options->reason, "why")->required(needs_reason);
  }
  if (verb == "approve") {
    sub->add_flag("--override", options->overrule,
                  "in spite of short rest, long shifts or nights in a row; needs --reason");
  }
  sub->callback([&session, options, verb] {
    session.run = [&session, options, verb] { return run_decide(session, verb, *options); };
  });
}

Outcome run_changes(const Session& session, const std::map<std::string, std::string>& options) {
  std::string query;
  for (const auto& [name, text] : options) {
    if (text.empty()) continue;
    Result<std::string> word = text;
    if (name == "from" || name == "to") word = read_change_time("--" + name, text);
    if (!word.ok()) return word.error();
    query += (query.empty() ? "?" : "&") + name + "=" + percent_encoded(*word);
  }
  auto notifier = rota_notifier(session);
  if (!notifier.ok()) return notifier.error();
  auto answer = notifier->get_value("/api/v1/rota/changes" + query);
  if (!answer.ok()) return answer.error();
  session.print(rota_changes_text(*answer), *answer);
  return ExitCode::done;
}

void declare_changes(CLI::App& rota, Session& session) {
  auto options = std::make_shared<std::map<std::string, std::string>>();
  CLI::App* sub =
      rota.add_subcommand("changes", "Changes that came by command: who asked, took, approved");
  sub->add_option("--state", (*options)["state"],
                  "open (swaps that wait), asked, accepted, in_force, refused, withdrawn, lapsed");
  sub->add_option("--kind", (*options)["kind"], "override, leave, swap or temporary");
  sub->add_option("--from", (*options)["from"], "that concern the time since");
  sub->add_option("--to", (*options)["to"], "and before");
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_changes(session, *options); };
  });
}

}  // namespace

Outcome run_live_rota(const Session& session, const LiveQuestion& question) {
  const bool instant = question.view == "now";
  std::string target = "/api/v1/rota/" + question.view + (instant ? "?at=" : "?from=") +
                       percent_encoded(format_local(question.span.from));
  if (!instant) target += "&to=" + percent_encoded(format_local(question.span.until));
  if (!question.rota.empty()) target += "&rota=" + percent_encoded(question.rota);
  auto notifier = rota_notifier(session);
  if (!notifier.ok()) return notifier.error();
  auto found = notifier->get_value(target);
  if (!found.ok()) return found.error();
  if (question.format == "json") {
    session.print(*found);
  } else {
    auto text = notifier->get(target + "&format=" + question.format);
    if (!text.ok()) return text.error();
    if (text->status != 200) return value_of(std::move(*text)).error();
    session.print(text->text);
  }
  return array_at(*found, "findings").empty() ? ExitCode::done : ExitCode::negative;
}

void declare_rota_changes(CLI::App& rota, Session& session) {
  CLI::App* swap = rota.add_subcommand(
      "swap", "One's shift for another's: asked for, accepted, approved by a leader (换班)");
  swap->require_subcommand(1);
  declare_requests(rota, *swap, session);
  declare_decision(*swap, session, "accept", "Take the shift; in force when it is approved");
  declare_decision(*swap, session, "approve",
                   "A leader of the team or of the street lets it come into force");
  declare_decision(*swap, session, "refuse", "One of them does not");
  declare_decision(*swap, session, "withdraw", "Take back a swap; an approved one: a leader");
  declare_decision(rota, session, "withdraw", "Take back any change; what was served stays");
  declare_changes(rota, session);
}

}  // namespace jieban
