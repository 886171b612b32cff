#include "daemons/router/unit_choice.h"

#include <algorithm>

namespace jieban {

std::vector<std::string> split_list(const std::string& text) {
  std::vector<std::string> parts;
  size_t begin = 0;
  while (begin <= text.size()) {
    size_t end = std::min(text.find(',', begin), text.size());
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

RouteFacts facts_of(const RouterOrder& order, Timestamp now) {
  RouteFacts facts;
  facts.category = order.category;
  facts.community = order.community;
  facts.keywords = order.keywords;
  facts.at = order.judged_at.value_or(now);
  return facts;
}

RouteNote note_of(RouteStage stage, RouteVerdict code) {
  RouteNote note;
  note.stage = to_string(stage);
  note.code = to_string(code);
  return note;
}

namespace {

void add_contact(const RouterRules& rules, const RoutingRule* rule, std::string_view unit,
                 RouteNote& note) {
  const std::string* contact = contact_of(rules, rule, unit);
  if (contact != nullptr) note.contact = *contact;
}

}  // namespace

RouteNote named_by_hand(const RouterRules& rules, std::string_view unit) {
  RouteNote note = note_of(RouteStage::by_hand, RouteVerdict::named);
  add_contact(rules, nullptr, unit, note);
  return note;
}

std::optional<RouteNote> note_of(const RouteDecision& decision, const RouteLinks& links,
                                 const std::vector<std::string>* tags) {
  RouteNote note;
  if (decision.suggestion) {
    note.suggestion = decision.suggestion->reason;
    note.suggested_by = decision.suggestion->rule;
    if (!decision.suggestion->unit.empty()) note.suggested_unit = decision.suggestion->unit;
  }
  note.repeat_of = links.repeat_of;
  note.cluster_of = links.cluster_of;
  if (decision.says_repeat) note.says_repeat = true;
  if (tags != nullptr) note.tags = *tags;
  static const RouteNote kNothing;
  if (note == kNothing) return std::nullopt;
  return note;
}

bool choose_unit(const RouterOrder& order, const CommandRequest* request, const RouterRules& rules,
                 Timestamp now, OrderMove& told) {
  if (request != nullptr) {
    auto named = request->arguments.find("lead_unit");
    if (named != request->arguments.end() && !named->second.empty()) {
      told.lead_unit = named->second;
      told.route = named_by_hand(rules, named->second);
      auto assist = request->arguments.find("assist_units");
      if (assist != request->arguments.end()) told.assist_units = split_list(assist->second);
      return true;
    }
  }
  RouteDecision known;
  known.order_class.order_class = order.order_class;
  if (request == nullptr && order.suggestion) {
    known.suggestion = ReturnSuggestion{*order.suggestion, {}, {}};
  }
  NoTrace nobody;
  const RouteDecision decision = choose(rules, facts_of(order, now), known, nobody);
  told.route = note_of(decision.settled_by, decision.why);
  if (decision.why == RouteVerdict::held) {
    told.route->suggestion = order.suggestion;
    told.route->suggested_by = order.suggested_by;
  }
  const RoutingRule* rule = decision.rule;
  if (rule == nullptr) return false;
  told.lead_unit = rule->lead_unit;
  if (!rule->assist_units.empty()) told.assist_units = rule->assist_units;
  add_contact(rules, rule, rule->lead_unit, *told.route);
  told.route->template_reply = rule->template_reply;
  told.rule = rule->id;
  told.rules_version = rules.version;
  return true;
}

}  // namespace jieban
