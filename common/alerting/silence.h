// Silence: somebody has asked for quiet about some alerts, until an end, for a reason.
//
// There is none without an end, a reason and a name, none longer than the rules allow, and none
// that would cover everything: each is refused. It holds from its start to just before its end.
// What fails and how: check_silence and lift_silence return `refused`, `invalid` or `limit`.
// Thread rule: plain values, pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "common/alerting/labels.h"
#include "common/alerting/matcher.h"
#include "common/base/clock.h"
#include "common/base/result.h"
#include "common/domain/fields.h"

namespace jieban {

struct Silence {
  std::string id;
  std::vector<Matcher> matchers;
  Timestamp starts_at;
  Timestamp ends_at;
  std::string created_by;
  std::string reason;
  Timestamp created_at;
  std::optional<Timestamp> lifted_at;
  std::optional<std::string> lifted_by;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("id", &Silence::id);
    visit("matchers", &Silence::matchers);
    visit("starts_at", &Silence::starts_at);
    visit("ends_at", &Silence::ends_at);
    visit("created_by", &Silence::created_by);
    visit("reason", &Silence::reason);
    visit("created_at", &Silence::created_at);
    visit("lifted_at", &Silence::lifted_at);
    visit("lifted_by", &Silence::lifted_by);
  }
  bool operator==(const Silence&) const = default;
};

struct SilenceRules {
  uint64_t length_max_micros = 0;
  uint64_t reason_characters_min = 1;
  // What nothing mutes, such as emergencies: an alert that matches all of these.
  std::vector<Matcher> never;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("length_max_micros", &SilenceRules::length_max_micros);
    visit("reason_characters_min", &SilenceRules::reason_characters_min);
    visit("never", &SilenceRules::never);
  }
  bool operator==(const SilenceRules&) const = default;
};

// `invalid` or `limit`.
Result<void> check_silence_rules(const SilenceRules& rules);

// Of one that is asked for at `now`.
Result<void> check_silence(const Silence& silence, const SilenceRules& rules, Timestamp now);

bool is_active(const Silence& silence, Timestamp at);
bool silences(const Silence& silence, const SilenceRules& rules, const LabelSet& labels,
              Timestamp at);

// Ends it before its time. `refused` when it is over.
Result<void> lift_silence(Silence& silence, const std::string& who, Timestamp now);

}  // namespace jieban
