// RuleBook<Rules>: a versioned rule table inside a core.
//
// The edge reads the file, turns it into the struct Rules and hands it in as an input
// (rules_input); the core keeps it in its store, so that a replay decides as the day itself did.
// Loading the same content again changes nothing. `Rules` has fields() and a member `version`.
#pragma once

#include <optional>
#include <string>

#include "common/daemon/fold.h"
#include "common/daemon/table.h"
#include "common/domain/events.h"
#include "common/domain/topics.h"

namespace jieban {

// Which content is in force; small, because every event looks.
struct RulesHead {
  std::string version;
  uint64_t generation = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &RulesHead::version);
    visit("generation", &RulesHead::generation);
  }
};

template <class Rules>
Input rules_input(const std::string& name, const Rules& rules) {
  Input input;
  input.topic = topics::kRulesLoaded;
  input.payload = encode_payload(RulesLoaded{name, rules.version, Bytes{encode_payload(rules)}});
  return input;
}

template <class Rules>
class RuleBook {
 public:
  Result<void> open(TableOpener& opener, const std::string& name) {
    name_ = name;
    key_ = make_key(name);
    RETURN_IF_ERROR(heads_.open(opener, "rules_head"));
    return contents_.open(opener, "rules");
  }

  // For an input of topic rules.loaded; answers "loaded" or "unchanged".
  Result<void> load(const Event& event, Step& step) {
    auto loaded = decode_payload<RulesLoaded>(event.payload);
    if (!loaded.ok()) return loaded.error();
    if (loaded->name != name_) return invalid("rules of another name: " + loaded->name);
    auto rules = decode_payload<Rules>(loaded->content.data);
    if (!rules.ok()) return rules.error();
    auto stored = contents_.get(step.store(), key_);
    if (!stored.ok()) return stored.error();
    if (*stored && (*stored)->content == loaded->content) {
      step.answer("unchanged");
      return {};
    }
    auto head = heads_.get(step.store(), key_);
    if (!head.ok()) return head.error();
    RulesHead next{loaded->version, *head ? (*head)->generation + 1 : 1};
    RETURN_IF_ERROR(heads_.put(step.store(), key_, next));
    RETURN_IF_ERROR(contents_.put(step.store(), key_, *loaded));
    // An undone load may have left its content behind under the same generation.
    parsed_.reset();
    step.emit({.topic = topics::kRulesLoaded, .payload = event.payload, .actor = event.actor});
    step.answer("loaded");
    return {};
  }

  // The rules in force in this transaction; null before any were loaded. The parsed form is kept
  // as long as its generation stands and nothing is loaded.
  Result<const Rules*> current(const Transaction& txn) const {
    auto head = txn.get(heads_.id(), key_);
    if (!head.ok()) return head.error();
    if (!*head) return static_cast<const Rules*>(nullptr);
    if (parsed_ && parsed_head_ == **head) return &*parsed_;
    auto stored = contents_.get(txn, key_);
    if (!stored.ok()) return stored.error();
    if (!*stored) return Error{ErrorCode::corrupt, "rules without content: " + name_};
    auto rules = decode_payload<Rules>((*stored)->content.data);
    if (!rules.ok()) return rules.error();
    parsed_ = std::move(*rules);
    parsed_head_ = **head;
    ++parses_;
    return &*parsed_;
  }

  // Another number when current() has read other rules: for what is made of them and kept.
  uint64_t parses() const { return parses_; }

 private:
  std::string name_;
  std::string key_;
  Table<RulesHead> heads_;
  Table<RulesLoaded> contents_;
  mutable std::optional<Rules> parsed_;
  mutable std::string parsed_head_;  // the stored head that it belongs to
  mutable uint64_t parses_ = 0;
};

}  // namespace jieban
