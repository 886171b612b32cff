#include "daemons/receiver/receiver.h"

#include <algorithm>

#include "common/domain/handover.h"
#include "common/domain/topics.h"
#include "daemons/receiver/upsert.h"

namespace jieban {
namespace {

constexpr char kNew[] = "new";

std::string number_key(const OrderFacts& facts) {
  return make_key(std::string_view(facts.order_no), facts.round);
}

std::string row_key(uint64_t order_id, const OrderIntake& intake) {
  return make_key(order_id) + intake.row_hash.data;
}

// Of the order; of the watch where a command was the street's.
struct StatePart {
  std::string state;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("state", &StatePart::state);
  }
};

Result<std::string> state_after(const Event& event) {
  if (event.order_id == 0) {
    auto told = decode_payload<StatePart>(event.payload);
    if (!told.ok()) return told.error();
    return std::move(told->state);
  }
  auto told = decode_payload<OrderMove>(event.payload);
  if (!told.ok()) return told.error();
  return std::string(to_string(told->to));
}

CommandOutcome refusal(const CommandRequest& request, std::string code, std::string reason) {
  CommandOutcome outcome;
  outcome.command = request.command;
  outcome.outcome = "refused";
  outcome.code = std::move(code);
  outcome.reason = std::move(reason);
  return outcome;
}

// Nothing is kept of it but the event.
Result<void> note_reading(const Event& event, Step& step) {
  auto reading = decode_payload<HandoverReading>(event.payload);
  if (!reading.ok()) return reading.error();
  step.emit({.topic = kHandoverReadTopic, .payload = event.payload, .actor = event.actor});
  step.answer("noted");
  return {};
}

}  // namespace

Result<void> Receiver::open(TableOpener& tables) {
  RETURN_IF_ERROR(numbers_.open(tables, "order_numbers"));
  RETURN_IF_ERROR(orders_.open(tables, "orders"));
  RETURN_IF_ERROR(rows_.open(tables, "rows"));
  RETURN_IF_ERROR(commands_.open(tables, "commands"));
  RETURN_IF_ERROR(asked_.open(tables, "asked"));
  RETURN_IF_ERROR(attachments_.open(tables, "attachments"));
  RETURN_IF_ERROR(imports_.open(tables));
  return keyring_.open(tables, kKeyringTable);
}

Result<void> Receiver::apply(const Event& event, Step& step) {
  if (event.stream != step.stream()) return note_outcome(event, step);
  if (event.topic == kOrderSubmitted) return take_order(event, step);
  if (event.topic == kCommandSubmitted) return take_command(event, step);
  if (event.topic == kImportSubmitted) return imports_.take(event, step);
  if (event.topic == kReadingSubmitted) return note_reading(event, step);
  return invalid("an input of unknown topic: " + event.topic);
}

Result<void> Receiver::take_order(const Event& event, Step& step) {
  auto intake = decode_payload<OrderIntake>(event.payload);
  if (!intake.ok()) return intake.error();
  const std::string number = number_key(intake->facts);
  auto known = numbers_.get(step.store(), number);
  if (!known.ok()) return known.error();
  if (!*known) return add_order(number, std::move(*intake), event, step);
  uint64_t order_id = (*known)->order_id;
  auto seen = seen_row(**known, *intake, step);
  if (!seen.ok()) return seen.error();
  if (!*seen) return update_order(order_id, std::move(*intake), event, step);
  // The same row of the same batch is a client that did not hear the answer: it gets it again. An
  // equal row at another place of the batch is another row, and changes nothing.
  bool repeated = (*seen)->batch_id == intake->batch_id && (*seen)->row_no == intake->row_no;
  step.answer(repeated ? (*seen)->outcome : "unchanged");
  return {};
}

Result<uint64_t> Receiver::next_order_id(const Transaction& store) const {
  Range range(store, orders_.id());
  auto found = range.last();
  if (!found.ok()) return found.error();
  return *found ? KeyReader(range.key()).number() + 1 : uint64_t{1};
}

Result<void> Receiver::add_order(const std::string& number, OrderIntake&& intake,
                                 const Event& event, Step& step) {
  auto order_id = next_order_id(step.store());
  if (!order_id.ok()) return order_id.error();
  OrderNumber brought{*order_id, std::move(intake.row_hash), std::move(intake.batch_id),
                      intake.row_no};
  RETURN_IF_ERROR(numbers_.put(step.store(), number, brought));
  // The payload goes on as it came in; see Fold::record_part.
  step.emit({.topic = topics::kOrderReceived,
             .order_id = *order_id,
             .payload = event.payload,
             .actor = event.actor});
  RETURN_IF_ERROR(keep_key(*order_id, intake.sealed, step));
  step.answer(kNew);
  KnownOrder known{std::move(intake.facts), std::move(intake.hashes), std::move(intake.hits)};
  return orders_.put(step.store(), make_key(*order_id), known);
}

Result<void> Receiver::update_order(uint64_t order_id, OrderIntake intake, const Event& event,
                                    Step& step) {
  auto stored = orders_.get(step.store(), make_key(order_id));
  if (!stored.ok()) return stored.error();
  if (!*stored) return Error{ErrorCode::corrupt, "a number without its order"};
  KnownOrder& known = **stored;
  intake.changes = merge_into(known, intake);
  std::string outcome = intake.changes.empty() ? "unchanged" : "updated";
  RETURN_IF_ERROR(remember_row(order_id, intake, outcome, step));
  step.answer(outcome);
  if (intake.changes.empty()) return {};
  RETURN_IF_ERROR(keep_key(order_id, intake.sealed, step));
  intake.facts = known.facts;
  intake.hashes = known.hashes;
  intake.hits = known.hits;
  step.emit({.topic = topics::kOrderUpdated,
             .order_id = order_id,
             .payload = encode_payload(intake),
             .actor = event.actor});
  return orders_.put(step.store(), make_key(order_id), known);
}

Result<std::optional<SeenRow>> Receiver::seen_row(const OrderNumber& known,
                                                  const OrderIntake& intake, Step& step) const {
  if (known.row_hash == intake.row_hash) {
    return std::optional<SeenRow>(SeenRow{known.batch_id, kNew, known.row_no});
  }
  return rows_.get(step.store(), row_key(known.order_id, intake));
}

Result<void> Receiver::remember_row(uint64_t order_id, const OrderIntake& intake,
                                    std::string outcome, Step& step) {
  return rows_.put(step.store(), row_key(order_id, intake),
                   {intake.batch_id, std::move(outcome), intake.row_no});
}

Result<void> Receiver::keep_key(uint64_t order_id, const SealedBox& sealed, Step& step) {
  if (step.secret().empty()) return {};  // a replay: the keyring is not rebuilt
  return keyring_.put(step.store(), make_key(order_id) + sealed.key_id.data,
                      KeyringRow{Bytes{step.secret()}});
}

// 0 when there is no such order.
Result<uint64_t> Receiver::latest_round(const std::string& order_no, Step& step) const {
  Range range(step.store(), numbers_.id());
  const std::string prefix = make_key(std::string_view(order_no));
  uint64_t order_id = 0;
  auto found = range.seek(prefix);
  while (found.ok() && *found && range.key().starts_with(prefix)) {
    auto number = decode_row<OrderNumber>(range.value());
    if (!number.ok()) return number.error();
    order_id = number->order_id;
    found = range.next();
  }
  if (!found.ok()) return found.error();
  return order_id;
}

// A command without an order number is of the street as a whole: order id 0.
Result<void> Receiver::take_command(const Event& event, Step& step) {
  auto request = decode_payload<CommandRequest>(event.payload);
  if (!request.ok()) return request.error();
  std::string key = make_key(std::string_view(request->idempotency_key));
  auto earlier = commands_.get(step.store(), key);
  if (!earlier.ok()) return earlier.error();
  if (*earlier) {
    step.answer(encode_payload(**earlier));
    return {};
  }
  uint64_t order_id = 0;
  if (!request->order_no.empty()) {
    auto latest = latest_round(request->order_no, step);
    if (!latest.ok()) return latest.error();
    order_id = *latest;
    if (order_id == 0) {
      step.answer(encode_payload(refusal(*request, "order_unknown", "没有这个工单号")));
      return {};
    }
  }
  CommandOutcome asked;
  asked.order_id = order_id;
  asked.command = request->command;
  asked.outcome = "pending";
  if (request->sealed) RETURN_IF_ERROR(keep_key(order_id, *request->sealed, step));
  if (request->command == kAttach) {
    auto fresh = note_attachment(order_id, *request, step);
    if (!fresh.ok()) return fresh.error();
    if (*fresh) asked.attachment = request->arguments["attachment"];
  }
  std::string topic = std::string(topics::kCommandPrefix) + request->command;
  asked.sequence = step.emit(
      {.topic = topic, .order_id = order_id, .payload = event.payload, .actor = event.actor});
  RETURN_IF_ERROR(asked_.put(step.store(), make_key(asked.sequence), {request->idempotency_key}));
  step.answer(encode_payload(asked));
  return commands_.put(step.store(), key, asked);
}

// A file under another key has taken the place of one whose key was destroyed.
Result<bool> Receiver::note_attachment(uint64_t order_id, const CommandRequest& request,
                                       Step& step) {
  auto text = [&](const char* name) {
    auto found = request.arguments.find(name);
    return found == request.arguments.end() ? std::string() : found->second;
  };
  const std::string key = make_key(std::string_view(text("attachment")));
  auto stored = attachments_.get(step.store(), key);
  if (!stored.ok()) return stored.error();
  AttachmentRow row = stored->value_or(AttachmentRow());
  const Bytes key_id = request.sealed ? request.sealed->key_id : Bytes();
  if (row.key_id != key_id) row = {key_id, {}, text("media_type"), text("bytes")};
  const bool fresh = std::ranges::find(row.order_ids, order_id) == row.order_ids.end();
  if (fresh) row.order_ids.push_back(order_id);
  RETURN_IF_ERROR(attachments_.put(step.store(), key, row));
  return fresh;
}

// Of a command that was refused. A file that no order has is swept.
Result<void> Receiver::drop_attachment(const CommandOutcome& refused, Step& step) {
  const std::string key = make_key(std::string_view(*refused.attachment));
  auto stored = attachments_.get(step.store(), key);
  if (!stored.ok()) return stored.error();
  if (!*stored) return {};
  std::erase((*stored)->order_ids, refused.order_id);
  if (!(*stored)->order_ids.empty()) return attachments_.put(step.store(), key, **stored);
  auto erased = attachments_.erase(step.store(), key);
  return erased.ok() ? Result<void>() : erased.error();
}

// The router's first event with a command as its cause is the answer to it.
Result<void> Receiver::note_outcome(const Event& event, Step& step) {
  if (event.cause.stream != step.stream()) return {};
  // Set aside is not decided: the answer comes when somebody has it applied.
  if (event.topic == topics::kQuarantined) return {};
  auto key = asked_.get(step.store(), make_key(event.cause.sequence));
  if (!key.ok()) return key.error();
  if (!*key) return {};  // caused by an order that came in, or answered already
  std::string command_key = make_key(std::string_view((*key)->idempotency_key));
  auto stored = commands_.get(step.store(), command_key);
  if (!stored.ok()) return stored.error();
  if (!*stored) return Error{ErrorCode::corrupt, "a command without its record"};
  CommandOutcome& outcome = **stored;
  if (event.topic == topics::kCommandRefused) {
    auto told = decode_payload<CommandRefusal>(event.payload);
    if (!told.ok()) return told.error();
    outcome.outcome = "refused";
    outcome.code = told->code;
    outcome.reason = told->reason;
    outcome.state = told->state;
    if (outcome.attachment) RETURN_IF_ERROR(drop_attachment(outcome, step));
  } else {
    auto state = state_after(event);
    if (!state.ok()) return state.error();
    outcome.outcome = "done";
    outcome.event = event.topic;
    outcome.state = *state;
  }
  auto erased = asked_.erase(step.store(), make_key(event.cause.sequence));
  if (!erased.ok()) return erased.error();
  step.signal({std::string(kCommandSignal), outcome.sequence, encode_payload(outcome)});
  return commands_.put(step.store(), command_key, outcome);
}

}  // namespace jieban
