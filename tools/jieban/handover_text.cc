#include "tools/jieban/handover_text.h"

#include <array>

#include "common/domain/code_set.h"
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

}  // namespace

std::string handover_list_text(const Value& answer) {
  TextTable table({"编号", "班次", "交班签字", "接班签字", "撤回", "审阅", "哈希"});
  for (const Value& each : array_at(answer, "handovers")) {
    table.add({std::to_string(integer_at(each, "handover")),
               text_at(each, "shift_out") + "→" + text_at(each, "shift_in"),
               mark_text(each, "signed_out"), mark_text(each, "signed_in"),
               mark_text(each, "withdrawn"), mark_text(each, "reviewed"), intact_text(each)});
  }
  return table.empty() ? "这段时间没有交接班。\n" : table.print();
}

std::string handover_text(const Value& handover) {
  std::string text = text_at(handover, "log") + "\n";
  text += "哈希：" + text_at(handover, "log_hash") + "（" + intact_text(handover) + "）\n";
  for (const Mark& mark : kMarks) {
    text += std::string(mark.chinese) + "：" + mark_text(handover, mark.name) + "\n";
  }
  for (const Value& note : array_at(handover, "notes")) {
    text += "记事：" + text_at(note, "at") + " " + text_at(note, "by") + " " +
            std::string(code_chinese(CodeSet::note_kind, text_at(note, "kind"))) + "\n";
  }
  return text;
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
