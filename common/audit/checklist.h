// Checklist: what the material of an order has to hold (DOMAIN §7.2), as versioned data.
//
// The city's 六有 is not published: what is shipped is a placeholder, and each list says whether it
// is official. An item asks for something by rules that a machine can check, or a person answers
// it. Plain values that travel in an event of topic rules.loaded; read from a file by
// checklist_file.h. Fails: never. Thread rule: values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.h"
#include "common/domain/fields.h"

namespace jieban {

// One thing that a machine can check. `kind` is one of rule_kinds.h, which says what else counts.
struct ItemRule {
  std::string kind;
  std::string record;               // of records of this kind
  std::vector<std::string> filled;  // which have these fields
  std::map<std::string, std::string> having;
  std::string text;  // the name of a text
  uint64_t count = 1;
  uint64_t times = 1;
  uint64_t apart = 0;  // minutes
  uint64_t characters = 0;
  std::vector<std::string> marks;
  std::vector<std::string> attachments;     // kinds of them; empty: any
  std::map<std::string, uint64_t> minutes;  // by class
  std::string when;                         // only where this field of the hand-in ...
  std::vector<std::string> is;              // ... is one of these
  std::string unless;                       // not where this field of the hand-in is filled in

  template <class Visit>
  static void fields(Visit& visit) {
    visit("kind", &ItemRule::kind);
    visit("record", &ItemRule::record);
    visit("filled", &ItemRule::filled);
    visit("having", &ItemRule::having);
    visit("text", &ItemRule::text);
    visit("count", &ItemRule::count);
    visit("times", &ItemRule::times);
    visit("apart", &ItemRule::apart);
    visit("characters", &ItemRule::characters);
    visit("marks", &ItemRule::marks);
    visit("attachments", &ItemRule::attachments);
    visit("minutes", &ItemRule::minutes);
    visit("when", &ItemRule::when);
    visit("is", &ItemRule::is);
    visit("unless", &ItemRule::unless);
  }
  bool operator==(const ItemRule&) const = default;
};

// What a list is used for; an item counts only for orders that its own scope lets in.
struct AuditScope {
  std::vector<std::string> order_types;  // each empty: any
  std::vector<std::string> classes;
  std::vector<std::string> categories;  // prefixes of the path, cut at '>'

  template <class Visit>
  static void fields(Visit& visit) {
    visit("order_types", &AuditScope::order_types);
    visit("classes", &AuditScope::classes);
    visit("categories", &AuditScope::categories);
  }
  bool operator==(const AuditScope&) const = default;
};

struct ChecklistItem {
  std::string code;
  std::string title;
  bool automatic = false;  // else a person answers
  bool timely = false;     // counts for timeliness, else for completeness
  bool required = true;
  uint64_t weight = 1;
  std::string source;           // where it comes from, for whoever edits the list
  std::vector<ItemRule> rules;  // all of them hold
  AuditScope scope;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("code", &ChecklistItem::code);
    visit("title", &ChecklistItem::title);
    visit("automatic", &ChecklistItem::automatic);
    visit("timely", &ChecklistItem::timely);
    visit("required", &ChecklistItem::required);
    visit("weight", &ChecklistItem::weight);
    visit("source", &ChecklistItem::source);
    visit("rules", &ChecklistItem::rules);
    visit("scope", &ChecklistItem::scope);
  }
  bool operator==(const ChecklistItem&) const = default;
};

struct Checklist {
  std::string id;
  std::string title;
  std::string version;
  bool official = false;
  Timestamp valid_from;
  std::optional<Timestamp> valid_to;  // not included
  AuditScope scope;
  std::vector<ChecklistItem> items;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &Checklist::id);
    visit("title", &Checklist::title);
    visit("version", &Checklist::version);
    visit("official", &Checklist::official);
    visit("valid_from", &Checklist::valid_from);
    visit("valid_to", &Checklist::valid_to);
    visit("scope", &Checklist::scope);
    visit("items", &Checklist::items);
  }
  bool operator==(const Checklist&) const = default;
};

// When a text is told to be much like an earlier one of the same unit (套用模板).
struct ReusePolicy {
  uint64_t permille = 950;
  uint64_t days = 90;
  uint64_t characters_min = 40;   // short texts are alike by nature
  uint64_t texts_per_unit = 500;  // the latest; what is compared is bounded

  template <class Visit>
  static void fields(Visit& visit) {
    visit("permille", &ReusePolicy::permille);
    visit("days", &ReusePolicy::days);
    visit("characters_min", &ReusePolicy::characters_min);
    visit("texts_per_unit", &ReusePolicy::texts_per_unit);
  }
  bool operator==(const ReusePolicy&) const = default;
};

struct AuditPolicy {
  bool refuse_hand_in = false;  // of what misses a required item; else the event tells them
  bool refuse_pass = false;     // the same for audit_pass
  bool second_person = true;    // nobody audits what he handed in himself
  ReusePolicy reuse;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("refuse_hand_in", &AuditPolicy::refuse_hand_in);
    visit("refuse_pass", &AuditPolicy::refuse_pass);
    visit("second_person", &AuditPolicy::second_person);
    visit("reuse", &AuditPolicy::reuse);
  }
  bool operator==(const AuditPolicy&) const = default;
};

// Everything that the audit decides by.
struct Checklists {
  std::string version;
  AuditPolicy policy;
  std::vector<Checklist> lists;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &Checklists::version);
    visit("policy", &Checklists::policy);
    visit("lists", &Checklists::lists);
  }
  bool operator==(const Checklists&) const = default;
};

// What is known of an order that decides which list and which items count.
struct AuditSubject {
  std::string order_type;
  std::string order_class;
  std::string category;
};

bool lets_in(const AuditScope& scope, const AuditSubject& subject);
// The first list that is valid at the time and lets the order in, or null.
const Checklist* checklist_for(const Checklists& all, const AuditSubject& subject, Timestamp at);
const ChecklistItem* find_item(const Checklist& list, std::string_view code);

}  // namespace jieban
