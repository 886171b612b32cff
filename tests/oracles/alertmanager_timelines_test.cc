// Alertmanager's acceptance tests of grouping: which alerts are told together, and when. Every row,
// on a clock that is stepped. Rows about restarts, new rules and bad sinks are in
// alertmanager_causes_test.cc, where their causes are enacted.
#include <algorithm>

#include "common/alerting/group.h"
#include "common/alerting/inhibition.h"
#include "common/alerting/silence.h"
#include "common/json/json.h"
#include "tests/oracles/alertmanager.h"

namespace jieban::oracles {
namespace {

using std::chrono::milliseconds;

constexpr Duration kTolerance = milliseconds(150);

struct Told {
  Timestamp at;
  std::vector<std::string> alerts;  // as texts, sorted
};

std::string text_of(const LabelSet& labels, Timestamp starts, std::optional<Timestamp> ends,
                    const std::map<std::string, std::string>& annotations) {
  return label_text(labels) + label_text(annotations) + " " + std::to_string(to_micros(starts)) +
         "-" + (ends ? std::to_string(to_micros(*ends)) : "");
}

std::map<std::string, std::string> annotations_of(const Value& said) {
  return is_given(said, "annotations") ? labels_at(said, "annotations") : LabelSet();
}

std::optional<Timestamp> optional_instant(const Value& said, std::string_view key) {
  if (!is_given(said, key)) return std::nullopt;
  return instant_at(said, key);
}

struct TimedAlert {
  Timestamp at;
  Alert alert;
};

// One sink of one row: its groups on a clock that goes from event to event.
class Timeline {
 public:
  Timeline(const Value& row, bool send_resolved) : row_(row) {
    add_route(member(row, "route"), 0, tree_);
    tree_[0].receiver = "webhook";
    timing_.send_resolved = send_resolved;
    const Value& global = member(row, "global_");
    timing_.resolve_timeout = is_given(global, "resolve_timeout")
                                  ? Duration(micros_of(member(global, "resolve_timeout")))
                                  : std::chrono::minutes(5);
    read_pushes();
    read_quiet();
  }

  std::vector<Told> run(Timestamp end) {
    size_t next_push = 0;
    for (;;) {
      const Timestamp pushed = next_push < pushes_.size() ? pushes_[next_push].at : kTimestampMax;
      const Timestamp now = std::min(pushed, due());
      if (now > end) return told_;
      if (pushed == now) {
        take(pushes_[next_push++]);
      } else {
        tell(now);
      }
    }
  }

 private:
  void read_pushes() {
    for (const Value& push : *member(row_, "push").array()) {
      for (const Value& said : *member(push, "alerts").array()) {
        Alert alert{labels_at(said, "labels"), annotations_of(said),
                    optional_instant(said, "starts_at"), optional_instant(said, "ends_at")};
        pushes_.push_back({instant_at(push, "at"), std::move(alert)});
      }
    }
  }
  void read_quiet() {
    if (is_given(row_, "inhibit_rules")) {
      for (const Value& said : *member(row_, "inhibit_rules").array()) {
        InhibitRule rule{
            matchers_of(member(said, "source")), matchers_of(member(said, "target")), {}};
        for (const Value& each : *member(said, "equal").array())
          rule.equal.push_back(*each.string());
        inhibitions_.push_back(std::move(rule));
      }
    }
    if (!is_given(row_, "silences")) return;
    for (const Value& said : *member(row_, "silences").array()) {
      Silence silence;
      const bool plain = is_given(said, "match");
      silence.matchers = matchers_of(member(said, plain ? "match" : "match_re"),
                                     plain ? MatchKind::equal : MatchKind::like);
      silence.starts_at = instant_at(said, "from");
      silence.ends_at = instant_at(said, "to");
      silence.lifted_at = optional_instant(said, "deleted_at");
      silences_.push_back(std::move(silence));
    }
  }

  GroupTiming timing_of(const RouteChoice& choice) const {
    GroupTiming timing = timing_;
    timing.wait = choice.group_wait;
    timing.interval = choice.group_interval;
    timing.repeat = choice.repeat_interval;
    return timing;
  }
  Timestamp due() const {
    Timestamp earliest_due = kTimestampMax;
    for (const auto& [key, group] : groups_) {
      earliest_due = std::min(earliest_due, next_due(group, timing_of(choice_)));
    }
    return earliest_due;
  }
  void take(const TimedAlert& pushed) {
    choice_ = routes_of(tree_, pushed.alert.labels).front();
    push(groups_[group_key(choice_, pushed.alert.labels)], pushed.alert, timing_of(choice_),
         pushed.at);
  }
  std::vector<LabelSet> firing(Timestamp now) const {
    std::vector<LabelSet> active;
    for (const auto& [key, group] : groups_) {
      for (const AlertEpisode& each : group.episodes) {
        if (!each.ended(now)) active.push_back(each.labels);
      }
    }
    return active;
  }
  void tell(Timestamp now) {
    const auto active = firing(now);
    const Muted muted = [&](const AlertEpisode& each) {
      return inhibited_by(inhibitions_, active, each.labels).has_value() ||
             std::ranges::any_of(silences_, [&](const Silence& silence) {
               return silences(silence, {}, each.labels, now);
             });
    };
    for (auto& [key, group] : groups_) {
      const auto notice = flush(group, timing_of(choice_), muted, now);
      if (!notice || notice->silent) continue;
      Told told{now, {}};
      for (const auto* list : {&notice->firing, &notice->resolved}) {
        for (const AlertEpisode& each : *list) {
          told.alerts.push_back(
              text_of(each.labels, each.starts_at, each.ends_at, each.annotations));
        }
      }
      std::ranges::sort(told.alerts);
      told_.push_back(std::move(told));
    }
    std::erase_if(groups_, [](const auto& each) { return is_over(each.second); });
  }

  const Value& row_;
  RouteTree tree_;
  RouteChoice choice_;
  GroupTiming timing_;
  std::vector<TimedAlert> pushes_;
  std::vector<InhibitRule> inhibitions_;
  std::vector<Silence> silences_;
  std::map<std::string, GroupRow> groups_;
  std::vector<Told> told_;
};

std::vector<std::string> expected_alerts(const Value& expectation) {
  std::vector<std::string> alerts;
  for (const Value& said : *member(expectation, "alerts").array()) {
    alerts.push_back(text_of(labels_at(said, "labels"), instant_at(said, "starts_at"),
                             optional_instant(said, "ends_at"), annotations_of(said)));
  }
  std::ranges::sort(alerts);
  return alerts;
}

// Each expectation is one telling in its window, and there is no other.
void expect_tellings(std::vector<Told> told, const Value::Array& expectations,
                     const std::string& receiver) {
  for (const Value& expectation : expectations) {
    if (text_at(expectation, "receiver") != receiver) continue;
    const auto alerts = expected_alerts(expectation);
    const auto found = std::ranges::find_if(told, [&](const Told& each) {
      return each.at >= instant_at(expectation, "from") - kTolerance &&
             each.at <= instant_at(expectation, "to") + kTolerance;
    });
    if (alerts.empty()) {
      EXPECT_EQ(found, told.end()) << to_json(expectation);
      continue;
    }
    ASSERT_NE(found, told.end()) << to_json(expectation);
    EXPECT_EQ(found->alerts, alerts) << to_json(expectation);
    told.erase(found);
  }
  for (const Told& each : told) ADD_FAILURE() << "told besides at " << to_micros(each.at);
}

Timestamp end_of(const Value& row) {
  Timestamp end;
  for (const Value& each : *member(row, "expect").array())
    end = std::max(end, instant_at(each, "to"));
  return end;
}

// Rows of which the point is no grouping.
const std::set<std::string, std::less<>> kEnactedElsewhere = {"reload", "cold-start",
                                                              "sink-timeout", "retry"};
const std::map<std::string, std::string, std::less<>> kNeedsACluster = {
    {"cluster-dedup",
     "a street has one notifier, and no members who might each tell the same; that its own restart "
     "tells nothing twice is what cold-start shows"}};

TEST(AlertmanagerTimelines, EveryRowOfGroupingAgreesOrSaysWhyNot) {
  TABLE_OR_SKIP(rows) = rows_of("alertmanager_dispatch_timelines.json");
  Unapplied unapplied;
  size_t agree = 0;
  for (const Value& row : rows) {
    const std::string id = text_at(row, "id");
    SCOPED_TRACE(id);
    if (kEnactedElsewhere.contains(id)) continue;  // alertmanager_causes_test.cc
    const auto reason = kNeedsACluster.find(id);
    if (reason != kNeedsACluster.end()) {
      unapplied.add(id, reason->second);
      continue;
    }
    ++agree;
    std::set<std::string> receivers;
    const Value::Array& expectations = *member(row, "expect").array();
    for (const Value& each : expectations) receivers.insert(text_at(each, "receiver"));
    for (const std::string& receiver : receivers) {
      Timeline timeline(row, receiver != "send_resolved=false");
      expect_tellings(timeline.run(end_of(row)), expectations, receiver);
    }
  }
  EXPECT_EQ(rows.size(), 15U);
  EXPECT_EQ(unapplied.size(), 1U);
  EXPECT_EQ(agree, 10U);
}

}  // namespace
}  // namespace jieban::oracles
