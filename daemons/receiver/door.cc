#include "daemons/receiver/door.h"

#include <array>

#include "common/base/log.h"
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

Input import_input(const ImportDone& done) {
  Input input;
  input.topic = kImportSubmitted;
  input.actor = done.source;
  input.payload = encode_payload(done);
  return input;
}

void tell_lost_import(const Error& why) {
  log(LogLevel::warning, "import_not_noted", {{"why", why.message}});
}

}  // namespace

ImportDone import_done(const std::string& source, const std::vector<OrderOutcome>& outcomes,
                       size_t refused) {
  ImportDone done;
  done.source = source;
  done.batches = 1;
  done.rows = outcomes.size() + refused;
  done.refused = refused;
  for (OrderOutcome outcome : outcomes) {
    if (outcome == OrderOutcome::added) ++done.added;
    if (outcome == OrderOutcome::updated) ++done.updated;
    if (outcome == OrderOutcome::unchanged) ++done.unchanged;
  }
  return done;
}

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

Result<std::string> Door::hand_in(Input input) {
  std::vector<Input> inputs;
  inputs.push_back(std::move(input));
  GroupAnswer answer = context_.inbox.call(std::move(inputs), true);
  if (answer.error) return *answer.error;
  return std::move(answer.answers.front());
}

Result<void> Door::note_import(const ImportDone& done) {
  auto noted = hand_in(import_input(done));
  return noted.ok() ? Result<void>() : noted.error();
}

Result<void> Door::note_reading(const HandoverReading& reading, const std::string& actor) {
  Input input;
  input.topic = kReadingSubmitted;
  input.actor = actor;
  input.payload = encode_payload(reading);
  auto noted = hand_in(std::move(input));
  return noted.ok() ? Result<void>() : noted.error();
}

void Door::note_import_later(const ImportDone& done) {
  InputGroup group;
  group.inputs.push_back(import_input(done));
  group.done = [](const GroupAnswer& answer) {
    if (answer.error) tell_lost_import(*answer.error);
  };
  auto handed_in = context_.inbox.submit(std::move(group));
  if (!handed_in.ok()) tell_lost_import(handed_in.error());
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
  auto answer = hand_in(std::move(input));
  if (!answer.ok()) return answer.error();
  return decode_payload<CommandOutcome>(*answer);
}

}  // namespace jieban
