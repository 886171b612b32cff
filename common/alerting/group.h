// Group: alerts that are told together: when the first telling is due, when the next, and of what.
//
// A new group waits `wait` for company; one whose alert is older than that waits no longer. After a
// telling, what has changed is told at the next tick, `interval` later; nothing has changed: told
// again when `repeat` has passed, then and not at the tick after (but never within `interval`).
// An alert is an episode: it begins, may end, and when it begins again it is another one, so that
// an end and a new beginning between two ticks are both told. A refresh keeps the earliest
// beginning and takes the newest annotations; of several ends the latest holds; without an end the
// alert ends by itself `resolve_timeout` after its last refresh (zero: never). An alert that goes
// by two routes has the same key in both notices, so that they can be told to be about one thing.
// The row is durable: a restart tells nothing twice, and what fell due meanwhile once.
// What fails and how: nothing; alerts beyond kGroupAlertsMax are counted in `beyond`, never dropped
// unsaid; whoever keeps their labels says whether they may be told (BeyondFires). Thread rule:
// plain values, pure functions.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/alerting/labels.h"
#include "common/base/clock.h"
#include "common/domain/fields.h"

namespace jieban {

// As it comes in.
struct Alert {
  LabelSet labels;
  std::map<std::string, std::string> annotations;
  std::optional<Timestamp> starts_at;
  std::optional<Timestamp> ends_at;
};

struct AlertEpisode {
  std::string key;  // label_text
  uint64_t number = 0;
  LabelSet labels;
  std::map<std::string, std::string> annotations;
  Timestamp starts_at;
  std::optional<Timestamp> ends_at;
  bool end_assumed = false;  // by resolve_timeout

  bool ended(Timestamp at) const { return ends_at && *ends_at <= at; }

  template <class Visit>
  static void fields(Visit& visit) {
    visit("key", &AlertEpisode::key);
    visit("number", &AlertEpisode::number);
    visit("labels", &AlertEpisode::labels);
    visit("annotations", &AlertEpisode::annotations);
    visit("starts_at", &AlertEpisode::starts_at);
    visit("ends_at", &AlertEpisode::ends_at);
    visit("end_assumed", &AlertEpisode::end_assumed);
  }
  bool operator==(const AlertEpisode&) const = default;
};

struct GroupTiming {
  Duration wait{};
  Duration interval{};
  Duration repeat{};
  Duration resolve_timeout{};
  bool send_resolved = true;
};

// What the last telling told.
struct LastTold {
  Timestamp at;
  std::vector<std::string> firing;  // "<key>#<number>", rising
  std::vector<std::string> resolved;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("at", &LastTold::at);
    visit("firing", &LastTold::firing);
    visit("resolved", &LastTold::resolved);
  }
  bool operator==(const LastTold&) const = default;
};

struct GroupRow {
  std::vector<AlertEpisode> episodes;  // in the order in which they came
  uint64_t last_number = 0;
  Timestamp tick_at = kTimestampMax;
  std::optional<LastTold> told;
  uint64_t beyond = 0;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("episodes", &GroupRow::episodes);
    visit("last_number", &GroupRow::last_number);
    visit("tick_at", &GroupRow::tick_at);
    visit("told", &GroupRow::told);
    visit("beyond", &GroupRow::beyond);
  }
  bool operator==(const GroupRow&) const = default;
};

// Why a group is told; `none` when it is not.
enum class UpdateReason : uint8_t { none, first, more_firing, all_resolved, some_resolved, repeat };

std::string_view to_string(UpdateReason reason);

// `firing` and `resolved` are marks as in LastTold.
UpdateReason needs_update(const std::optional<LastTold>& told,
                          const std::vector<std::string>& firing,
                          const std::vector<std::string>& resolved, const GroupTiming& timing,
                          Timestamp now);

struct GroupNotice {
  UpdateReason reason = UpdateReason::none;
  std::vector<AlertEpisode> firing;
  std::vector<AlertEpisode> resolved;  // empty when ends are not told
  uint64_t beyond = 0;                 // further alerts that did not fit
  bool silent = false;                 // account is kept, nobody is written to
};

constexpr size_t kGroupAlertsMax = 32;  // a row of a few pages; who counts, counts beside it

using Muted = std::function<bool(const AlertEpisode&)>;
// Whether one of those that did not fit fires and is not muted.
using BeyondFires = std::function<bool()>;

// False when the group has no place for it: then it is counted only.
bool push(GroupRow& group, const Alert& alert, const GroupTiming& timing, Timestamp now);

// Takes in one that was told of already, when it had no place (`beyond`): it is no news. Those that
// have ended give up theirs.
void adopt(GroupRow& group, const Alert& alert, const GroupTiming& timing, Timestamp now);
// Whether any that it holds fires.
bool fires(const GroupRow& group, Timestamp now);

// When flush() has something to look at; kTimestampMax for an empty group.
Timestamp next_due(const GroupRow& group, const GroupTiming& timing);
// Nothing before it is due. What is muted is not told: it is told when it is muted no longer and
// still fires. What had been told before it was muted is no news then; a repeat that fell due while
// nothing could be told comes with the first tick that may tell. Ended episodes leave the group.
std::optional<GroupNotice> flush(GroupRow& group, const GroupTiming& timing, const Muted& muted,
                                 Timestamp now, const BeyondFires& beyond_fires = {});
// Nothing in it any more: the row may go.
bool is_over(const GroupRow& group);

}  // namespace jieban
