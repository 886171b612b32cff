#include "common/domain/command_argument.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

using enum ArgumentKind;

constexpr std::array<CommandArgument, 74> kArguments = {{
    // Dispatch and assignments.
    {"lead_unit", name, "主办单位"},
    {"assist_units", names, "协办单位"},
    {"unit", name, "单位"},
    {"assignment_role", code, "任务"},
    {"to", code, "去向"},
    {"reason_code", code, "原因"},
    {"reason", code, "理由"},
    {"evidence", codes, "佐证"},
    // Returns.
    {"suggested_unit", name, "建议承办单位"},
    {"basis", text, "依据"},
    {"override", yes_no, "越窗办理"},
    // Contacts, feedback, extensions.
    {"method", code, "方式"},
    {"connected", yes_no, "是否接通"},
    {"attempt", number, "第几次"},
    {"attempts", number, "次数"},
    {"caller_attitude", code, "诉求人态度"},
    {"called_number", text, "联系号码"},
    {"summary", text, "摘要"},
    {"recording_ref", code, "录音编号"},
    {"happened_at", time, "发生时间"},
    {"caller_told_at", time, "告知诉求人时间"},
    {"caller_told_by", name, "告知人"},
    {"hotline_told_at", time, "告知热线时间"},
    {"due_at", time, "办理时限"},
    // The audit.
    {"failed_items", codes, "未通过项目"},
    {"passed_items", codes, "通过项目"},
    {"not_applicable_items", codes, "不适用项目"},
    {"no_site_reason", code, "无需现场的理由"},
    // Attachments.
    {"attachment", code, "附件"},
    {"attachment_kind", code, "附件种类"},
    {"media_type", code, "媒体类型"},
    {"bytes", number, "字节数"},
    {"taken_at", time, "形成时间"},
    {"file_name", text, "文件名"},
    // Call-backs.
    {"reached", yes_no, "是否接通"},
    {"contacted", yes_no, "是否联系"},
    {"solved", code, "是否解决"},
    {"satisfied", code, "是否满意"},
    {"valid", yes_no, "是否有效回访"},
    // Reviews.
    {"cause", code, "原因"},
    {"conclusion", text, "结论"},
    {"measures", text, "措施"},
    // Hard cases.
    {"case_leader", name, "包案领导"},
    {"plan", text, "方案"},
    {"next_check_at", time, "下次检查时间"},
    {"exit_condition", code, "销账条件"},
    // Whistles.
    {"matter", text, "事项"},
    {"called_units", names, "被吹哨单位"},
    {"respond_by", time, "响应时限"},
    {"arrived_at", time, "报到时间"},
    {"result", code, "结果"},
    {"score", number, "评分"},
    // Appeals.
    {"route", code, "途径"},
    {"target", code, "对象"},
    {"point_code", code, "申诉要点"},
    // The contract.
    {"figure", code, "指标"},
    {"agreed", yes_no, "甲方是否认可"},
    {"rectification", code, "整改编号"},
    {"rectify_by", time, "整改期限"},
    // The order itself.
    {"order_class", code, "类别"},
    {"flag", code, "标记"},
    {"duplicate_of", order_no, "重复于"},
    {"parent_order_no", order_no, "首次工单"},
    {"round", number, "轮次"},
    {"clock", code, "时限"},
    {"finding", text, "核查情况"},
    // The hand-over.
    {"shift_out", code, "交班班次"},
    {"shift_in", code, "接班班次"},
    {"instructions", text, "领导交办"},
    {"equipment", text, "设备状态"},
    {"notes", text, "其他事项"},
    {"note_kind", code, "记事种类"},
    {"handover", number, "交接班编号"},
    {"log_hash", code, "交班日志哈希值"},
}};

struct Writing {
  ArgumentKind kind;
  std::string_view chinese;
};

constexpr std::array<Writing, 9> kWritings = {{
    {name, "名称，不含控制字符"},
    {names, "名称，以英文逗号分隔"},
    {code, "代码，只含字母、数字和 _-.:/"},
    {codes, "代码，以英文逗号分隔"},
    {order_no, "工单编号"},
    {number, "正整数"},
    {yes_no, "yes 或 no"},
    {time, "时间，如 2026-03-10 08:00"},
    {text, "文字"},
}};

bool is_name(std::string_view value) {
  return !value.empty() &&
         std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

bool is_code(std::string_view value) {
  constexpr std::string_view kBeside = "_-.:/";
  return !value.empty() && std::ranges::all_of(value, [&](char c) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || kBeside.find(c) != std::string_view::npos;
  });
}

bool is_number(std::string_view value) {
  constexpr size_t kDigitsMax = 9;
  bool digits = std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
  return digits && !value.empty() && value.size() <= kDigitsMax && value.front() != '0';
}

bool each(std::string_view list, bool (*good)(std::string_view)) {
  while (true) {
    size_t end = list.find(',');
    if (!good(list.substr(0, end))) return false;
    if (end == std::string_view::npos) return true;
    list.remove_prefix(end + 1);
  }
}

}  // namespace

std::span<const CommandArgument> command_arguments() { return kArguments; }

const CommandArgument* find_argument(std::string_view wanted) {
  for (const CommandArgument& row : kArguments) {
    if (row.name == wanted) return &row;
  }
  return nullptr;
}

bool is_well_formed(ArgumentKind kind, std::string_view value) {
  switch (kind) {
    case name:
    case order_no:
      return is_name(value);
    case names:
      return each(value, is_name);
    case code:
      return is_code(value);
    case codes:
      return each(value, is_code);
    case number:
      return is_number(value);
    case yes_no:
      return value == "yes" || value == "no";
    case time:
      return parse_command_time(value).has_value();
    case text:
      return true;
  }
  return false;
}

std::string_view how_written(ArgumentKind kind) {
  for (const Writing& row : kWritings) {
    if (row.kind == kind) return row.chinese;
  }
  return {};
}

std::optional<Timestamp> parse_command_time(std::string_view value) {
  constexpr size_t kToMinutes = 16;  // "2026-03-10 08:00"
  if (value.size() != kToMinutes) return parse_local(value);
  return parse_local(std::string(value) + ":00");
}

}  // namespace jieban
