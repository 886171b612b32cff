#include "tools/jieban/handover_text.h"

#include <array>

#include "common/domain/code_set.h"
#include "common/domain/command_argument.h"
#include "common/domain/role.h"
#include "common/domain/street_command.h"
#include "tools/site/client.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

struct Mark {
  const char* name;  // of the members "<name>_by" and "<name>_at"
  std::string_view chinese;
};
constexpr std::array<Mark, 4> kMarks = {{{"signed_out", "交班签字"},
                                         {"signed_in", "接班签字"},
                                         {"withdrawn", "撤回"},
                                         {"reviewed", "审阅"}}};

std::string mark_text(const Value& handover, const char* name) {
  const std::string at = text_at(handover, std::string(name) + "_at");
  return at.empty() ? "—" : at + " " + text_at(handover, std::string(name) + "_by");
}

std::string intact_text(const Value& handover) {
  return boolean_at(handover, "intact") ? "一致" : "不一致";
}

struct WatchState {
  std::string_view code;
  std::string_view chinese;
};
constexpr std::array<WatchState, 2> kStates = {{{"on_watch", "值守中"}, {"signed_out", "待接班"}}};

std::string state_text(const std::string& code) {
  for (const WatchState& row : kStates) {
    if (row.code == code) return std::string(row.chinese);
  }
  return code;
}

std::string written_name(const std::string& name) {
  const CommandArgument* known = find_argument(name);
  return known == nullptr ? "内容" : std::string(known->chinese);
}

// What was written may have lines of its own.
std::string written_lines(const std::string& text) {
  std::string out;
  for (char c : text) {
    out.push_back(c);
    if (c == '\n') out += "    ";
  }
  return out;
}

std::string written_text(const Value& handover) {
  std::string text;
  for (const Value& part : array_at(handover, "written")) {
    text += "手写（" + text_at(part, "label") + "）：" + text_at(part, "at") + " " +
            text_at(part, "by") + "\n";
    const Value* texts = part.find("texts");
    if (texts == nullptr || texts->object() == nullptr) {
      text += "  " + text_at(part, "why") + "\n";
      continue;
    }
    for (const auto& [name, value] : *texts->object()) {
      text += "  " + written_name(name) + "：" + written_lines(scalar_text(value)) + "\n";
    }
  }
  const std::string refused = text_at(handover, "written_refused");
  return refused.empty() ? text : text + "手写内容未显示：" + refused + "\n";
}

// Of the second signature; that of the first one stands in the log.
std::string release_text(const Value& handover) {
  const std::string by = text_at(handover, "signed_in_released_by");
  if (by.empty()) return "";
  std::string named;
  for (const Value& order_no : array_at(handover, "signed_in_released")) {
    named += (named.empty() ? "" : "、") + scalar_text(order_no);
  }
  return "接班放行：" + named + "，批准人 " + by + "\n";
}

// Who let the signatures pass, "" when nobody had to.
std::string releasers_text(const Value& handover) {
  std::string first = text_at(handover, "released_by");
  const std::string second = text_at(handover, "signed_in_released_by");
  if (first == second || second.empty()) return first;
  return first.empty() ? second : first + "、" + second;
}

std::string readings_text(const Value& handover) {
  std::string text;
  for (const Value& each : array_at(handover, "readings")) {
    Role role{};
    const std::string code = text_at(each, "role");
    text += "查阅：" + text_at(each, "at") + " " + text_at(each, "by") + " " +
            (from_string(code, role) ? std::string(to_chinese(role)) : code) + "\n";
  }
  return text;
}

}  // namespace

std::string handover_list_text(const Value& answer) {
  TextTable table({"编号", "班次", "交班签字", "接班签字", "撤回", "审阅", "放行", "哈希"});
  for (const Value& each : array_at(answer, "handovers")) {
    table.add({std::to_string(integer_at(each, "handover")),
               text_at(each, "shift_out") + "→" + text_at(each, "shift_in"),
               mark_text(each, "signed_out"), mark_text(each, "signed_in"),
               mark_text(each, "withdrawn"), mark_text(each, "reviewed"), releasers_text(each),
               intact_text(each)});
  }
  return table.empty() ? "这段时间没有交接班。\n" : table.print();
}

std::string handover_text(const Value& handover) {
  std::string text = text_at(handover, "log") + "\n";
  text += "哈希：" + text_at(handover, "log_hash") + "（" + intact_text(handover) + "）\n";
  for (const Mark& mark : kMarks) {
    text += std::string(mark.chinese) + "：" + mark_text(handover, mark.name) + "\n";
  }
  text += release_text(handover);
  for (const Value& note : array_at(handover, "notes")) {
    text += "记事：" + text_at(note, "at") + " " + text_at(note, "by") + " " +
            std::string(code_chinese(CodeSet::note_kind, text_at(note, "kind"))) + "\n";
  }
  return text + written_text(handover) + readings_text(handover);
}

std::string street_command_text(std::string_view command, const Value& answer) {
  const StreetCommand* known = find_street_command(command);
  const std::string what(known == nullptr ? command : known->chinese);
  const std::string outcome = text_at(answer, "outcome");
  if (outcome == "done")
    return what + "：完成，现为“" + state_text(text_at(answer, "state")) + "”。\n";
  if (outcome == "refused") return what + "：被拒绝。" + text_at(answer, "reason") + "\n";
  return what + "：已受理，尚无结果。稍后用同一幂等键再次执行即可得知结果。\n";
}

}  // namespace jieban
