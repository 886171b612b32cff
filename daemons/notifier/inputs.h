// What the notifier's own edges hand in, beside the course of a delivery (delivery.h): alerts of
// others, receipts, replies, acknowledgements, silences. Each is an input of the fold: journaled,
// and decided by the core alone.
//
// Edges turn addresses into persons before they hand anything in (contacts.h): no input holds a
// phone number, and of a reply only what looks like a code.
// Answers of the core: "taken", "repeated" (known already, nothing changed), or an Error:
// `not_found` for what it names, `refused` with a reason in Chinese, `invalid`. Thread rule: plain
// values.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/domain/fields.h"

namespace jieban {

// alert.raised: something holds, or (`ends_at` has come) does so no longer.
struct AlertRaised {
  std::string source;  // "alertmanager", or the edge: "feed", "daemons"
  std::map<std::string, std::string> labels;
  std::map<std::string, std::string> annotations;  // "summary": what is told; names no person
  std::optional<Timestamp> starts_at{};
  std::optional<Timestamp> ends_at{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("source", &AlertRaised::source);
    visit("labels", &AlertRaised::labels);
    visit("annotations", &AlertRaised::annotations);
    visit("starts_at", &AlertRaised::starts_at);
    visit("ends_at", &AlertRaised::ends_at);
  }
};

// delivery.receipt: what a gateway says later of a message that it accepted. It names the notice,
// or what it called the message itself.
struct DeliveryReceipt {
  std::string channel;
  std::string notice_id;               // "" where only the gateway's name for it is known
  std::string gateway_id;              // ""  where the notice is
  std::string state;                   // "delivered", "failed", "buffered"
  std::optional<std::string> error{};  // the gateway's code, never its words
  std::optional<uint64_t> part{};      // from 1, where the gateway tells of each part

  template <class Visit>
  static void fields(Visit& visit) {
    visit("channel", &DeliveryReceipt::channel);
    visit("notice_id", &DeliveryReceipt::notice_id);
    visit("gateway_id", &DeliveryReceipt::gateway_id);
    visit("state", &DeliveryReceipt::state);
    visit("error", &DeliveryReceipt::error);
    visit("part", &DeliveryReceipt::part);
  }
};

// alert.acknowledge: a person has taken note, by a reply ("1": the latest message that went out to
// that person and still asks for an answer; else the message's own code), by a link, or by the
// command line. It counts for all that is open of the same order on the same topic. That the person
// is one is the edge's to see to: the core knows no contacts. "repeated" for a link that was used,
// also after its ladder began anew.
struct AlertAcknowledge {
  std::string person;
  std::string via;        // "reply", "link", "cli", "api"
  std::string code;       // "" where the notice or the alert is named
  std::string notice_id;  // ""
  std::string alert;      // its key; ""
  // link: when each link of this notice that is out by now has expired by itself.
  std::optional<Timestamp> link_until{};
  // reply: which it is of its gateway's, that tells it again until it is answered, and when the
  // gateway had it: it answers nothing that went out later.
  std::optional<std::string> reply_id{};
  std::optional<Timestamp> answered_at{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("person", &AlertAcknowledge::person);
    visit("via", &AlertAcknowledge::via);
    visit("code", &AlertAcknowledge::code);
    visit("notice_id", &AlertAcknowledge::notice_id);
    visit("alert", &AlertAcknowledge::alert);
    visit("link_until", &AlertAcknowledge::link_until);
    visit("reply_id", &AlertAcknowledge::reply_id);
    visit("answered_at", &AlertAcknowledge::answered_at);
  }
};

// alert.escalate: a person wants the next step of a ladder to be told now, also of one that was
// acknowledged or is exhausted: who had acknowledged is asked anew.
struct AlertEscalate {
  std::string person;
  std::string via;        // "cli", "api"
  std::string notice_id;  // "" where the alert is named
  std::string alert;      // its key; ""

  template <class Visit>
  static void fields(Visit& visit) {
    visit("person", &AlertEscalate::person);
    visit("via", &AlertEscalate::via);
    visit("notice_id", &AlertEscalate::notice_id);
    visit("alert", &AlertEscalate::alert);
  }
};

// silence.add, silence.lift
struct SilenceAdd {
  std::string id;                        // made up by the edge; the same id again is a repetition
  std::string matchers;                  // "unit=urban_office, level=~\"blue|yellow\"", masked
  std::optional<Timestamp> starts_at{};  // default: now
  Timestamp ends_at;
  std::string created_by;  // an id that the rota or the contacts have, or a client
  std::string reason;      // masked by the edge; names no person

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &SilenceAdd::id);
    visit("matchers", &SilenceAdd::matchers);
    visit("starts_at", &SilenceAdd::starts_at);
    visit("ends_at", &SilenceAdd::ends_at);
    visit("created_by", &SilenceAdd::created_by);
    visit("reason", &SilenceAdd::reason);
  }
};

struct SilenceLift {
  std::string id;
  std::string lifted_by;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &SilenceLift::id);
    visit("lifted_by", &SilenceLift::lifted_by);
  }
};

namespace topics {
constexpr std::string_view kAlertRaised = "alert.raised";
constexpr std::string_view kDeliveryReceipt = "delivery.receipt";
constexpr std::string_view kAlertAcknowledge = "alert.acknowledge";
constexpr std::string_view kAlertEscalate = "alert.escalate";
constexpr std::string_view kSilenceAdd = "silence.add";
constexpr std::string_view kSilenceLift = "silence.lift";
}  // namespace topics

}  // namespace jieban
