#include <CLI/CLI.hpp>
#include <memory>

#include "common/config/scalar.h"
#include "common/json/json.h"
#include "tools/jieban/notice_text.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct SilenceOptions {
  std::string id;
  std::string matchers;
  std::string starts_at;
  std::string ends_at;
  std::string span;
  std::string reason;
  std::string created_by;
};

Outcome tell(const Session& session, Result<Answer> answer) {
  if (!answer.ok()) return answer.error();
  auto value = value_of(std::move(*answer));
  if (!value.ok()) return value.error();
  session.print(input_answer_text(*value), *value);
  return ExitCode::done;
}

Result<DaemonClient> notifier_of(const Session& session) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  return DaemonClient::api(*site, "notifier");
}

// --until, or the beginning (now) and --for.
Result<std::string> end_of(const SilenceOptions& options) {
  if (options.span.empty() == options.ends_at.empty()) {
    return invalid("请给出 --for 时长或 --until 时间，二者取一：静默必须有结束时间");
  }
  if (options.span.empty()) return options.ends_at;
  auto span = parse_duration(options.span);
  if (!span.ok()) return span.error();
  Timestamp start = SystemClock().now();
  if (!options.starts_at.empty()) {
    auto given = parse_local(options.starts_at);
    if (!given) return invalid("--from 的写法如 \"2026-03-10 08:00:00\"");
    start = *given;
  }
  return format_local(start + *span);
}

Outcome run_add(const Session& session, const SilenceOptions& options) {
  auto ends_at = end_of(options);
  if (!ends_at.ok()) return ends_at.error();
  auto notifier = notifier_of(session);
  if (!notifier.ok()) return notifier.error();
  Value body;
  const std::pair<const char*, std::string> parts[] = {
      {"id", options.id},    {"matchers", options.matchers}, {"starts_at", options.starts_at},
      {"ends_at", *ends_at}, {"reason", options.reason},     {"created_by", options.created_by}};
  for (const auto& [name, text] : parts) {
    if (!text.empty()) body.set(name, text);
  }
  return tell(session, notifier->post("/api/v1/silences", to_json(body)));
}

Outcome run_lift(const Session& session, const std::string& id) {
  auto notifier = notifier_of(session);
  if (!notifier.ok()) return notifier.error();
  return tell(session, notifier->remove("/api/v1/silences/" + percent_encoded(id)));
}

Outcome run_list(const Session& session) {
  auto notifier = notifier_of(session);
  if (!notifier.ok()) return notifier.error();
  auto answer = notifier->get_value("/api/v1/silences");
  if (!answer.ok()) return answer.error();
  session.print(silence_list_text(*answer), *answer);
  return ExitCode::done;
}

void declare_add(CLI::App& silence, Session& session) {
  auto options = std::make_shared<SilenceOptions>();
  CLI::App* sub = silence.add_subcommand("add", "Nothing is told of what matches, until its end");
  sub->add_option("--match", options->matchers, "unit=urban_office, level=~\"blue|yellow\"")
      ->required();
  sub->add_option("--for", options->span, "how long: 2h, 30m");
  sub->add_option("--from", options->starts_at, "since (\"2026-03-10 08:00:00\"; default: now)");
  sub->add_option("--until", options->ends_at, "until, instead of --for");
  sub->add_option("--reason", options->reason, "why; names no person")->required();
  sub->add_option("--by", options->created_by,
                  "id of the person who asks, of the rota or the contacts (default: the client)");
  sub->add_option("--id", options->id, "the same id again is a repetition (default: made up)");
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_add(session, *options); };
  });
}

}  // namespace

void declare_silence(CLI::App& app, Session& session) {
  CLI::App* silence = app.add_subcommand("silence", "Alerts that nobody is to be told of (静默)");
  silence->require_subcommand(1);
  declare_add(*silence, session);
  silence->add_subcommand("list", "Silences, with their end and reason")->callback([&session] {
    session.run = [&session] { return run_list(session); };
  });
  auto id = std::make_shared<std::string>();
  CLI::App* lift = silence->add_subcommand("lift", "End a silence before its time");
  lift->add_option("id", *id, "as `jieban silence list` prints it")->required();
  lift->callback(
      [&session, id] { session.run = [&session, id] { return run_lift(session, *id); }; });
}

}  // namespace jieban
