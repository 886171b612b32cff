// Delivery: the life of one notice on one channel, as a pure state machine.
//
//   queued --begin--> attempting --accepted---> sent
//   waiting --begin-->    |  |
//      ^                  |  +--rejected, or failed or busy too often--> abandoned
//      +--failed, denied, unknown, busy, held, unsent; disabled, but of a call: abandoned
//
//   sent --receipt--> delivered, undelivered
//   waiting as a possible repeat --receipt--> delivered; sent, where it is on its way
//   queued, waiting --> cancelled (nobody needs to hear it any more), merged (into a digest)
//   cancelled --wanted again--> queued, waiting
//   merged --> cancelled (taken out of a digest that has not gone out)
//
// `attempting` is committed before the gateway is called: whoever finds it after a crash knows that
// the message may or may not be out. It is then tried again under the same id and marked as a
// possible repeat, so that whoever reads it twice knows why.
// What fails and how: nothing; what does not fit the state changes nothing and is said so.
// Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
  busy,      // it did not go out; some quick retries are worth while (DOMAIN §15.2: -1)
  held,      // it did not go out: too many; it goes when the hold is over, and nothing has failed
  disabled,  // it did not go out: the account is none, and is not tried before it is another one
};

// What an outcome says of its channel.
enum class ChannelSign {
  none,    // nothing
  well,    // it works
  ill,     // once may be chance
  broken,  // somebody has to mend it
};

struct OutcomeMeaning {
  DeliveryOutcome outcome = DeliveryOutcome::unknown;
  std::string_view name;
  ChannelSign sign = ChannelSign::none;
  bool reaches = false;  // somebody may have it
  bool asks = false;     // the vendor may have counted it
};

std::span<const OutcomeMeaning> outcome_meanings();
const OutcomeMeaning& meaning_of(DeliveryOutcome outcome);

std::string_view to_string(DeliveryOutcome outcome);
bool from_string(std::string_view text, DeliveryOutcome& out);

// A step on a notice's way, as `jieban notice show` tells it; the stream and the archive have it
// too.
struct NoticeMark {
  std::string what;  // of its topic what comes behind "notice."; "acknowledged", or "answered" late
  Timestamp at;
  std::string detail;  // of a failure, the error; of an acknowledgement, how it came
  // Of an acknowledgement: whose it is, where it is not that of the person whom the notice calls;
  // who had stopped all that it answers before, where somebody else had.
  std::optional<std::string> by{};
  std::optional<std::string> after{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("what", &NoticeMark::what);
    visit("at", &NoticeMark::at);
    visit("detail", &NoticeMark::detail);
    visit("by", &NoticeMark::by);
    visit("after", &NoticeMark::after);
  }
};

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
  std::optional<uint64_t> busy{};         // attempts that ended as `busy`
  // Its readers are a group, whoever it calls: limits and digests are those of the channel.
  std::optional<bool> shared{};
  std::optional<std::string> item{};  // what a list says of it; empty: its order
  // Of a message that the gateway has taken in several parts, with a receipt for each: how many,
  // and which have arrived (the first part is bit 0).
  std::optional<uint64_t> parts{};
  std::optional<uint64_t> parts_delivered{};
  std::optional<std::vector<NoticeMark>> steps{};
  // Of a list that calls several persons: each once. `person` is empty then.
  std::optional<std::vector<std::string>> persons{};
  // What earlier attempts that may be out were called, the latest last; at most kFormerIds.
  std::optional<std::vector<std::string>> former_ids{};
  // The attempt whose begin told gateway_id: where it does not go out, the name before it counts.
  std::optional<uint64_t> named_attempt{};
  // Of a short message: how the operator counts the last attempt of which something went out or may
  // have. Of one that a crash cut off nothing is known.
  std::optional<uint64_t> segments{};
  std::optional<std::string> alphabet{};

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
    visit("busy", &NoticeRow::busy);
    visit("shared", &NoticeRow::shared);
    visit("item", &NoticeRow::item);
    visit("parts", &NoticeRow::parts);
    visit("parts_delivered", &NoticeRow::parts_delivered);
    visit("steps", &NoticeRow::steps);
    visit("persons", &NoticeRow::persons);
    visit("former_ids", &NoticeRow::former_ids);
    visit("named_attempt", &NoticeRow::named_attempt);
    visit("segments", &NoticeRow::segments);
    visit("alphabet", &NoticeRow::alphabet);
  }
};

// Input delivery.begin: the channel's thread wants to make this attempt.
struct DeliveryBegin {
  std::string notice_id;
  uint64_t attempt = 0;
  // As channel.h plans it.
  std::optional<std::string> gateway_id{};
  std::optional<uint64_t> parts{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("notice_id", &DeliveryBegin::notice_id);
    visit("attempt", &DeliveryBegin::attempt);
    visit("gateway_id", &DeliveryBegin::gateway_id);
    visit("parts", &DeliveryBegin::parts);
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
  // The vendor's, of an attempt that it refused: what it says of the time after it is data.
  std::optional<std::string> code{};
  // By the clock of the channel's thread; the limits of vendors count from here.
  std::optional<Timestamp> ended_at{};
  // Accepted: in so many parts, each of which has a receipt of its own.
  std::optional<uint64_t> parts{};
  // Of a short message: the segments that went out or may have, and "GSM-7" or "UCS-2".
  std::optional<uint64_t> segments{};
  std::optional<std::string> alphabet{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("notice_id", &DeliveryEnd::notice_id);
    visit("attempt", &DeliveryEnd::attempt);
    visit("outcome", &DeliveryEnd::outcome);
    visit("error", &DeliveryEnd::error);
    visit("gateway_id", &DeliveryEnd::gateway_id);
    visit("hold_micros", &DeliveryEnd::hold_micros);
    visit("code", &DeliveryEnd::code);
    visit("ended_at", &DeliveryEnd::ended_at);
    visit("parts", &DeliveryEnd::parts);
    visit("segments", &DeliveryEnd::segments);
    visit("alphabet", &DeliveryEnd::alphabet);
  }
};

namespace topics {
constexpr std::string_view kDeliveryBegin = "delivery.begin";
constexpr std::string_view kDeliveryEnd = "delivery.end";
}  // namespace topics

// DOMAIN §15.2: a busy gateway is tried again after 1, 2 and 4 s, and then no more.
constexpr uint64_t kBusyRetries = 3;
constexpr Duration kBusyFirst = std::chrono::seconds(1);

// "<cause stream>:<cause sequence>:<channel>", and from nothing else.
std::string notice_id(const Cause& cause, std::string_view channel);

// Still has an attempt before it.
bool is_open(NoticeState state);

// A gateway has it, or may have it: a receipt is news.
bool may_be_out(const NoticeRow& row);

constexpr size_t kFormerIds = 8;
// The gateway's receipts name the message so from now on. An earlier name counts as well while what
// had it may be out.
void name_message(NoticeRow& row, const std::string& gateway_id);

// False, and nothing changed, when this is not the next attempt or its time has not come.
bool begin_attempt(NoticeRow& row, uint64_t attempt, Timestamp now);

// The topic of the event that tells it; empty, and nothing changed, when this attempt is not under
// way.
std::string_view end_attempt(NoticeRow& row, const DeliveryEnd& end, const NotifierRules& rules,
                             Timestamp now);

// As above; what a receipt says of a message that the gateway took on ("delivered", "failed";
// "buffered": it is on its way). A later receipt may mend a failure or spare a repeat, and never
// spoils a delivery. `part`, from 1,
// is the one that the receipt is of: the message is delivered when all parts are, in whichever
// order and however often their receipts come, and undelivered as soon as one is. The receipt of a
// part may change the row and tell nothing yet.
std::string_view take_receipt(NoticeRow& row, std::string_view state,
                              const std::optional<std::string>& error,
                              const std::optional<uint64_t>& part = std::nullopt);
// Empty, and nothing changed, unless it is open or waits in a digest.
std::string_view cancel(NoticeRow& row);

// `wanted` is the same call as one that was cancelled: it goes on as that one, whose attempts count
// and may be out. False, and nothing changed, when that one was not cancelled.
bool take_up(NoticeRow& wanted, const NoticeRow& cancelled);

// The first step and the latest are kept, kStepsKept in all.
constexpr size_t kStepsKept = 24;
void note_step(NoticeRow& row, NoticeMark mark);
inline void note_step(NoticeRow& row, std::string_view what, Timestamp at,
                      const std::string& detail) {
  note_step(row, {std::string(what), at, detail});
}

// Calls people, by an alert's ladder; a digest does when one of its members does.
bool is_call(const NoticeRow& row);
// A digest is called after the first of those that it tells of; no other id ends so.
// `nth`: a call that was taken out of one list may be the first of another.
std::string digest_id(const std::string& first, uint64_t nth = 0);
bool is_digest(std::string_view notice_id);
// What a list is answered with, for all that it tells of: five digits of 0-9 and a-f, which no
// alert has (code_of of callout/callout.h has four). It says nothing to anybody but whom the list
// went to.
std::string digest_code(const std::string& notice_id);

// Where it goes: what waits for one destination may go as one list. A person on a channel, or all
// who read it.
std::string destination_of(const NoticeRow& row);
// Whose patience it tries: a person by a means, whichever channel of that means carries it (two
// gateways reach one telephone), or all who read the channel. Never the name of a channel.
std::string reader_of(const NoticeRow& row);

}  // namespace jieban
