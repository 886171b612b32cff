#include <CLI/CLI.hpp>
#include <memory>

#include "common/json/json.h"
#include "tools/jieban/alert_text.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct AlertListOptions {
  std::string state;
  std::string topic;
  std::string order_no;
  std::string cursor;
  int limit = 50;
};

struct RaiseOptions {
  std::string topic;
  std::string unit;
  std::string severity = "warning";
  std::string summary;
  std::vector<std::string> labels;
};

using TextOf = std::string (*)(const Value&);

Result<DaemonClient> notifier_of(const Session& session) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  return DaemonClient::api(*site, "notifier");
}

Outcome show(const Session& session, const std::string& target, TextOf text_of) {
  auto notifier = notifier_of(session);
  if (!notifier.ok()) return notifier.error();
  auto answer = notifier->get_value(target);
  if (!answer.ok()) return answer.error();
  session.print(text_of(*answer), *answer);
  return ExitCode::done;
}

std::string target_of(const AlertListOptions& options) {
  const std::vector<std::pair<std::string, std::string>> parts = {{"state", options.state},
                                                                  {"topic", options.topic},
                                                                  {"order_no", options.order_no},
                                                                  {"below", options.cursor}};
  std::string target = "/api/v1/alerts?page_size=" + std::to_string(options.limit);
  for (const auto& [name, value] : parts) {
    if (!value.empty()) target += "&" + name + "=" + percent_encoded(value);
  }
  return target;
}

Outcome tell(const Session& session, DaemonClient& notifier, const ToldAlert& alert) {
  auto answer =
      notifier.post("/alertmanager/v2", to_json(alertmanager_value(alert, SystemClock().now())));
  if (!answer.ok()) return answer.error();
  auto value = value_of(std::move(*answer));
  if (!value.ok()) return value.error();
  session.print("已记录。\n", *value);
  return ExitCode::done;
}

Outcome run_raise(const Session& session, const RaiseOptions& options) {
  ToldAlert alert;
  for (const std::string& label : options.labels) {
    const size_t equals = label.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return invalid("--label 的写法为 名=值，不能是：" + label);
    }
    alert.labels[label.substr(0, equals)] = label.substr(equals + 1);
  }
  alert.labels["topic"] = options.topic;
  alert.labels["severity"] = options.severity;
  if (!options.unit.empty()) alert.labels["unit"] = options.unit;
  alert.annotations["summary"] = options.summary;
  auto notifier = notifier_of(session);
  if (!notifier.ok()) return notifier.error();
  return tell(session, *notifier, alert);
}

// By the labels under which it was raised. One that a daemon raised ends with its cause alone.
Outcome run_end(const Session& session, const std::string& key) {
  auto notifier = notifier_of(session);
  if (!notifier.ok()) return notifier.error();
  const std::string target = "/api/v1/alerts/" + percent_encoded(key);
  auto known = notifier->get_value(target);
  if (!known.ok()) return known.error();
  ToldAlert alert;
  alert.ended = true;
  const Value* labels = known->find("labels");
  if (labels != nullptr && labels->object() != nullptr) {
    for (const auto& [name, value] : *labels->object()) alert.labels[name] = *value.string();
  }
  auto told = tell(session, *notifier, alert);
  if (!told.ok()) return told;
  auto left = notifier->get_value(target);
  if (!left.ok() || text_at(*left, "state") == "ended") return ExitCode::done;
  return Error{ErrorCode::refused,
               "该告警仍未解除：它由系统提出，原因消除后自行解除；或同组还有其他告警"};
}

void declare_list(CLI::App& alert, Session& session) {
  auto options = std::make_shared<AlertListOptions>();
  CLI::App* sub = alert.add_subcommand("list", "Alerts that are open, and what becomes of each");
  sub->add_option("--state", options->state, "those in this state only")
      ->check(CLI::IsMember(alert_state_words()));
  sub->add_option("--topic", options->topic, "of this topic only: emergency.unsigned, rota.gap");
  sub->add_option("--order", options->order_no, "whose calls name this order");
  sub->add_option("--cursor", options->cursor, "where the page before ended");
  sub->add_option("--limit", options->limit, "alerts on this page")->capture_default_str();
  sub->callback([&session, options] {
    session.run = [&session, options] {
      return show(session, target_of(*options), alert_list_text);
    };
  });
}

void declare_show(CLI::App& alert, Session& session) {
  auto key = std::make_shared<std::string>();
  CLI::App* sub = alert.add_subcommand("show", "One alert: its ladder and who has been called");
  sub->add_option("key", *key, "as `jieban alert list` prints it, or the code of a call")
      ->required();
  sub->callback([&session, key] {
    session.run = [&session, key] {
      return show(session, "/api/v1/alerts/" + percent_encoded(*key), alert_text);
    };
  });
}

void declare_raise(CLI::App& alert, Session& session) {
  auto options = std::make_shared<RaiseOptions>();
  CLI::App* sub = alert.add_subcommand(
      "raise", "Raise an alert by hand: that a unit cannot work (unit.down), or a drill");
  sub->add_option("topic", options->topic, "what escalation.yaml routes it by: unit.down")
      ->required();
  sub->add_option("--summary", options->summary, "what is the matter; calls say it")->required();
  sub->add_option("--unit", options->unit, "the unit that it is about");
  sub->add_option("--severity", options->severity, "by which means people are called")
      ->capture_default_str();
  sub->add_option("--label", options->labels, "further labels, name=value");
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_raise(session, *options); };
  });
}

void declare_end(CLI::App& alert, Session& session) {
  auto key = std::make_shared<std::string>();
  CLI::App* sub = alert.add_subcommand("end", "End an alert that was raised by hand");
  sub->add_option("key", *key, "as `jieban alert list` prints it")->required();
  sub->callback(
      [&session, key] { session.run = [&session, key] { return run_end(session, *key); }; });
}

}  // namespace

void declare_alert(CLI::App& app, Session& session) {
  CLI::App* alert = app.add_subcommand(
      "alert", "What people are being called for: list, show; raise one by hand, end it");
  alert->require_subcommand(1);
  declare_list(*alert, session);
  declare_show(*alert, session);
  declare_raise(*alert, session);
  declare_end(*alert, session);
}

}  // namespace jieban
