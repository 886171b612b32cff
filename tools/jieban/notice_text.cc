#include "tools/jieban/notice_text.h"

#include <array>

#include "common/base/text.h"
#include "tools/site/client.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

struct Label {
  std::string_view word;
  std::string_view label;
};

constexpr std::array<Label, 9> kNoticeStates = {{{"queued", "待发"},
                                                 {"attempting", "发送中"},
                                                 {"sent", "已发"},
                                                 {"waiting", "待重试"},
                                                 {"abandoned", "已放弃"},
                                                 {"delivered", "已送达"},
                                                 {"undelivered", "未送达"},
                                                 {"cancelled", "已撤回"},
                                                 {"merged", "已并入汇总"}}};
constexpr std::array<Label, 11> kNoticeSteps = {{{"queued", "生成"},
                                                 {"attempted", "开始发送"},
                                                 {"sent", "网关已收"},
                                                 {"failed", "未成，待重试"},
                                                 {"abandoned", "放弃"},
                                                 {"delivered", "回执送达"},
                                                 {"undelivered", "回执未送达"},
                                                 {"cancelled", "撤回"},
                                                 {"merged", "并入汇总"},
                                                 {"acknowledged", "确认"},
                                                 {"answered", "答复"}}};
constexpr std::array<Label, 3> kSilenceStates = {
    {{"pending", "未开始"}, {"active", "生效中"}, {"ended", "已结束"}}};
constexpr std::array<Label, 2> kAnswers = {
    {{"taken", "已记录。\n"}, {"repeated", "先前已记录，没有变化。\n"}}};

template <size_t kCount>
std::string label_of(const std::array<Label, kCount>& labels, const std::string& word) {
  for (const Label& row : labels) {
    if (row.word == word) return std::string(row.label);
  }
  return word;
}

std::string state_of(const Value& notice) {
  return label_of(kNoticeStates, text_at(notice, "state")) +
         (boolean_at(notice, "possible_repeat") ? "（可能重复）" : "");
}

// A list may call several.
std::string persons_of(const Value& notice) {
  std::string persons = text_at(notice, "person");
  for (const Value& each : array_at(notice, "persons")) {
    if (const std::string* person = each.string())
      persons += (persons.empty() ? "" : "、") + *person;
  }
  return persons;
}

// Each reader has a link of his own, which is made on the way out and kept nowhere.
std::string words_of(const Value& notice) {
  std::string words = text_at(notice, "text");
  replace_all(words, "{link}", "（确认链接，只发给本人）");
  return words;
}

// As the operator counts, and charges, a short message.
std::string segments_of(const Value& notice) {
  const std::string segments = text_at(notice, "segments");
  return segments.empty() ? "" : segments + "（" + text_at(notice, "alphabet") + "）";
}

// An answer is that of the person called unless it says whose.
std::string step_text(const Value& step) {
  const std::string by = text_at(step, "by");
  const std::string after = text_at(step, "after");
  const std::string detail = text_at(step, "detail") + (by.empty() ? "" : "（" + by + "）");
  return text_at(step, "at") + "  " + label_of(kNoticeSteps, text_at(step, "what")) +
         (after.empty() ? "" : "（" + after + " 已先确认）") +
         (detail.empty() ? "" : "  " + printable(detail)) + "\n";
}

std::string members_text(const Value& notice) {
  TextTable table({"编号", "内容", "接收人", "告警", "状态"});
  for (const Value& each : array_at(notice, "members")) {
    table.add({text_at(each, "id"), text_at(each, "says"), text_at(each, "person"),
               text_at(each, "alert"), state_of(each)});
  }
  return table.empty() ? "" : "汇总内容\n" + table.print();
}

}  // namespace

std::vector<std::string> notice_state_words() {
  std::vector<std::string> words;
  for (const Label& state : kNoticeStates) words.emplace_back(state.word);
  return words;
}

std::string notice_list_text(const Value& page) {
  TextTable table({"时间", "工单", "接收人", "渠道", "状态", ">次数", "错误", "编号"});
  for (const Value& notice : array_at(page, "notices")) {
    table.add({text_at(notice, "created_at"), text_at(notice, "order_no"), persons_of(notice),
               text_at(notice, "channel"), state_of(notice), text_at(notice, "attempts"),
               text_at(notice, "error"), text_at(notice, "id")});
  }
  if (table.empty()) return "没有符合条件的通知。\n";
  const std::string next = text_at(page, "next");
  return table.print() + (next.empty() ? "" : "下一页：--cursor " + next + "\n");
}

std::string notice_text(const Value& notice) {
  const Value* cause = notice.find("cause");
  const std::pair<std::string, std::string> lines[] = {
      {"编号", text_at(notice, "id")},
      {"工单", text_at(notice, "order_no")},
      {"接收人", persons_of(notice)},
      {"方式", text_at(notice, "method")},
      {"渠道", text_at(notice, "channel")},
      {"告警", text_at(notice, "alert")},
      {"事由", text_at(notice, "topic")},
      {"来源",
       cause == nullptr ? "" : text_at(*cause, "stream") + " " + text_at(*cause, "sequence")},
      {"内容", words_of(notice)},
      {"状态", state_of(notice)},
      {"生成", text_at(notice, "created_at")},
      {"下次", text_at(notice, "due_at")},
      {"次数", text_at(notice, "attempts") + "（计入失败 " + text_at(notice, "failures") + "）"},
      {"错误", text_at(notice, "error")},
      {"网关编号", text_at(notice, "gateway_id")},
      {"短信条数", segments_of(notice)},
      {"回执期限", text_at(notice, "receipt_by")},
      {"汇总", text_at(notice, "digest")}};
  std::string text;
  for (const auto& [label, value] : lines) {
    if (!value.empty()) text += label + "  " + printable(value) + "\n";
  }
  for (const Value& step : array_at(notice, "steps")) text += step_text(step);
  return text + members_text(notice);
}

std::string silence_list_text(const Value& answer) {
  TextTable table({"编号", "状态", "匹配", "开始", "结束", "建立人", "解除人", "原因"});
  for (const Value& silence : array_at(answer, "silences")) {
    table.add({text_at(silence, "id"), label_of(kSilenceStates, text_at(silence, "state")),
               text_at(silence, "matchers"), text_at(silence, "starts_at"),
               text_at(silence, "ends_at"), text_at(silence, "created_by"),
               text_at(silence, "lifted_by"), text_at(silence, "reason")});
  }
  return table.empty() ? "没有静默。\n" : table.print();
}

std::string input_answer_text(const Value& answer) {
  const std::string id = text_at(answer, "id");
  return (id.empty() ? "" : id + "  ") + label_of(kAnswers, text_at(answer, "answer"));
}

}  // namespace jieban
