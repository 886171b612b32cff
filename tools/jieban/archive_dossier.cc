#include "tools/jieban/archive_dossier.h"

#include <algorithm>
#include <array>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "common/domain/code_set.h"
#include "common/domain/command_argument.h"
#include "common/domain/record_kind.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct Column {
  std::string_view key;
  std::string_view chinese;
};

constexpr std::array<Column, 19> kColumns = {{
    {"order_no", "工单编号"},
    {"round", "轮次"},
    {"order_type", "工单类型"},
    {"class_label", "类别"},
    {"state_label", "状态"},
    {"category", "问题分类"},
    {"community", "社区"},
    {"lead_unit", "主办单位"},
    {"created_at", "创建时间"},
    {"city_dispatched_at", "市级派单时间"},
    {"received_at", "收到时间"},
    {"signed_at", "签收时间"},
    {"dispatched_at", "派单时间"},
    {"handed_in_at", "提交材料时间"},
    {"submitted_at", "提交时间"},
    {"due_at", "办理时限"},
    {"caller_told_at", "反馈诉求人时间"},
    {"hotline_told_at", "反馈热线时间"},
    {"completed_at", "办结时间"},
}};

std::string row_of(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& each : cells) row += " " + table_cell(each) + " |";
  return row + "\n";
}

// Of an entry of the timeline: the open arguments of the command, in Chinese.
std::string arguments_text(const Value& entry) {
  const Value* payload = entry.find("payload");
  const Value* arguments = payload == nullptr ? nullptr : payload->find("arguments");
  if (arguments == nullptr || arguments->object() == nullptr) return "";
  std::string text;
  for (const auto& [name, value] : *arguments->object()) {
    const CommandArgument* known = find_argument(name);
    const std::string label = name == kSealedFields ? "密封文字"
                              : known == nullptr    ? name
                                                    : std::string(known->chinese);
    if (!text.empty()) text += "；";
    text += label + "：" + scalar_text(value);
  }
  return text;
}

std::string argument_of(const Value& entry, std::string_view name) {
  const Value* payload = entry.find("payload");
  const Value* arguments = payload == nullptr ? nullptr : payload->find("arguments");
  return arguments == nullptr ? "" : text_at(*arguments, name);
}

std::string role_of(const Value& entry) {
  const Value* payload = entry.find("payload");
  return payload == nullptr ? "" : text_at(*payload, "role");
}

std::string course_page(const Value& view) {
  std::string text =
      "# 办理经过\n\n链上序号是档案哈希链中的编号，可用 jieban stream verify 核对。\n\n"
      "| 时间 | 事项 | 操作人 | 来源 | 链上序号 |\n|---|---|---|---|---:|\n";
  for (const Value& entry : array_at(view, "timeline")) {
    text += row_of({text_at(entry, "at"), text_at(entry, "label"), text_at(entry, "actor"),
                    text_at(entry, "stream") + " " + std::to_string(integer_at(entry, "sequence")),
                    std::to_string(integer_at(entry, "number"))});
  }
  return text;
}

std::string records_page(const Value& view) {
  std::string text = "# 办理记录\n";
  for (const RecordKind& kind : record_kinds()) {
    std::string rows;
    for (const Value& entry : array_at(view, "timeline")) {
      if (record_kind_of(text_at(entry, "topic")) != kind.kind) continue;
      rows += row_of({text_at(entry, "at"), text_at(entry, "label"), text_at(entry, "actor"),
                      role_of(entry), arguments_text(entry)});
    }
    if (rows.empty()) continue;
    text += "\n## " + std::string(kind.chinese) +
            "\n\n| 时间 | 事项 | 操作人 | 岗位 | 内容 |\n|---|---|---|---|---|\n" + rows;
  }
  return text;
}

// "04_佐证材料 第2件", or that it is sealed in the archive only.
std::string place_of(const std::string& hash, const DossierContent& content) {
  for (size_t i = 0; i < content.evidence.size(); ++i) {
    if (to_hex(sha256(content.evidence[i].bytes)) != hash) continue;
    return "04_佐证材料 第" + std::to_string(i + 1) + "件";
  }
  return "仅存档案（密封）";
}

std::string attachments_page(const Value& view, const DossierContent& content) {
  std::string text =
      "# 密封附件清单\n\nSHA-256 是原件内容的哈希；原件密封在收件端，用 jieban attachment get "
      "取出并留痕。\n\n"
      "| 添加时间 | 种类 | 媒体类型 | 字节 | 形成时间 | SHA-256 | 原件 |\n"
      "|---|---|---|---:|---|---|---|\n";
  for (const Value& entry : array_at(view, "timeline")) {
    if (record_kind_of(text_at(entry, "topic")) != "attachment") continue;
    const std::string hash = argument_of(entry, "attachment");
    const std::string kind = argument_of(entry, "attachment_kind");
    text += row_of({text_at(entry, "at"), std::string(code_chinese(CodeSet::attachment_kind, kind)),
                    argument_of(entry, "media_type"), argument_of(entry, "bytes"),
                    argument_of(entry, "taken_at"), hash, place_of(hash, content)});
  }
  return text;
}

}  // namespace

void add_archive(const Value& view, DossierContent& content) {
  const Value* order = view.find("order");
  if (order != nullptr && content.order.empty()) {
    for (const Column& column : kColumns) {
      const Value* value = order->find(column.key);
      const std::string text = value == nullptr ? "" : scalar_text(*value);
      if (!text.empty()) content.order.emplace_back(column.chinese, text);
    }
    content.also_missing.emplace_back("工单原文的诉求内容（档案中密封）");
  }
  if (boolean_at(view, "timeline_cut")) content.also_missing.emplace_back("办理经过的后段（过长）");
  content.more.push_back({"06_办理经过.md", "course", course_page(view)});
  content.more.push_back({"07_办理记录.md", "records", records_page(view)});
  content.more.push_back(
      {"08_密封附件清单.md", "sealed_attachments", attachments_page(view, content)});
}

}  // namespace jieban
