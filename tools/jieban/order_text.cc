#include "tools/jieban/order_text.h"

#include <array>

#include "common/domain/code_set.h"
#include "common/domain/lifecycle.h"
#include "common/domain/livelihood_tag.h"
#include "common/json/json.h"
#include "common/routing/route_trace.h"
#include "tools/site/client.h"
#include "tools/site/event_note.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

struct CodeName {
  std::string_view code;
  std::string_view chinese;
};

constexpr std::array<CodeName, 5> kClasses = {{
    {"emergency", "紧急"},
    {"utility", "民生保障"},
    {"general", "一般"},
    {"complex", "复杂"},
    {"consult", "咨询"},
}};

struct SummaryLine {
  std::string_view field;
  std::string_view chinese;
};

constexpr std::array<SummaryLine, 19> kSummaryLines = {{
    {"category", "问题分类"},
    {"community", "社区"},
    {"order_type", "类型"},
    {"lead_unit", "主办单位"},
    {"received_at", "收到"},
    {"due_at", "办理时限"},
    {"signed_at", "签收"},
    {"dispatched_at", "派单"},
    {"accepted_at", "接收"},
    {"handed_in_at", "提交材料"},
    {"submitted_at", "提交"},
    {"completed_at", "办结"},
    {"city_completed_at", "导入办结"},
    {"caller_told_at", "反馈诉求人"},
    {"hotline_told_at", "反馈热线"},
    {"warnings", "预警"},
    {"breaches", "超时"},
    {"repeat_of", "重复于"},
    {"cluster_of", "聚集于"},
}};

std::string full_width_padded(std::string_view label) {
  constexpr size_t kLabelColumns = 12;
  std::string out(label);
  out.append(kLabelColumns - std::min(kLabelColumns, display_width(label)), ' ');
  return out;
}

// A line for each round, of an order that has more than one.
std::string rounds_text(const Value& order) {
  TextTable table({"轮次", "开始", "主办单位", "签收", "派单", "提交", "办结", "办理时限", "按时"});
  for (const Value& round : array_at(order, "rounds")) {
    const Value* in_time = round.find("on_time");
    const bool known = in_time != nullptr && !in_time->is_null();
    table.add({std::to_string(integer_at(round, "round")), text_at(round, "began_at"),
               text_at(round, "lead_unit"), text_at(round, "signed_at"),
               text_at(round, "dispatched_at"), text_at(round, "submitted_at"),
               text_at(round, "completed_at"), text_at(round, "due_at"),
               !known ? "" : (boolean_at(round, "on_time") ? "是" : "否")});
  }
  return table.empty() ? "" : "\n" + table.print();
}

std::string line(std::string_view label, const std::string& text) {
  return text.empty() ? text : "  " + full_width_padded(label) + printable(text) + "\n";
}

std::string tags_line(const Value& order) {
  std::string names;
  for (const Value& each : array_at(order, "tags")) {
    const LivelihoodTag* tag = find_livelihood_tag(scalar_text(each));
    if (!names.empty()) names += "，";
    names += tag == nullptr ? scalar_text(each) : std::string(tag->chinese);
  }
  return line("七有五性", names);
}

std::string suggestion_line(const Value& order) {
  const std::string code = text_at(order, "suggestion");
  if (code.empty()) return {};
  return line("建议退单", code + " " + std::string(code_chinese(CodeSet::return_reason, code)));
}

// The reason that was kept: "派单目录，采用 heating（规则版本 7）".
std::string routing_line(const Value& view) {
  const Value* routing = view.find("routing");
  if (routing == nullptr || routing->is_null()) return {};
  RouteStage stage{};
  RouteVerdict why{};
  std::string text;
  if (from_string(text_at(*routing, "stage"), stage)) text = to_chinese(stage);
  if (from_string(text_at(*routing, "code"), why)) text += "，" + std::string(to_chinese(why));
  const std::string rule = text_at(*routing, "rule");
  if (!rule.empty()) text += " " + rule;
  const std::string version = text_at(*routing, "rules_version");
  if (!version.empty()) text += "（规则版本 " + version + "）";
  return line("派单依据", text) + line("联系方式", text_at(*routing, "contact")) +
         line("答复模板", text_at(*routing, "template_reply"));
}

std::string timeline_text(const Value& view) {
  TextTable table({"时间", "事件", "操作人", "内容"});
  for (const Value& entry : array_at(view, "timeline")) {
    std::string label = text_at(entry, "label");
    const Value* payload = entry.find("payload");
    table.add({text_at(entry, "at"), label.empty() ? text_at(entry, "topic") : label,
               text_at(entry, "actor"), payload == nullptr ? "" : event_note(*payload)});
  }
  return table.print();
}

}  // namespace

std::string state_chinese(const std::string& code) {
  OrderState state{};
  return from_string(code, state) ? std::string(to_chinese(state)) : code;
}

std::string class_chinese(const std::string& code) {
  for (const CodeName& row : kClasses) {
    if (row.code == code) return std::string(row.chinese);
  }
  return code;
}

std::string order_list_text(const Value& page) {
  TextTable table({"工单编号", "状态", "类别", "问题分类", "社区", "主办单位", "办理时限"});
  for (const Value& order : array_at(page, "orders")) {
    table.add({text_at(order, "order_no"), state_chinese(text_at(order, "state")),
               class_chinese(text_at(order, "order_class")), text_at(order, "category"),
               text_at(order, "community"), text_at(order, "lead_unit"), text_at(order, "due_at")});
  }
  if (table.empty()) return "没有符合条件的工单。\n";
  std::string text = table.print();
  const std::string next = text_at(page, "next");
  return next.empty() ? text : text + "下一页：--cursor " + next + "\n";
}

std::string order_text(const Value& view) {
  const Value* found = view.find("order");
  const Value& order = found == nullptr ? view : *found;
  std::string text = "工单 " + printable(text_at(order, "order_no")) + "  【" +
                     state_chinese(text_at(order, "state")) + "】  " +
                     class_chinese(text_at(order, "order_class")) + "\n";
  for (const SummaryLine& line : kSummaryLines) {
    const std::string value = text_at(order, line.field);
    if (value.empty()) continue;
    text += "  " + full_width_padded(line.chinese) + printable(value) + "\n";
  }
  return text + tags_line(order) + suggestion_line(order) + routing_line(view) +
         rounds_text(order) + "\n" + timeline_text(view);
}

std::string command_text(std::string_view order_no, std::string_view command, const Value& answer) {
  const std::string outcome = text_at(answer, "outcome");
  const std::string what =
      "工单 " + std::string(order_no) + " " + std::string(command_chinese(command));
  const std::string state = state_chinese(text_at(answer, "state"));
  if (outcome == "done") return what + "：完成，现为“" + state + "”。\n";
  if (outcome == "refused") {
    return what + "：被拒绝。" + printable(text_at(answer, "reason")) + "\n";
  }
  return what + "：已受理，尚无结果。稍后用同一幂等键再次执行即可得知结果。\n";
}

}  // namespace jieban
