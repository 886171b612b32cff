#include "tools/jieban/rota_change_text.h"

#include <array>

#include "tools/site/client.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

struct ChangeWord {
  std::string_view word;
  std::string_view chinese;
};

constexpr std::array<ChangeWord, 10> kChangeWords = {{{"override", "调整"},
                                                      {"leave", "请假"},
                                                      {"swap", "换班"},
                                                      {"temporary", "临时排班"},
                                                      {"asked", "待接受"},
                                                      {"accepted", "待批准"},
                                                      {"in_force", "生效"},
                                                      {"refused", "不批准"},
                                                      {"withdrawn", "已撤回"},
                                                      {"lapsed", "已过期"}}};

std::string in_chinese(const std::string& word) {
  for (const ChangeWord& row : kChangeWords) {
    if (row.word == word) return std::string(row.chinese);
  }
  return word;
}

// "坐席甲→坐席乙", whoever they are in this kind of change.
std::string persons_of(const Value& change) {
  const std::string kind = text_at(change, "kind");
  if (kind == "leave") return text_at(change, "person_name");
  if (kind == "swap") {
    std::string taker = text_at(change, "accepted_by_name");
    if (taker.empty()) taker = text_at(change, "taker_name");
    return text_at(change, "asked_by_name") + "→" + (taker.empty() ? "（待接）" : taker);
  }
  std::string text = text_at(change, "remove_name");
  if (!text.empty()) text = "减" + text + " ";
  if (!text_at(change, "add_name").empty()) text += "加" + text_at(change, "add_name");
  return text;
}

// Who signed last, and why.
std::string last_word_of(const Value& change) {
  for (const char* name : {"withdrawn", "decided", "accepted", "asked"}) {
    const std::string by = text_at(change, std::string(name) + "_by_name");
    if (by.empty()) continue;
    const std::string reason = text_at(change, std::string(name) + "_reason");
    return by + " " + text_at(change, std::string(name) + "_at") +
           (reason.empty() ? "" : "：" + printable(reason));
  }
  return {};
}

std::string warnings_text(const Value& change) {
  std::string text;
  for (const Value& line : array_at(change, "warnings")) {
    text += "注意：" + scalar_text(line) + "\n";
  }
  return text;
}

}  // namespace

std::string rota_answer_text(const Value& answer) {
  const bool repeated = text_at(answer, "answer") == "repeated";
  std::string text = (repeated ? "先前已记录，没有变化：" : "已记录：") + text_at(answer, "id");
  const Value* change = answer.find("change");
  if (change == nullptr) return text + "\n";
  return text + "（" + in_chinese(text_at(*change, "state")) + "）\n" + warnings_text(*change);
}

std::string rota_changes_text(const Value& answer) {
  TextTable table({"编号", "种类", "状态", "排班", "人员", "开始", "结束", "最近经手"});
  for (const Value& change : array_at(answer, "changes")) {
    table.add({text_at(change, "id"), in_chinese(text_at(change, "kind")),
               in_chinese(text_at(change, "state")), text_at(change, "rota"), persons_of(change),
               text_at(change, "from"), text_at(change, "until"), last_word_of(change)});
  }
  return table.empty() ? "没有符合条件的排班变更。\n" : table.print();
}

}  // namespace jieban
