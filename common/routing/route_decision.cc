#include "common/routing/route_decision.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

template <class Sink>
struct Run {
  const RouterRules& rules;
  const RouteFacts& facts;
  const RouteLinks& links;
  RouteDecision& decision;
  Sink& sink;
};

bool contains(std::span<const std::string> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool hits_any(const std::vector<std::string>& wanted, std::span<const std::string> hits) {
  return wanted.empty() ||
         std::ranges::any_of(wanted, [&](const std::string& word) { return contains(hits, word); });
}

// What a rule said of an order, and which of its conditions did.
struct Finding {
  RouteVerdict verdict = RouteVerdict::matched;
  std::string_view wanted;
};

Finding timing_finding(const std::optional<Validity>& validity, Timestamp at) {
  if (!validity) return {};
  switch (timing_of(validity, at)) {
    case Timing::valid:
      return {};
    case Timing::not_yet:
      return {RouteVerdict::not_yet_valid, {}};
    case Timing::expired:
      return {RouteVerdict::expired, {}};
  }
  return {};
}

// The conditions that rules of the directory and of what is not ours share.
template <class Rule>
Finding match(const Rule& rule, const RouteFacts& facts) {
  if (rule.category && !is_category_prefix(*rule.category, facts.category)) {
    return {RouteVerdict::category, *rule.category};
  }
  if constexpr (requires { rule.community; }) {
    if (rule.community && !is_same_community(*rule.community, facts.community)) {
      return {RouteVerdict::community, *rule.community};
    }
  }
  if (!hits_any(rule.keywords, facts.keywords))
    return {RouteVerdict::keywords, rule.keywords.front()};
  return timing_finding(rule.validity, facts.at);
}

Finding match(const ClassRule& rule, const RouteFacts& facts) {
  if (rule.category && !is_category_prefix(*rule.category, facts.category)) {
    return {RouteVerdict::category, *rule.category};
  }
  if (rule.lexicon && !contains(facts.keyword_groups, *rule.lexicon)) {
    return {RouteVerdict::lexicon, *rule.lexicon};
  }
  if (rule.order_type && *rule.order_type != facts.order_type) {
    return {RouteVerdict::order_type, *rule.order_type};
  }
  return {};
}

// Each stage says whether the next one is asked.

template <class Sink>
bool screen_emergency(const Run<Sink>& run) {
  constexpr RouteStage kStage = RouteStage::emergency;
  ClassDecision& decided = run.decision.order_class;
  // The city's own word comes first.
  const bool imported = run.facts.urgency == kEmergencyClass;
  run.sink.note(kStage, "imported", imported ? RouteVerdict::chosen : RouteVerdict::urgency);
  if (imported) {
    decided = {std::string(kEmergencyClass), "imported"};
    return true;
  }
  const auto& class_rules = run.rules.class_rules;
  for (size_t i = 0; i < class_rules.size(); ++i) {
    const Finding found = match(class_rules[i], run.facts);
    const bool chosen = found.verdict == RouteVerdict::matched;
    if (chosen || Sink::kOn) {
      std::string name = "class_rules[" + std::to_string(i) + "]";
      run.sink.note(kStage, name, chosen ? RouteVerdict::chosen : found.verdict,
                    chosen ? std::string_view(class_rules[i].order_class) : found.wanted);
      if (chosen) {
        decided = {class_rules[i].order_class, std::move(name)};
        return true;
      }
    }
  }
  decided = {"general", "default"};
  run.sink.note(kStage, "default", RouteVerdict::chosen, decided.order_class);
  return true;
}

template <class Sink>
void suggest(const Run<Sink>& run, ReturnSuggestion suggestion) {
  run.sink.note(RouteStage::not_ours, suggestion.rule, RouteVerdict::not_ours, suggestion.reason);
  run.decision.suggestion = suggestion;
}

// Empty when that part holds, or cannot be judged.
template <class Sink>
std::optional<ReturnSuggestion> judge_street(const Run<Sink>& run) {
  const bool known = !run.facts.street.empty();
  if (known && !is_this_street(*run.rules.directory, run.facts.street)) {
    return ReturnSuggestion{"TERRITORY", "street", run.facts.street};
  }
  run.sink.note(RouteStage::not_ours, "street",
                known ? RouteVerdict::ours : RouteVerdict::not_known, run.facts.street);
  return std::nullopt;
}

template <class Sink>
std::optional<ReturnSuggestion> judge_community(const Run<Sink>& run) {
  const bool known = !run.facts.community.empty();
  if (known && find_community(*run.rules.directory, run.facts.community) == nullptr) {
    return ReturnSuggestion{"TERRITORY", "community", {}};
  }
  run.sink.note(RouteStage::not_ours, "community",
                known ? RouteVerdict::ours : RouteVerdict::not_known, run.facts.community);
  return std::nullopt;
}

template <class Sink>
std::optional<ReturnSuggestion> judge_exceptions(const Run<Sink>& run) {
  for (const NotOursRule& rule : run.rules.directory->not_ours) {
    const Finding found = match(rule, run.facts);
    if (found.verdict != RouteVerdict::matched) {
      run.sink.note(RouteStage::not_ours, rule.id, found.verdict, found.wanted);
      continue;
    }
    const std::string_view unit = rule.suggested_unit ? *rule.suggested_unit : std::string_view();
    return ReturnSuggestion{rule.reason, rule.id, unit};
  }
  return std::nullopt;
}

template <class Sink>
std::optional<ReturnSuggestion> judge_duties(const Run<Sink>& run) {
  const auto& duties = run.rules.directory->duties;
  const bool known = !duties.empty() && !run.facts.category.empty();
  if (known && !covers(duties, run.facts.category, run.facts.at)) {
    return ReturnSuggestion{"DUTY", "duties", {}};
  }
  run.sink.note(RouteStage::not_ours, "duties",
                known ? RouteVerdict::ours : RouteVerdict::not_known, run.facts.category);
  return std::nullopt;
}

template <class Sink>
bool judge_ours(const Run<Sink>& run) {
  if (!run.rules.directory) {
    run.sink.note(RouteStage::not_ours, "", RouteVerdict::no_directory);
    return true;
  }
  using Judge = std::optional<ReturnSuggestion> (*)(const Run<Sink>&);
  static constexpr std::array<Judge, 4> kJudges = {judge_street<Sink>, judge_community<Sink>,
                                                   judge_exceptions<Sink>, judge_duties<Sink>};
  for (Judge judge : kJudges) {
    const auto suggestion = judge(run);
    if (!suggestion) continue;
    suggest(run, *suggestion);
    break;
  }
  return true;
}

template <class Sink>
bool note_links(const Run<Sink>& run) {
  constexpr RouteStage kStage = RouteStage::repeat;
  run.decision.says_repeat = contains(run.facts.keyword_groups, kRepeatGroup);
  if constexpr (Sink::kOn) {
    const auto link = [&](std::string_view rule, const std::optional<std::string>& to,
                          RouteVerdict linked) {
      const bool on = repeat_policy_of(run.rules).link;
      const RouteVerdict none = on ? RouteVerdict::no_earlier_order : RouteVerdict::switched_off;
      run.sink.note(kStage, rule, to ? linked : none, to ? *to : std::string_view());
    };
    link("repeat_of", run.links.repeat_of, RouteVerdict::repeat);
    link("cluster_of", run.links.cluster_of, RouteVerdict::cluster);
    run.sink.note(
        kStage, "text",
        run.decision.says_repeat ? RouteVerdict::says_repeat : RouteVerdict::says_nothing);
  }
  return true;
}

size_t depth(const RoutingRule& rule) { return rule.category ? rule.category->size() : 0; }

bool beats(const RoutingRule& rule, const RoutingRule* best) {
  if (best == nullptr || rule.priority != best->priority) {
    return best == nullptr || rule.priority > best->priority;
  }
  return depth(rule) > depth(*best);
}

// The rule matches, but its unit must be one that may lead.
template <class Sink>
bool passes_guard(const Run<Sink>& run, const RoutingRule& rule) {
  const RouteVerdict verdict =
      may_lead(run.rules, rule.lead_unit, run.facts.category, run.facts.community, run.facts.at);
  if (verdict == RouteVerdict::matched) return true;
  run.sink.note(RouteStage::community_guard, rule.id, verdict, rule.lead_unit);
  return verdict == RouteVerdict::on_duty_list;
}

template <class Sink>
bool match_directory(const Run<Sink>& run) {
  constexpr RouteStage kStage = RouteStage::directory;
  RouteDecision& decision = run.decision;
  const bool emergency = decision.order_class.order_class == kEmergencyClass;
  // Whose an emergency is can be settled later.
  if (decision.suggestion && !emergency && not_ours_waits(run.rules)) {
    run.sink.note(kStage, "", RouteVerdict::held, decision.suggestion->reason);
    decision.why = RouteVerdict::held;
    return true;
  }
  for (const RoutingRule& rule : run.rules.rules) {
    if (!Sink::kOn && !beats(rule, decision.rule)) continue;
    const Finding found = match(rule, run.facts);
    if (found.verdict != RouteVerdict::matched) {
      run.sink.note(kStage, rule.id, found.verdict, found.wanted);
      continue;
    }
    if (!passes_guard(run, rule)) continue;
    run.sink.note(kStage, rule.id, RouteVerdict::matched, rule.lead_unit);
    if (beats(rule, decision.rule)) decision.rule = &rule;
  }
  if (decision.rule == nullptr) return true;
  run.sink.choose(decision.rule->id);
  decision.settled_by = kStage;
  decision.why = RouteVerdict::chosen;
  return false;
}

template <class Sink>
bool fall_back(const Run<Sink>& run) {
  run.sink.note(RouteStage::fallback, run.rules.default_queue, run.decision.why);
  return true;
}

template <class Sink>
using Stage = bool (*)(const Run<Sink>& run);

template <class Sink>
constexpr std::array<Stage<Sink>, 3> kScreening = {screen_emergency<Sink>, judge_ours<Sink>,
                                                   note_links<Sink>};
template <class Sink>
constexpr std::array<Stage<Sink>, 2> kChoosing = {match_directory<Sink>, fall_back<Sink>};

template <class Stages, class Sink>
void run_stages(const Stages& stages, const Run<Sink>& run) {
  for (const auto& stage : stages) {
    if (!stage(run)) return;
  }
}

}  // namespace

template <class Sink>
RouteDecision screen(const RouterRules& rules, const RouteFacts& facts, const RouteLinks& links,
                     Sink& sink) {
  RouteDecision decision;
  run_stages(kScreening<Sink>, Run<Sink>{rules, facts, links, decision, sink});
  return decision;
}

template <class Sink>
RouteDecision choose(const RouterRules& rules, const RouteFacts& facts, const RouteDecision& known,
                     Sink& sink) {
  static const RouteLinks kNone;
  RouteDecision decision = known;
  run_stages(kChoosing<Sink>, Run<Sink>{rules, facts, kNone, decision, sink});
  return decision;
}

template RouteDecision screen(const RouterRules&, const RouteFacts&, const RouteLinks&, NoTrace&);
template RouteDecision screen(const RouterRules&, const RouteFacts&, const RouteLinks&,
                              RouteTrace&);
template RouteDecision choose(const RouterRules&, const RouteFacts&, const RouteDecision&,
                              NoTrace&);
template RouteDecision choose(const RouterRules&, const RouteFacts&, const RouteDecision&,
                              RouteTrace&);

RouteVerdict may_lead(const RouterRules& rules, std::string_view unit, std::string_view category,
                      std::string_view community, Timestamp at) {
  const StreetDirectory* directory = rules.directory ? &*rules.directory : nullptr;
  if (!is_community_unit(directory, unit)) return RouteVerdict::matched;
  if (directory == nullptr || !covers(directory->community_duties, category, at)) {
    return RouteVerdict::community_lead;
  }
  const bool nobody = unit == kLocalCommunity && community.empty();
  return nobody ? RouteVerdict::community_unknown : RouteVerdict::on_duty_list;
}

const std::vector<std::string>* tags_of(const RouterRules& rules, const RouteFacts& facts) {
  return rules.categories ? find_tags(*rules.categories, facts.category, facts.at) : nullptr;
}

}  // namespace jieban
