#include "common/domain/record_kind.h"

#include <algorithm>
#include <array>

#include "common/domain/handover.h"

namespace jieban {
namespace {

constexpr std::array<RecordKind, 21> kKinds = {{
    {"return", "退单"},         {"bounce", "部门退回"},     {"rejection", "驳回"},
    {"extension", "延期"},      {"contact", "联系记录"},    {"stage_report", "阶段性报告"},
    {"audit", "材料审核"},      {"feedback", "反馈"},       {"street_visit", "街道回访"},
    {"city_visit", "市级回访"}, {"review", "复盘"},         {"hard_case", "疑难台账"},
    {"whistle", "吹哨报到"},    {"appeal", "考核申诉"},     {"attachment", "附件"},
    {"hand_in", "提交材料"},    {"miss", "未达标原因"},     {"rectification", "整改"},
    {"handover", "交接班"},     {"shift_note", "值班记事"}, {"handover_reading", "交接班查阅"},
}};

struct Row {
  std::string_view topic;
  std::string_view kind;
};

constexpr std::array<Row, 37> kTopics = {{
    {"order.return_drafted", "return"},
    {"order.return_requested", "return"},
    {"order.returned", "return"},
    {"order.return_refused", "return"},
    {"order.bounced", "bounce"},
    {"order.assignment_bounced", "bounce"},
    {"order.rejected", "rejection"},
    {"order.redone", "rejection"},
    {"order.extension_requested", "extension"},
    {"order.extension_approved", "extension"},
    {"order.extension_refused", "extension"},
    {"order.contacted", "contact"},
    {"order.stage_reported", "stage_report"},
    {"order.handed_in", "hand_in"},
    {"order.audit_failed", "audit"},
    {"order.audit_passed", "audit"},
    {"order.fed_back", "feedback"},
    {"order.street_visited", "street_visit"},
    {"order.visited", "city_visit"},
    {"order.reviewed", "review"},
    {"order.hard_case_registered", "hard_case"},
    {"order.whistled", "whistle"},
    {"order.whistle_arrived", "whistle"},
    {"order.appeal_submitted", "appeal"},
    {"order.appeal_decided", "appeal"},
    {"order.attachment_added", "attachment"},
    {"order.miss_noted", "miss"},
    {"order.rectification_demanded", "rectification"},
    {"order.rectification_done", "rectification"},
    {"order.rectification_refused", "rectification"},
    {"handover.signed_out", "handover"},
    {"handover.signed_in", "handover"},
    {"handover.withdrawn", "handover"},
    {"handover.overridden", "handover"},
    {"handover.reviewed", "handover"},
    {"handover.noted", "shift_note"},
    {kHandoverReadTopic, "handover_reading"},
}};

}  // namespace

std::span<const RecordKind> record_kinds() { return kKinds; }

std::string_view record_kind_of(std::string_view topic) {
  auto found = std::ranges::find(kTopics, topic, &Row::topic);
  return found == kTopics.end() ? std::string_view() : found->kind;
}

bool is_record_kind(std::string_view kind) {
  return std::ranges::find(kKinds, kind, &RecordKind::kind) != kKinds.end();
}

std::string record_kind_names() {
  std::string names;
  for (const RecordKind& row : kKinds) {
    if (!names.empty()) names += ", ";
    names += row.kind;
  }
  return names;
}

}  // namespace jieban
