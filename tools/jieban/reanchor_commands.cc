#include <CLI/CLI.hpp>
#include <memory>

#include "common/crypto/random.h"
#include "common/domain/code_set.h"
#include "common/domain/order_state.h"
#include "common/json/json.h"
#include "tools/jieban/order_text.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

constexpr int kPageSize = 200;

struct ReanchorOptions {
  std::vector<std::string> orders;
  bool all = false;
  std::string clock;
  std::string reason;
  std::string actor = "desk";
  std::string role = "operator";
};

// Every order that still has something to be done, from the archive.
Result<std::vector<std::string>> live_orders(const Session& session) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto archiver = DaemonClient::api(*site, "archiver");
  if (!archiver.ok()) return archiver.error();
  std::vector<std::string> numbers;
  for (OrderState state : all_order_states()) {
    if (is_terminal(state)) continue;
    const std::string first = "/api/v1/orders?state=" + std::string(to_string(state)) +
                              "&page_size=" + std::to_string(kPageSize);
    std::string target = first;
    while (true) {
      auto page = archiver->get_value(target);
      if (!page.ok()) return page.error();
      for (const Value& order : array_at(*page, "orders")) {
        numbers.push_back(text_at(order, "order_no"));
      }
      const Value* next = page->find("next");
      if (next == nullptr || next->is_null()) break;
      target = first + "&below=" + scalar_text(*next);
    }
  }
  return numbers;
}

std::string body_of(const ReanchorOptions& options, const std::string& key) {
  Value arguments;
  if (!options.clock.empty()) arguments.set("clock", options.clock);
  arguments.set("reason_code", options.reason);
  Value body;
  body.set("idempotency_key", key).set("actor", options.actor).set("role", options.role);
  return to_json(body.set("arguments", std::move(arguments)));
}

Outcome run_reanchor(const Session& session, const ReanchorOptions& options) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  RETURN_IF_ERROR(initialise_crypto());
  std::vector<std::string> orders = options.orders;
  if (options.all) {
    auto live = live_orders(session);
    if (!live.ok()) return live.error();
    orders = std::move(*live);
  }
  auto receiver = DaemonClient::api(*site, "receiver");
  if (!receiver.ok()) return receiver.error();
  const std::string run = "reanchor-" + random_token(12);
  Value::Array answers;
  std::string text;
  bool done = true;
  for (const std::string& order_no : orders) {
    auto answer =
        receiver->post("/api/v1/orders/" + percent_encoded(order_no) + "/commands/reanchor",
                       body_of(options, run + "-" + order_no));
    if (!answer.ok()) return answer.error();
    if (text_at(answer->value, "outcome").empty()) {
      auto value = value_of(std::move(*answer));
      return value.ok() ? Error{ErrorCode::internal, "the receiver's answer has no outcome"}
                        : value.error();
    }
    done = done && text_at(answer->value, "outcome") == "done";
    text += command_text(order_no, "reanchor", answer->value);
    answers.push_back(answer->value.set("order_no", order_no));
  }
  session.print(text.empty() ? "没有在办的工单。\n" : text, Value(std::move(answers)));
  return done ? ExitCode::done : ExitCode::negative;
}

std::vector<std::string> clock_codes() {
  std::vector<std::string> codes;
  for (const Code& row : codes_of(CodeSet::clock)) codes.emplace_back(row.code);
  return codes;
}

}  // namespace

void declare_reanchor(CLI::App& app, Session& session) {
  auto options = std::make_shared<ReanchorOptions>();
  CLI::App* sub = app.add_subcommand(
      "reanchor",
      "Have running clocks counted anew by the rules in force (a team leader's; reload first)");
  auto* orders = sub->add_option("orders", options->orders, "numbers of the orders");
  sub->add_flag("--all", options->all, "every order that is still open")->excludes(orders);
  sub->add_option("--clock", options->clock, "this clock only (default: all that run)")
      ->check(CLI::IsMember(clock_codes()));
  sub->add_option("--reason", options->reason, "why, as a code: RULES, CALENDAR, ...")->required();
  sub->add_option("--actor", options->actor, "account of the person who asks")
      ->envname("USER")
      ->capture_default_str();
  sub->add_option("--role", options->role, "in which role: only team_leader may")
      ->capture_default_str();
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_reanchor(session, *options); };
  });
}

}  // namespace jieban
