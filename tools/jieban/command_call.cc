#include "tools/jieban/command_call.h"

#include <poll.h>

#include <CLI/CLI.hpp>

#include "common/crypto/random.h"
#include "common/json/json.h"

namespace jieban {
namespace {

constexpr int kLookMilliseconds = 200;

std::string body_of(const CommandCall& call, const Asking& asking) {
  Value arguments = Value::Object{};
  for (const auto& [name, value] : call.arguments) arguments.set(name, value);
  Value body;
  body.set("idempotency_key", asking.key).set("actor", asking.actor).set("role", asking.role);
  body.set("arguments", std::move(arguments));
  if (!call.text.empty()) body.set("text", call.text);
  return to_json(body);
}

Result<Answer> wait_for_answer(DaemonClient& receiver, Answer answer, const Asking& asking) {
  const Duration deadline = monotonic_now() + std::chrono::seconds(asking.wait_seconds);
  while (text_at(answer.value, "outcome") == "pending" && monotonic_now() < deadline) {
    poll(nullptr, 0, kLookMilliseconds);
    auto later = receiver.get("/api/v1/commands/" + percent_encoded(asking.key));
    if (!later.ok()) return later.error();
    answer = std::move(*later);
  }
  return answer;
}

}  // namespace

void declare_asking(CLI::App& sub, Asking& asking) {
  sub.add_option("--actor", asking.actor, "account of the person who asks")
      ->envname("USER")
      ->capture_default_str();
  sub.add_option("--role", asking.role, "in which role")->capture_default_str();
  sub.add_option("--key", asking.key,
                 "idempotency key: the same key again is answered, not done again");
  sub.add_option("--wait", asking.wait_seconds, "seconds to wait for the router's answer")
      ->capture_default_str();
}

Result<Value> call_command(const Site& site, const CommandCall& call, Asking& asking) {
  RETURN_IF_ERROR(initialise_crypto());
  if (asking.key.empty()) asking.key = "cli-" + random_token(12);
  auto receiver = DaemonClient::api(site, "receiver");
  if (!receiver.ok()) return receiver.error();
  auto first = receiver->post(call.target, body_of(call, asking));
  if (!first.ok()) return first.error().context("幂等键 " + asking.key);
  auto answer = wait_for_answer(*receiver, std::move(*first), asking);
  if (!answer.ok()) return answer.error().context("幂等键 " + asking.key);
  if (!text_at(answer->value, "outcome").empty()) return std::move(answer->value);
  auto value = value_of(std::move(*answer));
  if (!value.ok()) return value.error();
  return Error{ErrorCode::internal, "the receiver's answer has no outcome"};
}

ExitCode exit_of_outcome(const Value& answer) {
  return text_at(answer, "outcome") == "done" ? ExitCode::done : ExitCode::negative;
}

}  // namespace jieban
