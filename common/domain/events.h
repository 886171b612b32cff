// The payload of each topic. Fields marked optional may be absent in older events.
//
// Personal text never stands here in the clear: it is in `sealed`, a box that only the receiver's
// keyring opens (ARCHITECTURE §6); what rules need of it was derived at the door.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/domain/audit_note.h"
#include "common/domain/fields.h"
#include "common/domain/lifecycle.h"
#include "common/domain/notice_step.h"
#include "common/domain/route_note.h"

namespace jieban {

// Personal text under a data key of its own; the key is found by `key_id` in the keyring.
struct SealedBox {
  Bytes key_id;
  Bytes box;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("key_id", &SealedBox::key_id);
    visit("box", &SealedBox::box);
  }
  bool operator==(const SealedBox&) const = default;
};

// What is openly known of an order (DOMAIN §6.1 without the personal fields).
struct OrderFacts {
  std::string order_no;
  uint64_t round = 1;
  std::string order_type;  // "complaint", DOMAIN §6.3
  std::string category;    // "城市管理>违法建设"
  std::string community;
  std::string urgency;  // as imported: "normal", "urgent", "emergency" or empty
  bool confidential = false;
  std::optional<Timestamp> called_at;
  std::optional<Timestamp> dispatched_at;     // by the city, to this street
  std::optional<Timestamp> due_at;            // printed on the order: authoritative (Art. 13)
  std::map<std::string, std::string> others;  // the remaining open fields by canonical name
  std::vector<std::string> keyword_groups;    // groups of the lexicon that the text hits
  std::vector<std::string> keywords;          // words of the group "routing" that it holds
  std::string lexicon_version;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &OrderFacts::order_no);
    visit("round", &OrderFacts::round);
    visit("order_type", &OrderFacts::order_type);
    visit("category", &OrderFacts::category);
    visit("community", &OrderFacts::community);
    visit("urgency", &OrderFacts::urgency);
    visit("confidential", &OrderFacts::confidential);
    visit("called_at", &OrderFacts::called_at);
    visit("dispatched_at", &OrderFacts::dispatched_at);
    visit("due_at", &OrderFacts::due_at);
    visit("others", &OrderFacts::others);
    visit("keyword_groups", &OrderFacts::keyword_groups);
    visit("keywords", &OrderFacts::keywords);
    visit("lexicon_version", &OrderFacts::lexicon_version);
  }
  bool operator==(const OrderFacts&) const = default;
};

struct FieldChange {
  std::string name;
  std::string before;  // for a sealed field the keyed hash in hexadecimal
  std::string after;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("name", &FieldChange::name);
    visit("before", &FieldChange::before);
    visit("after", &FieldChange::after);
  }
  bool operator==(const FieldChange&) const = default;
};

// What the lexicon found in one text.
struct TextHits {
  std::vector<std::string> groups;
  std::vector<std::string> words;  // of the group "routing"

  template <class Visit>
  static void fields(Visit& visit) {
    visit("groups", &TextHits::groups);
    visit("words", &TextHits::words);
  }
  bool operator==(const TextHits&) const = default;
};
using HitsByText = std::map<std::string, TextHits>;  // by the name of the text

// order.received, order.updated: an order as it came in, and what a later message changed.
struct OrderIntake {
  OrderFacts facts;  // the whole order as known after this message
  std::string source;
  std::string batch_id;
  uint64_t row_no = 0;
  Bytes row_hash;  // keyed hash of the whole row: the same row again is no change
  std::map<std::string, Bytes> hashes;  // keyed hash of each sealed field
  std::optional<HitsByText> hits;       // of title and content, where there are any
  SealedBox sealed;
  std::vector<FieldChange> changes;  // empty in order.received
  // Keyed hashes of the phone and the address in their normal forms, where these are other texts
  // than came in: what finds repeats. Empty bytes: what came says nothing ("不详").
  std::optional<Bytes> caller{};
  std::optional<Bytes> place{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("facts", &OrderIntake::facts);
    visit("source", &OrderIntake::source);
    visit("batch_id", &OrderIntake::batch_id);
    visit("row_no", &OrderIntake::row_no);
    visit("row_hash", &OrderIntake::row_hash);
    visit("hashes", &OrderIntake::hashes);
    visit("hits", &OrderIntake::hits);
    visit("sealed", &OrderIntake::sealed);
    visit("changes", &OrderIntake::changes);
    visit("caller", &OrderIntake::caller);
    visit("place", &OrderIntake::place);
  }
};

// command.*: somebody asks. The router answers with the event, or with command.refused.
struct CommandRequest {
  std::string order_no;
  std::string command;
  std::string idempotency_key;
  std::string role;
  std::map<std::string, std::string> arguments;  // open ones: units, codes
  std::optional<SealedBox> sealed;               // free text that came with the command
  std::optional<FactsByText> texts{};            // what is openly known of that text

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &CommandRequest::order_no);
    visit("command", &CommandRequest::command);
    visit("idempotency_key", &CommandRequest::idempotency_key);
    visit("role", &CommandRequest::role);
    visit("arguments", &CommandRequest::arguments);
    visit("sealed", &CommandRequest::sealed);
    visit("texts", &CommandRequest::texts);
  }
};

// command.refused
struct CommandRefusal {
  std::string order_no;
  std::string command;
  std::string code;    // for machines: "state", "unit_missing"
  std::string reason;  // for the operator, in Chinese: what refused, and what would satisfy it
  std::string state;   // of the order, empty when there is no such order

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &CommandRefusal::order_no);
    visit("command", &CommandRefusal::command);
    visit("code", &CommandRefusal::code);
    visit("reason", &CommandRefusal::reason);
    visit("state", &CommandRefusal::state);
  }
};

// order.opened, order.amended: the router took the order into its life cycle, or took note of new
// facts. It carries what the clocks and the notices need, so that they follow one stream only.
struct OrderOpening {
  std::string order_no;
  std::string order_class;  // emergency, utility, general, complex, consult (DOMAIN §4.3)
  std::string class_rule;   // the rule that chose it
  std::string rules_version;
  std::string category;
  std::string community;
  Timestamp clock_start;  // of the clocks sign and due: the city's dispatch, else the arrival
  std::optional<Timestamp> due_at;
  std::optional<std::string> state;  // order.amended: where the order stands
  std::optional<RouteNote> route{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &OrderOpening::order_no);
    visit("order_class", &OrderOpening::order_class);
    visit("class_rule", &OrderOpening::class_rule);
    visit("rules_version", &OrderOpening::rules_version);
    visit("category", &OrderOpening::category);
    visit("community", &OrderOpening::community);
    visit("clock_start", &OrderOpening::clock_start);
    visit("due_at", &OrderOpening::due_at);
    visit("state", &OrderOpening::state);
    visit("route", &OrderOpening::route);
  }
};

// order.signed, order.dispatched, ...: one row of the life cycle was taken. order.unrouted has
// from == to, and says in which queue the order waits for a person.
struct OrderMove {
  std::string order_no;
  OrderState from = OrderState::new_order;
  OrderState to = OrderState::new_order;
  std::string command;
  std::optional<std::string> role;
  std::optional<std::string> lead_unit;
  std::optional<std::vector<std::string>> assist_units;
  std::optional<std::string> queue;
  std::optional<std::string> rule;  // the routing rule that chose the unit
  std::optional<std::string> rules_version;
  std::optional<std::map<std::string, std::string>> arguments;
  std::optional<SealedBox> sealed;
  std::optional<Timestamp> due_at;         // order.extension_approved: the new one
  std::optional<std::string> order_class;  // order.reclassified: the new one
  std::optional<uint64_t> round;           // order.reopened: the new one
  std::optional<std::string> category;     // order.reopened, with class and due time: whoever has
  std::optional<std::string> community;    // forgotten the order takes it up again
  std::optional<AuditNote> audit{};        // order.handed_in, order.audit_*: what was found
  std::optional<ReuseNote> reuse{};        // a text that is like an earlier one
  std::optional<RouteNote> route{};        // order.dispatched by the rules, order.unrouted

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &OrderMove::order_no);
    visit("from", &OrderMove::from);
    visit("to", &OrderMove::to);
    visit("command", &OrderMove::command);
    visit("role", &OrderMove::role);
    visit("lead_unit", &OrderMove::lead_unit);
    visit("assist_units", &OrderMove::assist_units);
    visit("queue", &OrderMove::queue);
    visit("rule", &OrderMove::rule);
    visit("rules_version", &OrderMove::rules_version);
    visit("arguments", &OrderMove::arguments);
    visit("sealed", &OrderMove::sealed);
    visit("due_at", &OrderMove::due_at);
    visit("order_class", &OrderMove::order_class);
    visit("round", &OrderMove::round);
    visit("category", &OrderMove::category);
    visit("community", &OrderMove::community);
    visit("audit", &OrderMove::audit);
    visit("reuse", &OrderMove::reuse);
    visit("route", &OrderMove::route);
  }
};

// One clock of an order that started, moved or stopped (DOMAIN §4.3).
struct ClockChange {
  std::string clock;   // "sign", "forward", "return", "contact", "internal", "audit", "due", ...
  std::string change;  // "started", "met", "stopped_late", "superseded", "cancelled", "lapsed",
                       // "paused", "resumed", "refused"; "moved" in older events
  std::optional<Timestamp> started_at{};  // told when it starts
  Timestamp deadline;
  std::optional<std::string> source{};  // of a start: "order" printed it, "extension", "rule"; may
                                        // be left out where a rule is
  std::optional<Timestamp> stopped_at{};
  std::optional<Timestamp> rule_deadline{};  // of one from elsewhere: what the rule would say
  std::optional<int64_t> drift{};            // by so much it lies after that; if it is told
  std::optional<std::string> reason{};       // of a pause, of a refusal, of what superseded it
  std::optional<std::string> evidence{};     // of a pause
  // The ledger of a pause: used before it, and stood still in all; microseconds, or dates.
  std::optional<int64_t> used{};
  std::optional<int64_t> idle{};
  std::optional<std::string> fault{};  // natural time stands in: "CALENDAR_MISSING_2027"

  template <class Visit>
  static void fields(Visit& visit) {
    visit("clock", &ClockChange::clock);
    visit("change", &ClockChange::change);
    visit("started_at", &ClockChange::started_at);
    visit("deadline", &ClockChange::deadline);
    visit("source", &ClockChange::source);
    visit("stopped_at", &ClockChange::stopped_at);
    visit("rule_deadline", &ClockChange::rule_deadline);
    visit("drift", &ClockChange::drift);
    visit("reason", &ClockChange::reason);
    visit("evidence", &ClockChange::evidence);
    visit("used", &ClockChange::used);
    visit("idle", &ClockChange::idle);
    visit("fault", &ClockChange::fault);
  }
};

// clock.changed: what one event did to the clocks of its order.
struct ClockChanges {
  std::string order_no;
  std::string rules_version;
  std::vector<ClockChange> changes;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &ClockChanges::order_no);
    visit("rules_version", &ClockChanges::rules_version);
    visit("changes", &ClockChanges::changes);
  }
};

// deadline.warned, deadline.breached: a rung of the warning ladder was reached, once.
struct DeadlineAlert {
  std::string order_no;
  std::string clock;
  uint64_t percent = 0;  // 50, 75, 90; 100 is the breach
  Timestamp deadline;
  std::string order_class;
  std::string category;
  std::string community;
  std::string lead_unit;
  std::optional<std::string> level{};  // "blue", "yellow", "orange", "red" (DOMAIN §4.4)
  std::optional<uint64_t> repeat{};    // a breach that is told again, from 1

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &DeadlineAlert::order_no);
    visit("clock", &DeadlineAlert::clock);
    visit("percent", &DeadlineAlert::percent);
    visit("deadline", &DeadlineAlert::deadline);
    visit("order_class", &DeadlineAlert::order_class);
    visit("category", &DeadlineAlert::category);
    visit("community", &DeadlineAlert::community);
    visit("lead_unit", &DeadlineAlert::lead_unit);
    visit("level", &DeadlineAlert::level);
    visit("repeat", &DeadlineAlert::repeat);
  }
};

// archive.sealed: where the hash chain of the archive stood when a local day ended. Whoever keeps
// one can prove later that nothing before it was rewritten or taken away.
struct ArchiveSealed {
  std::string day;     // "2026-07-18", Asia/Shanghai
  uint64_t count = 0;  // records in the chain
  Bytes head_hash;     // of the record with that number

  template <class Visit>
  static void fields(Visit& visit) {
    visit("day", &ArchiveSealed::day);
    visit("count", &ArchiveSealed::count);
    visit("head_hash", &ArchiveSealed::head_hash);
  }
  bool operator==(const ArchiveSealed&) const = default;
};

// rules.loaded: a rule table came into force. Rules are input like any other: they are recorded
// whole, so that a replay decides as the day itself did.
struct RulesLoaded {
  std::string name;  // "routing"
  std::string version;
  Bytes content;  // the rules as a payload of their own struct

  template <class Visit>
  static void fields(Visit& visit) {
    visit("name", &RulesLoaded::name);
    visit("version", &RulesLoaded::version);
    visit("content", &RulesLoaded::content);
  }
};

// event.quarantined: an event was refused by this daemon's core and set aside.
struct Quarantined {
  std::string stream;
  uint64_t sequence = 0;
  std::string error;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("stream", &Quarantined::stream);
    visit("sequence", &Quarantined::sequence);
    visit("error", &Quarantined::error);
  }
};

}  // namespace jieban
