// What an audit of an order's material found, and what the door tells of a sealed text, as events
// carry them (DOMAIN §7). Plain values; what they mean is computed in common/audit.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/domain/fields.h"

namespace jieban {

// Derived at the door from one text before it is sealed; nothing of the text can be read in it.
struct TextFacts {
  uint64_t characters = 0;
  std::vector<std::string> marks;    // of the checklists' word lists: "date", "citation"
  std::optional<Bytes> signature{};  // similar texts have similar ones; keyed (text_signature.h)

  template <class Visit>
  static void fields(Visit& visit) {
    visit("characters", &TextFacts::characters);
    visit("marks", &TextFacts::marks);
    visit("signature", &TextFacts::signature);
  }
  bool operator==(const TextFacts&) const = default;
};
using FactsByText = std::map<std::string, TextFacts>;  // by the name of the text

// One line of a checklist. What is not met says why, for machines and for people.
struct AuditItem {
  std::string code;
  std::string verdict;                 // "pass", "fail", "not_applicable", "pending"
  std::string by;                      // "auto", or "user" when an auditor decided
  std::optional<bool> required{};      // absent: no
  std::optional<std::string> title{};  // with the reason
  std::optional<std::string> reason{};
  std::optional<std::string> text{};
  std::optional<std::string> automatic{};  // the verdict that an auditor has overruled

  template <class Visit>
  static void fields(Visit& visit) {
    visit("code", &AuditItem::code);
    visit("verdict", &AuditItem::verdict);
    visit("by", &AuditItem::by);
    visit("required", &AuditItem::required);
    visit("title", &AuditItem::title);
    visit("reason", &AuditItem::reason);
    visit("text", &AuditItem::text);
    visit("automatic", &AuditItem::automatic);
  }
  bool operator==(const AuditItem&) const = default;
};

// A text that is much like an earlier one of the same unit (套用模板).
struct ReuseNote {
  std::string order_no;  // of the earlier text
  Timestamp at;
  uint64_t permille = 0;  // how much of the two texts is the same

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_no", &ReuseNote::order_no);
    visit("at", &ReuseNote::at);
    visit("permille", &ReuseNote::permille);
  }
  bool operator==(const ReuseNote&) const = default;
};

// Both axes of an audit are exact parts: met of `of`, in weights.
struct AuditNote {
  std::string checklist;
  std::string version;
  bool official = false;
  uint64_t met = 0;  // completeness (完整性)
  uint64_t of = 0;
  uint64_t timely_met = 0;  // timeliness (时效性)
  uint64_t timely_of = 0;
  std::vector<AuditItem> items;
  std::optional<std::string> unit{};        // whose material it is
  std::optional<Timestamp> handed_in_at{};  // what is audited, and by whom it was handed in
  std::optional<std::string> handed_in_by{};
  std::optional<uint64_t> attempt{};  // how often the order was handed in

  template <class Visit>
  static void fields(Visit& visit) {
    visit("checklist", &AuditNote::checklist);
    visit("version", &AuditNote::version);
    visit("official", &AuditNote::official);
    visit("met", &AuditNote::met);
    visit("of", &AuditNote::of);
    visit("timely_met", &AuditNote::timely_met);
    visit("timely_of", &AuditNote::timely_of);
    visit("items", &AuditNote::items);
    visit("unit", &AuditNote::unit);
    visit("handed_in_at", &AuditNote::handed_in_at);
    visit("handed_in_by", &AuditNote::handed_in_by);
    visit("attempt", &AuditNote::attempt);
  }
  bool operator==(const AuditNote&) const = default;
};

}  // namespace jieban
