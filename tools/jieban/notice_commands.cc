#include <CLI/CLI.hpp>
#include <memory>

#include "common/json/json.h"
#include "tools/jieban/notice_text.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct NoticeListOptions {
  std::string state;
  std::string channel;
  std::string order_no;
  std::string person;
  std::string alert;
  std::string from;
  std::string cursor;
  int limit = 50;
};

struct AnswerOptions {
  std::string verb;  // of the route
  std::string notice;
  std::string alert;
  std::string person;
};

using TextOf = std::string (*)(const Value&);

Outcome show(const Session& session, const std::string& target, TextOf text_of) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto notifier = DaemonClient::api(*site, "notifier");
  if (!notifier.ok()) return notifier.error();
  auto answer = notifier->get_value(target);
  if (!answer.ok()) return answer.error();
  session.print(text_of(*answer), *answer);
  return ExitCode::done;
}

std::string target_of(const NoticeListOptions& options) {
  const std::vector<std::pair<std::string, std::string>> parts = {
      {"state", options.state},   {"channel", options.channel}, {"order_no", options.order_no},
      {"person", options.person}, {"alert", options.alert},     {"from", options.from},
      {"below", options.cursor}};
  std::string target = "/api/v1/notices?page_size=" + std::to_string(options.limit);
  for (const auto& [name, value] : parts) {
    if (!value.empty()) target += "&" + name + "=" + percent_encoded(value);
  }
  return target;
}

Outcome run_answer(const Session& session, const AnswerOptions& options) {
  if (options.notice.empty() == options.alert.empty()) {
    return invalid("请给出通知编号，或 --alert 告警，二者取一");
  }
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto notifier = DaemonClient::api(*site, "notifier");
  if (!notifier.ok()) return notifier.error();
  const std::string what = options.alert.empty() ? "notices/" + percent_encoded(options.notice)
                                                 : "alerts/" + percent_encoded(options.alert);
  Value body;
  body.set("person", options.person).set("via", "cli");
  auto answer = notifier->post("/api/v1/" + what + "/" + options.verb, to_json(body));
  if (!answer.ok()) return answer.error();
  auto value = value_of(std::move(*answer));
  if (!value.ok()) return value.error();
  session.print(input_answer_text(*value), *value);
  return ExitCode::done;
}

void declare_list(CLI::App& notice, Session& session) {
  auto options = std::make_shared<NoticeListOptions>();
  CLI::App* sub = notice.add_subcommand("list", "Notices, the latest first");
  sub->add_option("--state", options->state, "those in this state only")
      ->check(CLI::IsMember(notice_state_words()));
  sub->add_option("--channel", options->channel, "of this channel only");
  sub->add_option("--order", options->order_no, "of this order only");
  sub->add_option("--person", options->person, "that call this person: an id of the rota, p-li");
  sub->add_option("--alert", options->alert, "of this alert: its key");
  sub->add_option("--from", options->from, "since (\"2026-03-10 08:00:00\")");
  sub->add_option("--cursor", options->cursor, "where the page before ended");
  sub->add_option("--limit", options->limit, "notices on this page")->capture_default_str();
  sub->callback([&session, options] {
    session.run = [&session, options] {
      return show(session, target_of(*options), notice_list_text);
    };
  });
}

void declare_show(CLI::App& notice, Session& session) {
  auto id = std::make_shared<std::string>();
  CLI::App* sub = notice.add_subcommand("show", "One notice: its text and what came of it");
  sub->add_option("id", *id, "as `jieban notice list` prints it")->required();
  sub->callback([&session, id] {
    session.run = [&session, id] {
      return show(session, "/api/v1/notices/" + percent_encoded(*id), notice_text);
    };
  });
}

void declare_answer(CLI::App& notice, Session& session, const std::string& verb,
                    const std::string& does, const std::string& who) {
  auto options = std::make_shared<AnswerOptions>();
  options->verb = verb;
  CLI::App* sub = notice.add_subcommand(verb, does);
  sub->add_option("id", options->notice, "the notice");
  sub->add_option("--alert", options->alert, "instead: the key of an alert");
  sub->add_option("--person", options->person, who + ": an id, p-li")->required();
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_answer(session, *options); };
  });
}

}  // namespace

void declare_notice(CLI::App& app, Session& session) {
  CLI::App* notice = app.add_subcommand(
      "notice", "What was told to whom it concerns: list, show, acknowledge, escalate");
  notice->require_subcommand(1);
  declare_list(*notice, session);
  declare_show(*notice, session);
  declare_answer(*notice, session, "ack", "Acknowledge for a person who has taken note (确认)",
                 "who has taken note");
  declare_answer(*notice, session, "escalate", "Tell the next step of the ladder now (升级)",
                 "who wants it");
}

}  // namespace jieban
