#include "tools/jieban/alert_text.h"

#include <algorithm>
#include <array>

#include "common/calendar/instant_text.h"
#include "tools/site/client.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

struct StateLabel {
  std::string_view word;
  std::string_view label;
};
constexpr std::array<StateLabel, 6> kStates = {{{"waiting", "待通知"},
                                                {"calling", "呼叫中，无人确认"},
                                                {"muted", "静默中"},
                                                {"acknowledged", "已确认"},
                                                {"exhausted", "各级已呼叫，无人确认"},
                                                {"ended", "已解除"}}};

// What is said in other columns, or to machines alone.
constexpr std::array<std::string_view, 3> kSaidElsewhere = {"topic", "severity", "order_id"};

std::string state_label(const Value& alert) {
  const std::string word = text_at(alert, "state");
  const auto* found = std::ranges::find(kStates, word, &StateLabel::word);
  return found == kStates.end() ? word : std::string(found->label);
}

std::string pairs_at(const Value& value, std::string_view name) {
  std::string text;
  const Value* found = value.find(name);
  if (found == nullptr || found->object() == nullptr) return text;
  for (const auto& [key, each] : *found->object()) {
    if (std::ranges::find(kSaidElsewhere, key) != kSaidElsewhere.end()) continue;
    if (const std::string* said = each.string()) {
      text += (text.empty() ? "" : "，") + key + "=" + *said;
    }
  }
  return text;
}

// What it is about: its own words, else the order, else its labels.
std::string matter_of(const Value& alert) {
  const Value* annotations = alert.find("annotations");
  std::string summary = annotations == nullptr ? "" : text_at(*annotations, "summary");
  if (!summary.empty()) return summary;
  const Value* labels = alert.find("labels");
  const std::string order = labels == nullptr ? "" : text_at(*labels, "order");
  return order.empty() ? pairs_at(alert, "labels") : order;
}

std::string list_at(const Value& value, std::string_view name) {
  std::string text;
  for (const Value& each : array_at(value, name)) {
    if (const std::string* said = each.string()) text += (text.empty() ? "" : "、") + *said;
  }
  return text;
}

}  // namespace

std::vector<std::string> alert_state_words() {
  std::vector<std::string> words;
  for (const StateLabel& each : kStates) words.emplace_back(each.word);
  return words;
}

std::string alert_list_text(const Value& page) {
  TextTable table({"告警", "确认码", "自", "级别", "事由", ">件数", "状态", "内容"});
  for (const Value& alert : array_at(page, "alerts")) {
    table.add({text_at(alert, "key"), text_at(alert, "code"), text_at(alert, "since"),
               text_at(alert, "severity"), text_at(alert, "topic"), text_at(alert, "count"),
               state_label(alert), matter_of(alert)});
  }
  if (table.empty()) return "没有未解除的告警。\n";
  const std::string next = text_at(page, "next");
  return table.print() + (next.empty() ? "" : "下一页：--cursor " + next + "\n");
}

std::string alert_text(const Value& alert) {
  const Value* found = alert.find("ladder");
  const Value ladder = found == nullptr ? Value() : *found;
  const std::string step = text_at(ladder, "step");
  const std::pair<std::string, std::string> lines[] = {
      {"告警", text_at(alert, "key")},
      {"确认码", text_at(alert, "code")},
      {"事由", text_at(alert, "topic")},
      {"级别", text_at(alert, "severity")},
      {"状态", state_label(alert)},
      {"自", text_at(alert, "since")},
      {"静默自", text_at(alert, "muted_since")},
      {"件数", text_at(alert, "count")},
      {"标签", pairs_at(alert, "labels")},
      {"说明", pairs_at(alert, "annotations")},
      {"升级策略", text_at(ladder, "policy")},
      {"已到第几步", step.empty() ? "" : step + "（第 " + text_at(ladder, "cycle") + " 轮）"},
      {"下一步", text_at(ladder, "next_at")},
      {"已呼叫", list_at(ladder, "told")},
      {"已确认", list_at(ladder, "acknowledged_by")},
      {"确认有效至", text_at(ladder, "lapses_at")}};
  std::string text;
  for (const auto& [label, value] : lines) {
    if (!value.empty()) text += label + "  " + printable(value) + "\n";
  }
  return text;
}

Value alertmanager_value(const ToldAlert& alert, Timestamp now) {
  const auto pairs = [](const std::map<std::string, std::string>& map) {
    Value value{Value::Object()};
    for (const auto& [name, text] : map) value.set(name, text);
    return value;
  };
  const char* status = alert.ended ? "resolved" : "firing";
  Value one;
  one.set("status", status).set("labels", pairs(alert.labels));
  one.set("annotations", pairs(alert.annotations));
  one.set(alert.ended ? "endsAt" : "startsAt", to_rfc3339(now));
  Value body;
  body.set("version", "4").set("status", status);
  body.set("alerts", Value::Array{std::move(one)});
  return body;
}

}  // namespace jieban
