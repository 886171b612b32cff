#include "tools/jieban/route_text.h"

#include "common/domain/code_set.h"
#include "common/domain/livelihood_tag.h"
#include "tools/jieban/order_text.h"
#include "tools/site/client.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "，") + part;
  return text;
}

std::string tag_names(const std::vector<std::string>* tags) {
  std::vector<std::string> names;
  if (tags == nullptr) return {};
  for (const std::string& code : *tags) {
    const LivelihoodTag* tag = find_livelihood_tag(code);
    names.emplace_back(tag == nullptr ? std::string_view(code) : tag->chinese);
  }
  return joined(names);
}

const RoutingRule* find_rule(const RouterRules& rules, const TraceRow& row) {
  if (row.stage != RouteStage::directory) return nullptr;
  for (const RoutingRule& rule : rules.rules) {
    if (rule.id == row.rule) return &rule;
  }
  return nullptr;
}

// A verdict on the days of a rule is nothing without them.
std::string wanted_text(const RouterRules& rules, const TraceRow& row) {
  const RoutingRule* rule = find_rule(rules, row);
  const bool of_days =
      row.verdict == RouteVerdict::expired || row.verdict == RouteVerdict::not_yet_valid;
  if (rule != nullptr && of_days) return to_chinese(rule->validity);
  if (row.verdict == RouteVerdict::keywords && rule != nullptr) return joined(rule->keywords);
  if (row.verdict == RouteVerdict::not_ours || row.verdict == RouteVerdict::held) {
    return row.wanted + " " + std::string(code_chinese(CodeSet::return_reason, row.wanted));
  }
  return row.wanted;
}

bool is_plain_miss(const TraceRow& row) {
  using enum RouteVerdict;
  if (row.stage != RouteStage::directory && row.stage != RouteStage::emergency) return false;
  for (RouteVerdict miss : {category, community, keywords, lexicon, order_type, urgency}) {
    if (row.verdict == miss) return true;
  }
  return false;
}

std::string line(std::string_view label, const std::string& text) {
  return text.empty() ? std::string() : "  " + std::string(label) + "  " + printable(text) + "\n";
}

std::string facts_text(const RouterRules& rules, const RouteExplanation& told) {
  const RouteOrder& order = told.order;
  return line("问题分类", order.category) + line("社区    ", order.community) +
         line("街道    ", order.street) + line("关键词  ", joined(order.keywords)) +
         line("词组    ", joined(order.keyword_groups)) +
         line("七有五性", tag_names(tags_of(rules, order.facts(told.at)))) +
         line("判断时间", format_local(told.at)) + line("规则版本", rules.version);
}

std::string outcome_text(const RouterRules& rules, const RouteExplanation& told) {
  const RouteDecision& decision = told.decision;
  std::string text = "类别：" + class_chinese(decision.order_class.order_class) + "（" +
                     decision.order_class.rule + "）\n";
  if (decision.suggestion) {
    const ReturnSuggestion& suggestion = *decision.suggestion;
    text += "建议退单：" + std::string(suggestion.reason) + " " +
            std::string(code_chinese(CodeSet::return_reason, suggestion.reason)) + "（" +
            std::string(suggestion.rule) + "）";
    if (!told.suggested_unit.empty()) text += "，建议单位 " + printable(told.suggested_unit);
    text += "\n";
  }
  if (decision.rule == nullptr) {
    return text + "结论：" + std::string(to_chinese(decision.why)) + "（" + rules.default_queue +
           "）\n";
  }
  text += "结论：主办 " + decision.rule->lead_unit;
  if (!decision.rule->assist_units.empty()) text += "，协办 " + joined(decision.rule->assist_units);
  text += "（规则 " + decision.rule->id + "）\n";
  const std::string* contact = contact_of(rules, decision.rule, decision.rule->lead_unit);
  if (contact != nullptr) text += "联系方式：" + printable(*contact) + "\n";
  const auto& reply = decision.rule->template_reply;
  return reply ? text + "答复模板：" + printable(*reply) + "\n" : text;
}

// What was decided then; the rules may be others now.
std::string kept_text(const RouterRules& rules, const RouteExplanation& told) {
  const Value& kept = told.order.kept;
  if (kept.is_null()) return {};
  RouteVerdict why{};
  RouteStage stage{};
  const std::string code = text_at(kept, "code");
  std::string text = "留存的依据：" + text_at(kept, "at") + " ";
  text += from_string(text_at(kept, "stage"), stage) ? std::string(to_chinese(stage)) : "";
  text += "，" + (from_string(code, why) ? std::string(to_chinese(why)) : code);
  for (const char* name :
       {"rule", "lead_unit", "queue", "suggestion", "contact", "template_reply"}) {
    const std::string value = text_at(kept, name);
    if (!value.empty()) text += "，" + std::string(name) + "=" + printable(value);
  }
  const std::string version = text_at(kept, "rules_version");
  if (version.empty() || version == rules.version) return text + "\n";
  return text + "\n注意：当时的规则版本为 " + printable(version) + "，与现行规则不同。\n";
}

Value fact_value(const RouteExplanation& told) {
  const RouteOrder& order = told.order;
  const auto list = [](const std::vector<std::string>& texts) {
    Value::Array values;
    for (const std::string& text : texts) values.emplace_back(text);
    return values;
  };
  Value value;
  value.set("order_type", order.order_type).set("category", order.category);
  value.set("community", order.community).set("street", order.street);
  value.set("urgency", order.urgency).set("keyword_groups", list(order.keyword_groups));
  value.set("keywords", list(order.keywords)).set("judged_at", format_local(told.at));
  return value;
}

Value decision_value(const RouterRules& rules, const RouteExplanation& told) {
  const RouteDecision& decision = told.decision;
  Value value;
  value.set("order_class", decision.order_class.order_class);
  value.set("class_rule", decision.order_class.rule);
  value.set("stage", to_string(decision.settled_by)).set("code", to_string(decision.why));
  if (decision.rule != nullptr) {
    Value::Array assist;
    for (const std::string& unit : decision.rule->assist_units) assist.emplace_back(unit);
    value.set("rule", decision.rule->id).set("lead_unit", decision.rule->lead_unit);
    value.set("assist_units", std::move(assist));
    const std::string* contact = contact_of(rules, decision.rule, decision.rule->lead_unit);
    value.set("contact", contact != nullptr ? Value(*contact) : Value());
    const auto& reply = decision.rule->template_reply;
    value.set("template_reply", reply ? Value(*reply) : Value());
  } else {
    value.set("queue", rules.default_queue);
  }
  if (decision.suggestion) {
    Value suggestion;
    suggestion.set("reason", decision.suggestion->reason).set("rule", decision.suggestion->rule);
    suggestion.set("unit", told.suggested_unit);
    value.set("suggestion", std::move(suggestion));
  }
  return value;
}

}  // namespace

RouteExplanation explain(const RouterRules& rules, RouteOrder order, Timestamp now) {
  RouteExplanation told;
  told.order = std::move(order);
  told.at = told.order.at.value_or(now);
  const RouteFacts facts = told.order.facts(now);
  RouteDecision known = screen(rules, facts, told.order.links, told.trace);
  // Somebody may have put it into another class since.
  if (!told.order.raised_class.empty()) known.order_class.order_class = told.order.raised_class;
  told.decision = choose(rules, facts, known, told.trace);
  if (told.decision.suggestion) {
    told.suggested_unit = told.decision.suggestion->unit;
    told.decision.suggestion->unit = {};
  }
  return told;
}

std::string explanation_text(const RouterRules& rules, const RouteExplanation& told, bool all) {
  TextTable table({"阶段", "规则", "结果", "条件"});
  size_t left_out = 0;
  for (const TraceRow& row : told.trace.rows()) {
    if (!all && is_plain_miss(row)) {
      ++left_out;
      continue;
    }
    table.add({std::string(to_chinese(row.stage)), row.rule, std::string(to_chinese(row.verdict)),
               wanted_text(rules, row)});
  }
  std::string text = "工单 " + printable(told.order.order_no) + "\n" + facts_text(rules, told) +
                     "\n" + table.print();
  if (left_out > 0) {
    text += "另有 " + std::to_string(left_out) + " 条规则条件不符（--all 全部列出）\n";
  }
  return text + "\n" + outcome_text(rules, told) + kept_text(rules, told);
}

Value explanation_value(const RouterRules& rules, const RouteExplanation& told) {
  Value::Array trace;
  for (const TraceRow& row : told.trace.rows()) {
    Value each;
    each.set("stage", to_string(row.stage)).set("rule", row.rule);
    each.set("code", to_string(row.verdict)).set("why", to_chinese(row.verdict));
    each.set("wanted", wanted_text(rules, row));
    trace.push_back(std::move(each));
  }
  Value::Array tags;
  if (const auto* codes = tags_of(rules, told.order.facts(told.at))) {
    for (const std::string& code : *codes) tags.emplace_back(code);
  }
  Value value;
  value.set("order_no", told.order.order_no).set("rules_version", rules.version);
  value.set("facts", fact_value(told)).set("tags", std::move(tags));
  const RouteLinks& links = told.order.links;
  value.set("repeat_of", links.repeat_of ? Value(*links.repeat_of) : Value());
  value.set("cluster_of", links.cluster_of ? Value(*links.cluster_of) : Value());
  value.set("decision", decision_value(rules, told));
  value.set("trace", std::move(trace)).set("kept", told.order.kept);
  return value;
}

}  // namespace jieban
