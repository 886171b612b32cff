#include <poll.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "common/crypto/random.h"
#include "common/domain/command_argument.h"
#include "common/domain/lifecycle.h"
#include "common/json/json.h"
#include "tools/jieban/order_text.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct CommandOptions {
  std::string order_no;
  std::string command;
  std::string unit;
  std::string assist;
  std::vector<std::string> arguments;  // "name=value"
  std::string text;
  std::string actor = "desk";
  std::string role = "operator";
  std::string key;
  int wait_seconds = 15;
};

constexpr int kLookMilliseconds = 200;

std::string command_body(const CommandOptions& options) {
  Value arguments = Value::Object{};
  if (!options.unit.empty()) arguments.set("lead_unit", options.unit);
  if (!options.assist.empty()) arguments.set("assist_units", options.assist);
  for (const std::string& each : options.arguments) {
    const size_t equals = each.find('=');
    arguments.set(each.substr(0, equals), each.substr(equals + 1));
  }
  Value body;
  body.set("idempotency_key", options.key).set("actor", options.actor).set("role", options.role);
  body.set("arguments", std::move(arguments));
  if (!options.text.empty()) body.set("text", options.text);
  return to_json(body);
}

// The router answers within milliseconds, or when it runs again.
Result<Answer> wait_for_answer(DaemonClient& receiver, Answer answer,
                               const CommandOptions& options) {
  const Duration deadline = monotonic_now() + std::chrono::seconds(options.wait_seconds);
  while (text_at(answer.value, "outcome") == "pending" && monotonic_now() < deadline) {
    poll(nullptr, 0, kLookMilliseconds);
    auto later = receiver.get("/api/v1/commands/" + percent_encoded(options.key));
    if (!later.ok()) return later.error();
    answer = std::move(*later);
  }
  return answer;
}

Outcome run_command(const Session& session, CommandOptions& options) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  RETURN_IF_ERROR(initialise_crypto());
  if (options.key.empty()) options.key = "cli-" + random_token(12);
  auto receiver = DaemonClient::api(*site, "receiver");
  if (!receiver.ok()) return receiver.error();
  const std::string target = "/api/v1/orders/" + percent_encoded(options.order_no) + "/commands/" +
                             percent_encoded(options.command);
  auto first = receiver->post(target, command_body(options));
  if (!first.ok()) return first.error().context("幂等键 " + options.key);
  auto answer = wait_for_answer(*receiver, std::move(*first), options);
  if (!answer.ok()) return answer.error().context("幂等键 " + options.key);
  const std::string outcome = text_at(answer->value, "outcome");
  if (outcome.empty()) {
    auto value = value_of(std::move(*answer));
    return value.ok() ? Error{ErrorCode::internal, "the receiver's answer has no outcome"}
                      : value.error();
  }
  session.print(command_text(options.order_no, options.command, answer->value) +
                    (outcome == "pending" ? "幂等键：" + options.key + "\n" : ""),
                answer->value);
  return outcome == "done" ? ExitCode::done : ExitCode::negative;
}

std::string is_assignment(const std::string& text) {
  const std::string name = text.substr(0, text.find('='));
  if (name == text) return "an argument is written name=value";
  return find_argument(name) == nullptr ? "there is no argument " + name : "";
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandRule& rule : command_rules()) {
    std::string name(rule.command);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  names.emplace_back("complete");  // the older word for accept_completion
  return names;
}

}  // namespace

void declare_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<CommandOptions>();
  CLI::App* sub = app.add_subcommand("command", "Sign, dispatch, accept, ... an order");
  sub->add_option("order_no", options->order_no, "number of the order")->required();
  sub->add_option("command", options->command, "what is asked")
      ->required()
      ->check(CLI::IsMember(command_names()));
  sub->add_option("--unit", options->unit, "id of the leading unit (dispatch)");
  sub->add_option("--assist", options->assist, "ids of the assisting units: a,b");
  sub->add_option("--set", options->arguments,
                  "another argument, name=value; may be repeated (texts are stored sealed)")
      ->check(CLI::Validator(is_assignment, "NAME=VALUE"));
  sub->add_option("--text", options->text, "free text; it is stored sealed");
  sub->add_option("--actor", options->actor, "account of the person who asks")
      ->envname("USER")
      ->capture_default_str();
  sub->add_option("--role", options->role, "in which role")->capture_default_str();
  sub->add_option("--key", options->key,
                  "idempotency key: the same key again is answered, not done again");
  sub->add_option("--wait", options->wait_seconds, "seconds to wait for the router's answer")
      ->capture_default_str();
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_command(session, *options); };
  });
}

}  // namespace jieban
