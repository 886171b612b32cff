#include "common/domain/handover.h"

#include <array>

#include "common/base/check.h"

namespace jieban {
namespace {

// A change of a word below is another form, and the old one stays beside it: logs that were signed
// are recomputed for years. Form 2 tells of imports, alarms and channels as well, form 3
// counts the alarms that it does not name.
uint64_t form_of(const HandoverSection& section) { return section.form.value_or(1); }

constexpr std::array<HandoverPart, 7> kParts = {{
    {"未签收", &HandoverSection::unsigned_orders},
    {"已签收未派单", &HandoverSection::signed_not_dispatched},
    {"即将到期", &HandoverSection::due_soon},
    {"已超期", &HandoverSection::overdue},
    {"被驳回", &HandoverSection::rejected},
    {"退单待批", &HandoverSection::returns_pending},
    {"紧急未结", &HandoverSection::urgent_open},
}};

void add_line(std::string& text, std::string_view name, std::string_view value) {
  text += std::string(name) + "：" + std::string(value) + "\n";
}

void add_list(std::string& text, std::string_view name, const HandoverList& list) {
  add_line(text, name, std::to_string(list.count) + " 件");
  for (const std::string& order_no : list.order_nos) text += "  " + order_no + "\n";
  const uint64_t rest = list.count - list.order_nos.size();
  if (rest > 0) text += "  其余 " + std::to_string(rest) + " 件未列\n";
}

void add_import(std::string& text, const HandoverSection& section) {
  if (!section.import_lag) return add_line(text, "最近导入", "无");
  const Duration lag(*section.import_lag);
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(lag);
  add_line(
      text, "最近导入",
      format_local(section.at - lag) + "，距签字 " + std::to_string(minutes.count()) + " 分钟");
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : "、") + name;
  return out;
}

// Form 2 did not know how many it left out.
void add_alarms(std::string& text, const HandoverSection& section) {
  const auto alarms = section.alarms.value_or(std::vector<OpenAlarm>());
  const bool counted = form_of(section) > 2;
  const uint64_t beyond = counted ? section.alarms_beyond.value_or(0) : 0;
  add_line(text, "未解除告警", std::to_string(alarms.size() + beyond) + " 件");
  for (const OpenAlarm& alarm : alarms) {
    text += "  " + alarm.alert + " " + alarm.topic + " 自 " + format_local(alarm.since) + "，";
    text += alarm.acknowledged_by.empty() ? "无人确认" : "已确认：" + joined(alarm.acknowledged_by);
    text += "\n";
  }
  if (beyond > 0) text += "  其余 " + std::to_string(beyond) + " 件未列\n";
  if (!counted && alarms.size() >= kHandoverAlarmsMax) text += "  更早的未列\n";
}

void add_channels(std::string& text, const std::vector<DownChannel>& channels) {
  add_line(text, "故障通道", std::to_string(channels.size()) + " 条");
  for (const DownChannel& each : channels) {
    text += "  " + each.channel + " 自 " + format_local(each.since) + "\n";
  }
}

}  // namespace

std::span<const HandoverPart> handover_parts() { return kParts; }

std::string handover_log(const HandoverMove& move, std::string_view signed_by,
                         std::string_view box_hash) {
  CHECK(move.section.has_value());
  const HandoverSection& section = *move.section;
  const bool first_form = form_of(section) == 1;
  std::string text = "交接班日志（格式 " + std::to_string(form_of(section)) + "）\n";
  add_line(text, "编号", std::to_string(move.handover));
  add_line(text, "班次", move.shift_out.value_or("") + " 交 " + move.shift_in.value_or(""));
  add_line(text, "时段", format_local(section.since) + " 至 " + format_local(section.at));
  add_line(text, "最近来单",
           section.last_intake ? format_local(*section.last_intake) : std::string("无"));
  if (!first_form) add_import(text, section);
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(Duration(section.due_within));
  add_line(text, "即将到期指", std::to_string(hours.count()) + " 小时内");
  for (const HandoverPart& part : kParts) add_list(text, part.chinese, section.*part.list);
  if (!first_form) {
    add_alarms(text, section);
    add_channels(text, section.channel_failures.value_or(std::vector<DownChannel>()));
  }
  add_line(text, "值班记事", std::to_string(section.notes) + " 条");
  if (move.released) {
    add_line(text, "放行", joined(*move.released) + "，批准人 " + move.released_by.value_or(""));
  }
  add_line(text, "手写部分（密封）", box_hash);
  add_line(text, "交班人", signed_by);
  return text;
}

}  // namespace jieban
