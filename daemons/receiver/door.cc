#include "daemons/receiver/door.h"

#include <array>

#include "common/domain/command_argument.h"

namespace jieban {
namespace {

constexpr std::array<OrderOutcome, 3> kOutcomes = {OrderOutcome::added, OrderOutcome::updated,
                                                   OrderOutcome::unchanged};
constexpr char kRejected[] = "rejected";

Result<OrderOutcome> parse_outcome(const std::string& text) {
  for (OrderOutcome outcome : kOutcomes) {
    if (to_string(outcome) == text) return outcome;
  }
  return Error{ErrorCode::internal, "the core answered an unknown outcome"};
}

}  // namespace

std::vector<Input> order_inputs(const Sealer& sealer, const std::string& batch_id,
                                const std::string& source, const std::string& actor,
                                const std::vector<const Submission*>& orders) {
  std::vector<Input> inputs;
  inputs.reserve(orders.size());
  for (const Submission* order : orders) {
    SealedSubmission sealed = sealer.seal_order(*order, source, batch_id);
    Input& input = inputs.emplace_back();
    input.topic = kOrderSubmitted;
    input.actor = actor;
    input.payload = encode_payload(sealed.intake);
    input.secret = std::move(sealed.wrapped_key);
  }
  return inputs;
}

Door::Door(const EdgeContext& context, std::shared_ptr<const Sealer> sealer)
    : context_(context), sealer_(std::move(sealer)) {
  for (const char* outcome : {"new", "updated", "unchanged", kRejected}) {
    taken_[outcome] = &context.metrics.counter("jieban_orders_taken_total",
                                               "rows that came in, by what became of them",
                                               {{"outcome", outcome}});
  }
}

void Door::count_rejected(size_t rows) { taken_[kRejected]->increment(double(rows)); }

Result<std::vector<OrderOutcome>> Door::submit(const std::string& batch_id,
                                               const std::string& source, const std::string& actor,
                                               const std::vector<const Submission*>& orders) {
  GroupAnswer answer =
      context_.inbox.call(order_inputs(*sealer_, batch_id, source, actor, orders), true);
  if (answer.error) return *answer.error;
  std::vector<OrderOutcome> outcomes;
  outcomes.reserve(answer.answers.size());
  for (const auto& result : answer.answers) {
    if (!result.ok()) return result.error();
    auto outcome = parse_outcome(*result);
    if (!outcome.ok()) return outcome.error();
    taken_.find(to_string(*outcome))->second->increment();
    outcomes.push_back(*outcome);
  }
  return outcomes;
}

Result<std::vector<OrderOutcome>> Door::submit(const std::string& batch_id,
                                               const std::string& source, const std::string& actor,
                                               const std::vector<Submission>& orders) {
  std::vector<const Submission*> each;
  each.reserve(orders.size());
  for (const Submission& order : orders) each.push_back(&order);
  return submit(batch_id, source, actor, each);
}

Result<CommandOutcome> Door::command(CommandRequest request, const std::string& actor,
                                     const std::string& text) {
  std::map<std::string, std::string> texts;
  if (!text.empty()) texts.emplace(kCommandText, text);
  return command(std::move(request), actor, std::move(texts));
}

Result<CommandOutcome> Door::command(CommandRequest request, const std::string& actor,
                                     std::map<std::string, std::string> texts) {
  std::string secret;
  if (!texts.empty()) {
    std::string names;
    for (const auto& [name, text] : texts) names += (names.empty() ? "" : ",") + name;
    if (names != kCommandText) request.arguments[std::string(kSealedFields)] = names;
    request.texts = sealer_->text_facts(texts);
    SealedText sealed = sealer_->seal_texts(std::move(texts));
    request.sealed = std::move(sealed.box);
    secret = std::move(sealed.wrapped_key);
  }
  return ask(request, actor, std::move(secret));
}

Result<CommandOutcome> Door::ask(const CommandRequest& request, const std::string& actor,
                                 std::string secret) {
  Input input;
  input.secret = std::move(secret);
  input.topic = kCommandSubmitted;
  input.actor = actor;
  input.payload = encode_payload(request);
  std::vector<Input> inputs;
  inputs.push_back(std::move(input));
  GroupAnswer answer = context_.inbox.call(std::move(inputs), true);
  if (answer.error) return *answer.error;
  const auto& result = answer.answers.front();
  if (!result.ok()) return result.error();
  return decode_payload<CommandOutcome>(*result);
}

}  // namespace jieban
