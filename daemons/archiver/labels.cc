#include "daemons/archiver/labels.h"

#include <array>
#include <span>

#include "common/domain/code_set.h"
#include "common/domain/handover.h"
#include "common/domain/lifecycle.h"
#include "common/domain/street_command.h"
#include "common/domain/topics.h"

namespace jieban {
namespace {

struct Label {
  std::string_view code;
  std::string_view chinese;
};

// The moves of the life cycle have their names in its own table.
constexpr std::array<Label, 42> kTopics = {{
    {topics::kOrderReceived, "收到工单"},
    {topics::kOrderUpdated, "工单信息变更"},
    {topics::kImportDone, "导入完成"},
    {kHandoverReadTopic, "查阅交接班手写内容"},
    {topics::kImportNoted, "导入完成（转告）"},
    {topics::kOrderOpened, "进入办理流程"},
    {topics::kOrderAmended, "流程信息变更"},
    {topics::kOrderUnrouted, "无法自动派单，待人工派单"},
    {topics::kCommandRefused, "操作被拒绝"},
    {topics::kClockChanged, "时限变化"},
    {topics::kDeadlineWarned, "时限预警"},
    {topics::kDeadlineBreached, "超时"},
    {topics::kCalendarMissing, "缺少官方日历，暂按自然时间计"},
    {topics::kNoticeQueued, "通知待发"},
    {topics::kNoticeAttempted, "通知发送中"},
    {topics::kNoticeSent, "通知已发出"},
    {topics::kNoticeFailed, "通知发送失败"},
    {topics::kNoticeAbandoned, "通知放弃发送"},
    {topics::kNoticeDelivered, "通知已送达"},
    {topics::kNoticeUndelivered, "通知未送达"},
    {topics::kNoticeCancelled, "通知撤回"},
    {topics::kNoticeMerged, "通知并入汇总"},
    {topics::kAlertOpened, "告警"},
    {topics::kAlertAcknowledged, "告警已确认"},
    {topics::kAlertEscalated, "告警由人工升级"},
    {topics::kAlertResolved, "告警解除"},
    {topics::kAlertGap, "告警无人可达"},
    {topics::kAlertExhausted, "告警逐级通知完毕，无人确认"},
    {topics::kChannelFailed, "通道连续失败"},
    {topics::kChannelRecovered, "通道恢复"},
    {topics::kSilenceAdded, "静默"},
    {topics::kSilenceLifted, "静默解除"},
    {topics::kRotaOverrideAdded, "排班调整"},
    {topics::kRotaLeaveAdded, "请假"},
    {topics::kRotaTemporaryAdded, "临时排班"},
    {topics::kRotaSwapAsked, "换班申请"},
    {topics::kRotaSwapAccepted, "换班有人接受"},
    {topics::kRotaSwapApproved, "换班获批"},
    {topics::kRotaSwapRefused, "换班不批准"},
    {topics::kRotaChangeWithdrawn, "排班变更撤回"},
    {topics::kRulesLoaded, "规则生效"},
    {topics::kQuarantined, "事件被隔离"},
}};

std::string find_label(std::span<const Label> labels, std::string_view code) {
  for (const Label& label : labels) {
    if (label.code == code) return std::string(label.chinese);
  }
  return std::string(code);
}

}  // namespace

std::string topic_label(std::string_view topic) {
  // Two commands tell it.
  if (topic == "order.reclassified") return "类别变更";
  for (const CommandRule& row : command_rules()) {
    if (row.topic == topic) return std::string(row.chinese);
  }
  for (const StreetCommand& row : street_commands()) {
    if (row.topic == topic) return std::string(row.chinese);
  }
  if (topic.starts_with(topics::kCommandPrefix) && topic != topics::kCommandRefused) {
    std::string_view command = topic.substr(topics::kCommandPrefix.size());
    if (is_command(command)) return "要求" + std::string(command_chinese(command));
    const StreetCommand* street = find_street_command(command);
    if (street != nullptr) return "要求" + std::string(street->chinese);
  }
  return find_label(kTopics, topic);
}

std::string class_label(std::string_view order_class) {
  if (order_class.empty()) return "未定类";
  return std::string(code_chinese(CodeSet::order_class, order_class));
}

std::string plain_text(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) out.push_back('\\');
    out.push_back(c == '\n' || c == '\r' ? ' ' : c);
  }
  return out;
}

}  // namespace jieban
