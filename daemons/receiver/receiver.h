// Receiver: the door's core. Numbers orders, tells new from known, and remembers every command.
//
// Inputs of its edges: order.submitted (an OrderIntake, its data key as the secret) becomes
// order.received, order.updated or nothing; command.submitted (a CommandRequest) becomes one
// command.* event for each idempotency key; import.submitted, import.done, once a minute at most
// for each source (import_log.h); reading.submitted (a HandoverReading), handover.read. Follows the
// router's stream for the commands' outcomes. Answers: "new", "updated" or "unchanged" for an
// order; an encoded CommandOutcome for a command. Signals:
// {"command", sequence, encoded CommandOutcome} when the router has decided.
#pragma once

#include "common/daemon/service.h"
#include "common/daemon/table.h"
#include "common/domain/events.h"
#include "daemons/receiver/import_log.h"

namespace jieban {

// An order as last known at the door.
struct KnownOrder {
  OrderFacts facts;
  std::map<std::string, Bytes> hashes;
  std::optional<HitsByText> hits;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("facts", &KnownOrder::facts);
    visit("hashes", &KnownOrder::hashes);
    visit("hits", &KnownOrder::hits);
  }
};

// With the row that brought it, which most numbers have as their only one: its outcome is "new".
struct OrderNumber {
  uint64_t order_id = 0;
  Bytes row_hash;
  std::string batch_id;
  uint64_t row_no = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_id", &OrderNumber::order_id);
    visit("row_hash", &OrderNumber::row_hash);
    visit("batch_id", &OrderNumber::batch_id);
    visit("row_no", &OrderNumber::row_no);
  }
};

// What became of a row that was seen before: the same row of the same batch, sent again, gets the
// same answer.
struct SeenRow {
  std::string batch_id;
  std::string outcome;
  std::optional<uint64_t> row_no;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("batch_id", &SeenRow::batch_id);
    visit("outcome", &SeenRow::outcome);
    visit("row_no", &SeenRow::row_no);
  }
};

// Not a part of the fold: written beside it, never journaled, erased to forget a person.
struct KeyringRow {
  Bytes wrapped_key;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("wrapped_key", &KeyringRow::wrapped_key);
  }
};

struct CommandOutcome {
  uint64_t sequence = 0;  // of the command in the receiver's stream
  uint64_t order_id = 0;
  std::string command;
  std::string outcome;  // "pending", "done" or "refused"
  std::string event;    // done: the topic
  std::string state;    // after it
  std::string code;     // refused
  std::string reason;
  std::optional<std::string> attachment{};  // of the command that brought it: the hash

  template <class Visit>
  static void fields(Visit& visit) {
    visit("sequence", &CommandOutcome::sequence);
    visit("order_id", &CommandOutcome::order_id);
    visit("command", &CommandOutcome::command);
    visit("outcome", &CommandOutcome::outcome);
    visit("event", &CommandOutcome::event);
    visit("state", &CommandOutcome::state);
    visit("code", &CommandOutcome::code);
    visit("reason", &CommandOutcome::reason);
    visit("attachment", &CommandOutcome::attachment);
  }
};

// A file that is stored, and the orders that it belongs to: in the keyring of each lies its key.
struct AttachmentRow {
  Bytes key_id;
  std::vector<uint64_t> order_ids;
  std::string media_type;
  std::string bytes;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("key_id", &AttachmentRow::key_id);
    visit("order_ids", &AttachmentRow::order_ids);
    visit("media_type", &AttachmentRow::media_type);
    visit("bytes", &AttachmentRow::bytes);
  }
};

struct CommandKey {
  std::string idempotency_key;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("idempotency_key", &CommandKey::idempotency_key);
  }
};

constexpr std::string_view kOrderSubmitted = "order.submitted";
constexpr std::string_view kCommandSubmitted = "command.submitted";
constexpr std::string_view kReadingSubmitted = "reading.submitted";
constexpr std::string_view kAttach = "attach";
constexpr std::string_view kCommandSignal = "command";
constexpr char kKeyringTable[] = "keyring";

class Receiver : public Service {
 public:
  Result<void> open(TableOpener& tables) override;
  Result<void> apply(const Event& event, Step& step) override;
  Result<void> tick(Step& step) override { return imports_.tick(step); }
  Result<Timestamp> next_due(const Transaction& store) const override {
    return imports_.next_due(store);
  }

  // By make_key(order_no, round); by order id; by make_key(idempotency key).
  const Table<OrderNumber>& numbers() const { return numbers_; }
  const Table<KnownOrder>& orders() const { return orders_; }
  const Table<CommandOutcome>& commands() const { return commands_; }
  // By the hash.
  const Table<AttachmentRow>& attachments() const { return attachments_; }
  // By make_key(order id) followed by the key id.
  const Table<KeyringRow>& keyring() const { return keyring_; }

 private:
  Result<void> take_order(const Event& event, Step& step);
  Result<void> add_order(const std::string& number, OrderIntake&& intake, const Event& event,
                         Step& step);
  Result<void> update_order(uint64_t order_id, OrderIntake intake, const Event& event, Step& step);
  // Of an order that is known already.
  Result<std::optional<SeenRow>> seen_row(const OrderNumber& known, const OrderIntake& intake,
                                          Step& step) const;
  Result<void> remember_row(uint64_t order_id, const OrderIntake& intake, std::string outcome,
                            Step& step);
  Result<void> keep_key(uint64_t order_id, const SealedBox& sealed, Step& step);
  Result<void> take_command(const Event& event, Step& step);
  Result<uint64_t> latest_round(const std::string& order_no, Step& step) const;
  Result<void> note_outcome(const Event& event, Step& step);
  // Whether the order had it not before.
  Result<bool> note_attachment(uint64_t order_id, const CommandRequest& request, Step& step);
  Result<void> drop_attachment(const CommandOutcome& refused, Step& step);
  Result<uint64_t> next_order_id(const Transaction& store) const;

  Table<OrderNumber> numbers_;
  Table<KnownOrder> orders_;
  Table<SeenRow> rows_;  // the later rows of each order, by order id and row hash
  Table<CommandOutcome> commands_;
  Table<CommandKey> asked_;  // by the sequence of the command
  Table<KeyringRow> keyring_;
  Table<AttachmentRow> attachments_;
  ImportLog imports_;
};

}  // namespace jieban
