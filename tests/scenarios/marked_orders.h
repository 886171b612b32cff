// Orders whose every field that is nobody's business is a marker, and rules that tell all they may:
// what of the markers comes out, wherever, has got out.
#pragma once

#include <set>

#include "daemons/notifier/delivery.h"
#include "daemons/notifier/notice_text.h"
#include "tests/scenarios/desk.h"
#include "tests/support/core_harness.h"

namespace jieban {

inline const std::string kPersonalMark = "隐私7419";
inline const std::string kOpenMark = "不外传5520";

// Of the open fields, those that rules read or a notice may name.
inline bool stays_as_it_is(const Field& field) {
  static const std::set<std::string> kRead = {"order_no", "district", "street",  "community",
                                              "cat1",     "cat2",     "cat3",    "cat4",
                                              "cat5",     "cat_path", "urgency", "parent_no"};
  return field.shape == Shape::word || kRead.contains(std::string(field.name));
}

inline Submission marked(Submission order) {
  for (const Field& field : submission_fields()) {
    const bool personal = field.privacy == Privacy::personal;
    if (!personal && stays_as_it_is(field)) continue;
    const auto* text = std::get_if<std::string Submission::*>(&field.member);
    if (text != nullptr) order.*(*text) = (personal ? kPersonalMark : kOpenMark) + order.order_no;
  }
  order.tags = {kOpenMark};
  order.extra = {{kPersonalMark, kPersonalMark}};
  return order;
}

// Templates that say all they may, for every topic; a channel that wants every topic; boards and
// persons get lists soon.
inline FiveRules rules_that_say_all() {
  FiveRules rules = shipped_five_rules();
  ChannelRule& channel = rules.notices.channels.at(0);
  channel.topics.clear();
  for (const NoticeTopic& topic : notice_topics()) {
    std::string words = std::string(topic.name) + ":";
    for (std::string_view name : topic.placeholders) words += " {" + std::string(name) + "}";
    rules.notices.templates[std::string(topic.name)] = words;
    const bool of_orders = topic.name.starts_with("order.") || topic.deadline;
    if (of_orders) channel.topics.emplace_back(topic.name);
  }
  for (const char* kind : {"spool", "person_all"}) {
    auto& destination = rules.escalation.destinations[kind];
    destination.throttle.limits = {{2, 60'000'000, false}};
    destination.digest = DigestRule{1, 60'000'000, 1'000'000};
  }
  return rules;
}

// Each notice that waits is tried, so that digests are made of what is too much.
inline void deliver_all(Desk& desk, std::set<std::string>& tried) {
  for (const Event& event : desk.told("notifier", topics::kNoticeQueued)) {
    const std::string id = payload_of<NoticeStep>(event).notice_id;
    if (tried.contains(id)) continue;
    Input begin;
    begin.topic = topics::kDeliveryBegin;
    begin.payload = encode_payload(DeliveryBegin{id, 1});
    const auto said = desk.input("notifier", begin);
    if (!said.ok() || *said != "go") continue;
    tried.insert(id);
    Input end;
    end.topic = topics::kDeliveryEnd;
    end.payload = encode_payload(DeliveryEnd{id, 1, DeliveryOutcome::accepted, std::nullopt});
    (void)desk.input("notifier", end);
  }
}

// Of the texts that were queued: with rules that say all, each begins with its template's name.
inline std::set<std::string> templates_used(const Desk& desk) {
  std::set<std::string> used;
  for (const Event& event : desk.told("notifier", topics::kNoticeQueued)) {
    const std::string text = payload_of<NoticeStep>(event).text.value_or("");
    used.insert(text.substr(0, text.find(':')));
  }
  return used;
}

}  // namespace jieban
