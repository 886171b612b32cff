// What the notifier tells: of each message, and of the alerts for which people are called.
//
// Names no person but those on duty, by their ids; no address. Plain values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "common/base/clock.h"

namespace jieban {

// notice.*: the life of one message on one channel. Its id derives from its cause and channel, so
// that one cause never goes out under two ids.
struct NoticeStep {
  std::string notice_id;
  std::string channel;
  std::string order_no;
  uint64_t attempt = 0;  // from 1; 0 in notice.queued
  // notice.queued: what will be sent; notice.attempted: what is, where that has become another. No
  // personal data.
  std::optional<std::string> text;
  std::optional<std::string> error;  // notice.failed, notice.abandoned
  std::optional<Timestamp> retry_at;
  std::optional<bool> possible_repeat;  // the gateway gave no answer to an earlier attempt
  // Of a call to a person, by an alert.
  std::optional<std::string> person{};
  std::optional<std::string> method{};
  std::optional<std::string> alert{};
  std::optional<std::string> digest{};      // merged: the notice that tells of it
  std::optional<uint64_t> orders{};         // of a digest
  std::optional<std::string> gateway_id{};  // sent: what the gateway calls it
  // The end of an attempt by which some of a short message went out or may have: so many segments,
  // of "GSM-7" (160, or 153 septets each) or "UCS-2" (70, or 67 units each), 3GPP 23.038.
  std::optional<uint64_t> segments{};
  std::optional<std::string> alphabet{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("notice_id", &NoticeStep::notice_id);
    visit("channel", &NoticeStep::channel);
    visit("order_no", &NoticeStep::order_no);
    visit("attempt", &NoticeStep::attempt);
    visit("text", &NoticeStep::text);
    visit("error", &NoticeStep::error);
    visit("retry_at", &NoticeStep::retry_at);
    visit("possible_repeat", &NoticeStep::possible_repeat);
    visit("person", &NoticeStep::person);
    visit("method", &NoticeStep::method);
    visit("alert", &NoticeStep::alert);
    visit("digest", &NoticeStep::digest);
    visit("orders", &NoticeStep::orders);
    visit("gateway_id", &NoticeStep::gateway_id);
    visit("segments", &NoticeStep::segments);
    visit("alphabet", &NoticeStep::alphabet);
  }
};

// alert.*: who had to hear of what, and how that ended. The calls themselves are notices.
struct AlertStep {
  std::string alert;   // its id, for acknowledgements and notices
  std::string topic;   // what it is about: "deadline", "emergency.unsigned", ...
  std::string policy;  // the ladder that is climbed
  std::string labels;  // those that its group has in common: {unit="urban_office"}
  uint64_t orders = 0;
  // opened: "first", "more_firing", "repeat"; acknowledged: "stopped", "counted" (others have to
  // as well), "noted" (several have to, and this one was not told)
  std::optional<std::string> reason{};
  std::optional<std::string> person{};  // acknowledged, escalated: by whom
  std::optional<std::string> via{};
  std::optional<std::string> target{};  // gap: "rota seat", for whom nobody was on duty
  std::optional<std::string> method{};  // in gaps of earlier versions: no channel has it

  template <class Visit>
  static void fields(Visit& visit) {
    visit("alert", &AlertStep::alert);
    visit("topic", &AlertStep::topic);
    visit("policy", &AlertStep::policy);
    visit("labels", &AlertStep::labels);
    visit("orders", &AlertStep::orders);
    visit("reason", &AlertStep::reason);
    visit("person", &AlertStep::person);
    visit("via", &AlertStep::via);
    visit("target", &AlertStep::target);
    visit("method", &AlertStep::method);
  }
};

}  // namespace jieban
