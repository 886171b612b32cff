#include <algorithm>

#include "common/domain/code_set.h"
#include "tools/jieban/ledger.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

constexpr size_t kMissesShown = 50;

const MissNote* note_of(const Ledger& ledger, const LedgerMiss& miss) {
  const auto found = ledger.notes.misses.find({miss.order_no, std::string(miss.figure)});
  return found == ledger.notes.misses.end() ? nullptr : &found->second;
}

std::string agreed_text(const MissNote* note) {
  if (note == nullptr || !note->agreed) return "未定";
  return *note->agreed ? "认可" : "不认可";
}

std::string figure_cell(const LedgerFigure& figure) {
  if (!figure.known) return "无数据";
  return format_rate(figure.rate) + " (" + std::to_string(figure.rate.met) + "/" +
         std::to_string(figure.rate.of) + ")";
}

std::string figures_text(const Ledger& ledger) {
  std::vector<std::string> headings = {"指标", "合同要求"};
  for (const LedgerPeriod& period : ledger.periods) headings.push_back(">" + period.chinese);
  headings.emplace_back("口径");
  TextTable table(headings);
  for (size_t i = 0; i < ledger.periods[0].answer.figures.size(); ++i) {
    const LedgerFigure& figure = ledger.periods[0].answer.figures[i];
    const bool promised = ledger.contract.targets.contains(std::string(figure.code));
    std::vector<std::string> cells = {std::string(figure.chinese), promised ? "100%" : "—"};
    for (const LedgerPeriod& period : ledger.periods) {
      cells.push_back(figure_cell(period.answer.figures[i]));
    }
    cells.emplace_back(figure.definition);
    table.add(std::move(cells));
  }
  return table.print();
}

std::string figure_chinese(const Ledger& ledger, std::string_view code) {
  for (const LedgerFigure& figure : ledger.periods[0].answer.figures) {
    if (figure.code == code) return std::string(figure.chinese);
  }
  return std::string(code);
}

std::string misses_text(const Ledger& ledger) {
  const auto& misses = ledger.periods[0].answer.misses;
  if (misses.empty()) return "未达标工单：无\n";
  TextTable table({"工单编号", "指标", "情况", "原因", "佐证", "甲方", "整改"});
  for (size_t i = 0; i < std::min(misses.size(), kMissesShown); ++i) {
    const LedgerMiss& miss = misses[i];
    const MissNote* note = note_of(ledger, miss);
    const bool noted = note != nullptr;
    table.add({miss.order_no, figure_chinese(ledger, miss.figure), miss.reason,
               noted ? std::string(code_chinese(CodeSet::miss_cause, note->cause)) : "未登记",
               noted ? note->evidence : "", agreed_text(note), noted ? note->rectification : ""});
  }
  std::string text = "未达标工单 " + std::to_string(misses.size()) + " 件次（合同期至今）\n";
  text += table.print();
  if (misses.size() > kMissesShown) text += "……其余用 --json 查看\n";
  return text;
}

std::string duties_text(const Ledger& ledger) {
  TextTable table({"状态", "期限", "完成", "责任方", "事项", ">金额", "依据", "说明"});
  for (const Duty& duty : ledger.duties) {
    table.add({std::string(to_chinese(duty.state)), duty.due ? to_text(*duty.due) : "—",
               duty.done ? to_text(*duty.done) : "", duty.party == "a" ? "甲方" : "乙方",
               duty.title, duty.amount_fen > 0 ? format_fen(duty.amount_fen) : "", duty.source,
               duty.note});
  }
  return table.empty() ? "" : "合同事项\n" + table.print();
}

std::string posts_text(const Ledger& ledger) {
  std::string text;
  for (const PostState& post : ledger.posts) {
    text += (text.empty() ? "岗位：" : "、") + post.title + " " +
            (post.filled ? std::to_string(*post.filled) : "未登记") + "/" +
            std::to_string(post.count);
  }
  return text.empty() ? text : text + "\n";
}

std::string penalties_text(const Ledger& ledger) {
  const RectificationCount& rectified = ledger.rectifications;
  std::string text = "累计整改 " + std::to_string(rectified.count) + " 次";
  if (rectified.limit) text += "（合同上限 " + std::to_string(*rectified.limit) + " 次）";
  text += "\n";
  for (const PenaltyEstimate& each : ledger.penalties) {
    text += "违约估算：" + each.title + " " + format_fen(each.amount_fen) + "；" + each.reason +
            "；依据：" + each.source + (each.besides.empty() ? "" : "；另：" + each.besides) + "\n";
  }
  if (ledger.penalties.empty()) text += "违约估算：目前没有触发条款\n";
  return text + "估算只供双方核对，不是法律意见\n";
}

std::string contradictions_text(const Ledger& ledger) {
  std::string text;
  for (const std::string& each : ledger.contradictions) text += "登记不一致：" + each + "\n";
  return text.empty() ? text : text + "不一致的以档案为准\n";
}

Value figure_value(const LedgerFigure& figure, const Ledger& ledger) {
  Value value;
  value.set("code", figure.code).set("name", figure.chinese);
  value.set("definition", figure.definition).set("known", figure.known);
  value.set("promised", ledger.contract.targets.contains(std::string(figure.code)));
  value.set("met", figure.rate.met).set("of", figure.rate.of);
  value.set("rate", format_rate(figure.rate));
  return value;
}

Value period_value(const LedgerPeriod& period, const Ledger& ledger) {
  Value::Array figures;
  for (const LedgerFigure& figure : period.answer.figures) {
    figures.push_back(figure_value(figure, ledger));
  }
  Value value;
  value.set("code", period.code);
  value.set("from", format_local(period.span.from)).set("to", format_local(period.span.to));
  value.set("figures", Value(std::move(figures)));
  return value;
}

Value miss_value(const Ledger& ledger, const LedgerMiss& miss) {
  const MissNote* note = note_of(ledger, miss);
  Value value;
  value.set("order_no", miss.order_no).set("figure", miss.figure).set("reason", miss.reason);
  if (note == nullptr) return value;
  value.set("cause", note->cause).set("evidence", note->evidence);
  value.set("agreed", note->agreed ? Value(*note->agreed) : Value());
  value.set("rectification", note->rectification);
  return value;
}

Value date_value(const std::optional<Date>& date) { return date ? Value(to_text(*date)) : Value(); }

Value duty_value(const Duty& duty) {
  Value value;
  value.set("id", duty.id).set("title", duty.title).set("party", duty.party);
  value.set("state", to_string(duty.state));
  value.set("due", date_value(duty.due)).set("done", date_value(duty.done));
  value.set("amount_fen", duty.amount_fen).set("source", duty.source).set("note", duty.note);
  return value;
}

Value penalty_value(const PenaltyEstimate& each) {
  Value value;
  value.set("title", each.title).set("amount_fen", each.amount_fen).set("reason", each.reason);
  value.set("besides", each.besides).set("source", each.source);
  return value;
}

Value post_value(const PostState& post) {
  Value value;
  value.set("title", post.title).set("count", post.count);
  value.set("filled", post.filled ? Value(*post.filled) : Value());
  return value;
}

template <class Items, class Make>
Value list_value(const Items& items, Make make) {
  Value::Array values;
  for (const auto& item : items) values.push_back(make(item));
  return Value(std::move(values));
}

Value rectification_value(const RectificationCount& rectified) {
  Value value;
  value.set("count", rectified.count).set("refused", rectified.refused);
  value.set("failing", rectified.failing);
  value.set("limit", rectified.limit ? Value(*rectified.limit) : Value());
  return value;
}

}  // namespace

std::string ledger_text(const Ledger& ledger) {
  const Contract& contract = ledger.contract;
  std::string text = "合同履约台账：" + contract.name + "\n甲方 " + contract.party_a + "，乙方 " +
                     contract.party_b + "，" + to_text(contract.term.first) + " 至 " +
                     to_text(contract.term.last) + "，总价 " + format_fen(contract.total_fen) +
                     "\n截至 " + to_text(ledger.as_of) + "；数据来自 " + ledger.source + "\n\n";
  text += figures_text(ledger) + "\n" + misses_text(ledger) + "\n" + duties_text(ledger) + "\n";
  text += posts_text(ledger) + penalties_text(ledger) + contradictions_text(ledger);
  if (!contract.official) {
    text += "合同文件版本 " + contract.version + "（指标口径非官方，须经甲乙双方确认）\n";
  }
  return text;
}

Value ledger_value(const Ledger& ledger) {
  Value value;
  value.set("contract", ledger.contract.name).set("version", ledger.contract.version);
  value.set("official", ledger.contract.official);
  value.set("as_of", to_text(ledger.as_of)).set("source", ledger.source);
  value.set("periods", list_value(ledger.periods, [&](const LedgerPeriod& period) {
              return period_value(period, ledger);
            }));
  value.set("misses", list_value(ledger.periods[0].answer.misses,
                                 [&](const LedgerMiss& miss) { return miss_value(ledger, miss); }));
  value.set("obligations", list_value(ledger.duties, duty_value));
  value.set("posts", list_value(ledger.posts, post_value));
  value.set("rectifications", rectification_value(ledger.rectifications));
  value.set("penalties", list_value(ledger.penalties, penalty_value));
  value.set("contradictions",
            list_value(ledger.contradictions, [](const std::string& each) { return Value(each); }));
  return value;
}

}  // namespace jieban
