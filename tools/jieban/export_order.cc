#include "tools/jieban/export_order.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <variant>

#include "common/base/text.h"
#include "common/domain/words.h"

namespace jieban {
namespace {

using Time = std::optional<Timestamp> ExportOrder::*;
using Flag = std::optional<bool> ExportOrder::*;
using Text = std::string ExportOrder::*;
using VisitFlag = bool Visit::*;
using SolvedWord = Solved Visit::*;
using SatisfiedWord = Satisfied Visit::*;
using Member = std::variant<Text, Time, Flag, VisitFlag, SolvedWord, SatisfiedWord>;

struct Reading {
  std::string_view field;
  Member member;
  std::string_view chinese;
};

// Where two fields fill one member, the later one counts.
const std::array kReadings = std::to_array<Reading>({
    {"order_no", &ExportOrder::order_no, "工单编号"},
    {"order_type", &ExportOrder::order_type, "工单类型"},
    {"title", &ExportOrder::title, "标题"},
    {"content", &ExportOrder::content, "主要内容"},
    {"cat1", &ExportOrder::category, "一级问题分类"},
    {"cat_path", &ExportOrder::category, "问题分类"},
    {"street", &ExportOrder::street, "街道"},
    {"community", &ExportOrder::community, "社区"},
    {"lead_unit", &ExportOrder::lead_unit, "承办单位"},
    {"special_case", &ExportOrder::special_case, "不纳入考核情形"},
    {"objective_basis", &ExportOrder::objective_basis, "客观限制依据"},
    {"called_at", &ExportOrder::created_at, "来电时间"},
    {"created_at_city", &ExportOrder::created_at, "创建时间"},
    {"dispatched_at", &ExportOrder::dispatched_at, "派单时间"},
    {"due_at", &ExportOrder::due_at, "办理时限"},
    {"extended_due_at", &ExportOrder::extended_due_at, "延期后时限"},
    {"signed_at", &ExportOrder::signed_at, "签收时间"},
    {"forwarded_at", &ExportOrder::forwarded_at, "转办时间"},
    {"submitted_at", &ExportOrder::submitted_at, "提交时间"},
    {"completed_at", &ExportOrder::completed_at, "办结时间"},
    {"caller_told_at", &ExportOrder::caller_told_at, "反馈诉求人时间"},
    {"hotline_told_at", &ExportOrder::hotline_told_at, "反馈热线时间"},
    {"visit_at", &ExportOrder::visit_at, "回访时间"},
    {"evidence_at", &ExportOrder::evidence_at, "办结佐证时间"},
    {"in_assessment", &ExportOrder::in_assessment, "是否纳入考核"},
    {"returned", &ExportOrder::returned, "是否退单"},
    {"cancelled", &ExportOrder::cancelled, "是否撤单"},
    {"self_answered", &ExportOrder::self_answered, "是否直接答复"},
    {"needs_forward", &ExportOrder::needs_forward, "是否需转办"},
    {"rejected", &ExportOrder::rejected, "是否驳回"},
    {"repeat_without_new_facts", &ExportOrder::repeat_without_new_facts, "重复无新事实"},
    {"unreachable_proved", &ExportOrder::unreachable_proved, "联系不上有佐证"},
    {"visit_valid", &Visit::valid, "是否有效回访"},
    {"visit_contacted", &Visit::contacted, "是否联系"},
    {"visit_solved", &Visit::solved, "是否解决"},
    {"visit_satisfied", &Visit::satisfied, "是否满意"},
});

struct SolvedMeaning {
  std::string_view word;
  Solved meaning;
};
constexpr std::array<SolvedMeaning, 3> kSolved = {
    {{"solved", Solved::solved}, {"partial", Solved::partial}, {"unsolved", Solved::unsolved}}};
struct SatisfiedMeaning {
  std::string_view word;
  Satisfied meaning;
};
constexpr std::array<SatisfiedMeaning, 4> kSatisfied = {{{"satisfied", Satisfied::satisfied},
                                                         {"basic", Satisfied::basic},
                                                         {"unsatisfied", Satisfied::unsatisfied},
                                                         {"not_rated", Satisfied::not_rated}}};

template <class Meanings, class Out>
bool read_word(std::string_view field, std::string_view text, const Meanings& meanings, Out& out) {
  const auto word = find_word(*find_words(field), text);
  if (!word) return false;
  for (const auto& each : meanings) {
    if (each.word == *word) out = each.meaning;
  }
  return true;
}

// Reads one cell into its member; false when it cannot be understood.
class CellReader {
 public:
  CellReader(const Reading& reading, std::string_view text, DateStyle dates, ExportOrder& order)
      : reading_(reading), text_(text), dates_(dates), order_(order) {}

  bool operator()(Text member) const {
    order_.*member = clean_line(text_);
    return true;
  }
  bool operator()(Time member) const {
    auto at = parse_date_text(text_, dates_);
    if (at.ok()) order_.*member = *at;
    return at.ok();
  }
  bool operator()(Flag member) const {
    order_.*member = find_flag(clean_code(text_));
    return (order_.*member).has_value();
  }
  bool operator()(VisitFlag member) const {
    const auto flag = find_flag(clean_code(text_));
    order_.visit.*member = flag.value_or(false);
    return flag.has_value();
  }
  bool operator()(SolvedWord member) const {
    return read_word(reading_.field, clean_code(text_), kSolved, order_.visit.*member);
  }
  bool operator()(SatisfiedWord member) const {
    return read_word(reading_.field, clean_code(text_), kSatisfied, order_.visit.*member);
  }

 private:
  const Reading& reading_;
  std::string_view text_;
  DateStyle dates_;
  ExportOrder& order_;
};

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

const Reading* find_reading(std::string_view field) {
  const auto found = std::find_if(kReadings.begin(), kReadings.end(),
                                  [&](const Reading& r) { return r.field == field; });
  return found == kReadings.end() ? nullptr : &*found;
}

Result<void> check_columns(const ExportTable& table,
                           const std::vector<std::string_view>& required) {
  std::string missing;
  for (std::string_view field : required) {
    if (table.has(field)) continue;
    const Reading* reading = find_reading(field);
    missing += missing.empty() ? "" : "、";
    missing += reading == nullptr ? field : reading->chinese;
  }
  if (missing.empty()) return {};
  return invalid("第 " + std::to_string(table.header_line) + " 行的表头缺少：" + missing +
                 "；列名不同时请在 aliases.yaml 或 columns.yaml 中补充");
}

// The reason why the row cannot be used; empty when it can.
std::string read_row(const ExportTable& table, const ExportRow& row,
                     const std::vector<const Reading*>& readings, ExportOrder& order) {
  order.line = row.line;
  for (const Reading* reading : readings) {
    const std::string_view text = trim(table.text(row, reading->field));
    if (text.empty() || is_placeholder(text)) continue;
    const CellReader cell(*reading, text, table.dates, order);
    if (!std::visit(cell, reading->member)) {
      return std::string(reading->chinese) + "的内容无法识别";
    }
  }
  return {};
}

}  // namespace

bool ExportOrders::has(std::string_view field) const {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

Result<ExportOrders> read_orders(ExportTable table, const std::vector<std::string_view>& required,
                                 const std::vector<std::string_view>& wanted) {
  RETURN_IF_ERROR(check_columns(table, required));
  std::vector<const Reading*> readings;
  ExportOrders read;
  for (const Reading& reading : kReadings) {
    if (!table.has(reading.field)) continue;
    read.fields.emplace_back(reading.field);
    if (wanted.empty() || contains(wanted, reading.field) || contains(required, reading.field)) {
      readings.push_back(&reading);
    }
  }
  read.faults = std::move(table.faults);
  std::unordered_map<std::string, size_t> lines;
  for (const ExportRow& row : table.rows) {
    ExportOrder order;
    std::string reason = read_row(table, row, readings, order);
    if (reason.empty() && !order.order_no.empty()) {
      const auto [first, fresh] = lines.try_emplace(order.order_no, row.line);
      if (!fresh) reason = "工单编号与第 " + std::to_string(first->second) + " 行重复，不重复计算";
    }
    if (reason.empty()) {
      read.orders.push_back(std::move(order));
    } else {
      read.faults.push_back({row.line, std::move(reason)});
    }
  }
  std::stable_sort(read.faults.begin(), read.faults.end(),
                   [](const RowFault& a, const RowFault& b) { return a.line < b.line; });
  return read;
}

}  // namespace jieban
