// Delivery: the life of one notice on one channel, as a pure state machine.
//
//   queued --begin--> attempting --accepted---> sent
//   waiting --begin-->    |  |
//      ^                  |  +--rejected, or failed too often--> abandoned
//      +--failed, denied, unknown, unsent
//
//   sent --receipt--> delivered, undelivered; waiting as a possible repeat --receipt--> delivered
//   queued, waiting --> cancelled (nobody needs to hear it any more), merged (into a digest)
//
// `attempting` is committed before the gateway is called: whoever finds it after a crash knows that
// the message may or may not be out. It is then tried again under the same id and marked as a
// possible repeat, so that whoever reads it twice knows why.
// What fails and how: nothing; what does not fit the state changes nothing and is said so.
// Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/domain/event.h"
#include "common/domain/fields.h"
#include "daemons/notifier/notice_rules.h"

namespace jieban {

enum class NoticeState {
  queued,
  attempting,
  sent,
  waiting,
  abandoned,
  delivered,    // its receipt says so
  undelivered,  // its receipt says so, or none came in time
  cancelled,
  merged,
};

std::string_view to_string(NoticeState state);
bool from_string(std::string_view text, NoticeState& out);
// "queued, attempting, ...": for errors.
std::string notice_state_names();

// What came of an attempt.
enum class DeliveryOutcome {
  accepted,  // the gateway has it; whether a phone has is for a receipt to say
  failed,    // it did not go out; it may next time
  denied,    // it did not go out; it will when somebody has mended the configuration
  rejected,  // it did not go out, and never will as it is
  unknown,   // no answer came: it may be out
  unsent,    // the channel was not called at all; does not count as a failure
};

std::string_view to_string(DeliveryOutcome outcome);
bool from_string(std::string_view text, DeliveryOutcome& out);

struct NoticeRow {
  std::string notice_id;
  std::string channel;
  std::string topic;         // of the event that it tells of
  std::string cause_stream;  // that event
  uint64_t cause_sequence = 0;
  uint64_t order_id = 0;
  std::string order_no;
  std::string text;
  Timestamp created_at;
  NoticeState state = NoticeState::queued;
  uint64_t attempts = 0;  // attempts begun
  uint64_t failures = 0;  // attempts that count against attempts_max
  Timestamp due_at;       // queued, waiting: when it may be tried
  bool possible_repeat = false;
  std::optional<std::string> error;  // of the last attempt
  // Of a call to a person, by an alert's ladder.
  std::optional<std::string> person{};
  std::optional<std::string> method{};
  std::optional<std::string> alert{};
  std::optional<uint64_t> orders{};     // of how many orders it tells; empty: of one
  std::optional<std::string> digest{};  // merged: the notice that tells of it
  std::optional<std::string> gateway_id{};
  std::optional<Timestamp> receipt_by{};  // sent: silence after this counts as a failure
  std::optional<bool> urgent{};           // waits for no digest
  // Of a message that the gateway has taken in several parts, with a receipt for each: how many,
  // and which have arrived (the first part is bit 0).
  std::optional<uint64_t> parts{};
  std::optional<uint64_t> parts_delivered{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("notice_id", &NoticeRow::notice_id);
    visit("channel", &NoticeRow::channel);
    visit("topic", &NoticeRow::topic);
    visit("cause_stream", &NoticeRow::cause_stream);
    visit("cause_sequence", &NoticeRow::cause_sequence);
    visit("order_id", &NoticeRow::order_id);
    visit("order_no", &NoticeRow::order_no);
    visit("text", &NoticeRow::text);
    visit("created_at", &NoticeRow::created_at);
    visit("state", &NoticeRow::state);
    visit("attempts", &NoticeRow::attempts);
    visit("failures", &NoticeRow::failures);
    visit("due_at", &NoticeRow::due_at);
    visit("possible_repeat", &NoticeRow::possible_repeat);
    visit("error", &NoticeRow::error);
    visit("person", &NoticeRow::person);
    visit("method", &NoticeRow::method);
    visit("alert", &NoticeRow::alert);
    visit("orders", &NoticeRow::orders);
    visit("digest", &NoticeRow::digest);
    visit("gateway_id", &NoticeRow::gateway_id);
    visit("receipt_by", &NoticeRow::receipt_by);
    visit("urgent", &NoticeRow::urgent);
    visit("parts", &NoticeRow::parts);
    visit("parts_delivered", &NoticeRow::parts_delivered);
  }
};

// Input delivery.begin: the channel's thread wants to make this attempt.
struct DeliveryBegin {
  std::string notice_id;
  uint64_t attempt = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("notice_id", &DeliveryBegin::notice_id);
    visit("attempt", &DeliveryBegin::attempt);
  }
};

// Input delivery.end: what came of it.
struct DeliveryEnd {
  std::string notice_id;
  uint64_t attempt = 0;
  DeliveryOutcome outcome = DeliveryOutcome::unknown;
  std::optional<std::string> error;  // status and kind of failure; never what a gateway wrote
  // What the gateway calls it, where it says so: its receipts name it by that.
  std::optional<std::string> gateway_id{};
  // The gateway wants to be left alone: nothing goes to this channel for so long.
  std::optional<uint64_t> hold_micros{};
  // Accepted: in so many parts, each of which has a receipt of its own.
  std::optional<uint64_t> parts{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("notice_id", &DeliveryEnd::notice_id);
    visit("attempt", &DeliveryEnd::attempt);
    visit("outcome", &DeliveryEnd::outcome);
    visit("error", &DeliveryEnd::error);
    visit("gateway_id", &DeliveryEnd::gateway_id);
    visit("hold_micros", &DeliveryEnd::hold_micros);
    visit("parts", &DeliveryEnd::parts);
  }
};

namespace topics {
constexpr std::string_view kDeliveryBegin = "delivery.begin";
constexpr std::string_view kDeliveryEnd = "delivery.end";
}  // namespace topics

// "<cause stream>:<cause sequence>:<channel>", and from nothing else.
std::string notice_id(const Cause& cause, std::string_view channel);

// Still has an attempt before it.
bool is_open(NoticeState state);

// False, and nothing changed, when this is not the next attempt or its time has not come.
bool begin_attempt(NoticeRow& row, uint64_t attempt, Timestamp now);

// The topic of the event that tells it; empty, and nothing changed, when this attempt is not under
// way.
std::string_view end_attempt(NoticeRow& row, const DeliveryEnd& end, const NotifierRules& rules,
                             Timestamp now);

// As above; what a receipt says of a message that the gateway took on ("delivered", "failed"). A
// later receipt may mend a failure or spare a repeat, and never spoils a delivery. `part`, from 1,
// is the one that the receipt is of: the message is delivered when all parts are, in whichever
// order and however often their receipts come, and undelivered as soon as one is. The receipt of a
// part may change the row and tell nothing yet.
std::string_view take_receipt(NoticeRow& row, std::string_view state,
                              const std::optional<std::string>& error,
                              const std::optional<uint64_t>& part = std::nullopt);
// Empty, and nothing changed, unless it is open.
std::string_view cancel(NoticeRow& row);

// Whom it is for: limits and digests are those of a destination.
std::string destination_of(const NoticeRow& row);

}  // namespace jieban
