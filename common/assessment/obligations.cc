#include "common/assessment/obligations.h"

#include <array>

namespace jieban {
namespace {

using std::chrono::days;

struct StateName {
  std::string_view code;
  std::string_view chinese;
};
constexpr std::array<StateName, 7> kStates = {{{"waiting", "待触发"},
                                               {"unknown", "无法推算"},
                                               {"upcoming", "未到期"},
                                               {"due_soon", "即将到期"},
                                               {"overdue", "逾期"},
                                               {"done", "已完成"},
                                               {"done_late", "逾期完成"}}};

DutyState state_of(const Duty& duty, Date as_of) {
  const bool done = duty.done && *duty.done <= as_of;
  if (done) return duty.due && *duty.done > *duty.due ? DutyState::done_late : DutyState::done;
  if (!duty.due) return DutyState::waiting;
  if (*duty.due < as_of) return DutyState::overdue;
  return *duty.due <= as_of + days(kSoonDays) ? DutyState::due_soon : DutyState::upcoming;
}

class Dates {
 public:
  Dates(const Contract& contract, const LedgerNotes& notes, const AddWorkdays& add_workdays)
      : contract_(contract), notes_(notes), add_workdays_(add_workdays) {}

  // Sets the duty's date, or notes why there is none; false when it cannot be told.
  bool date(const DueRule& rule, Duty& duty) const {
    duty.due = rule.on;
    if (rule.on) return true;
    const std::string& name = anchor_name(rule);
    const auto anchor = rule.before.empty() ? event(name) : of_duty(name);
    if (!anchor) {
      duty.note = "等待：" + name;
      return true;
    }
    const int sign = rule.after.empty() ? -1 : 1;
    auto date = shifted(*anchor, rule, sign);
    if (date.ok()) duty.due = *date;
    if (!date.ok()) duty.note = date.error().message;
    return date.ok();
  }

  void keep(const Duty& duty) { known_[duty.id] = duty.due; }

 private:
  static const std::string& anchor_name(const DueRule& rule) {
    if (!rule.after.empty()) return rule.after;
    return rule.before.empty() ? rule.before_event : rule.before;
  }

  std::optional<Date> event(const std::string& name) const {
    if (name == "signed") return contract_.signed_on;
    if (name == "term_start") return contract_.term.first;
    if (name == "term_end") return contract_.term.last;
    const auto found = notes_.events.find(name);
    return found == notes_.events.end() ? std::nullopt : std::optional(found->second);
  }

  std::optional<Date> of_duty(const std::string& id) const {
    const auto found = known_.find(id);
    return found == known_.end() ? std::nullopt : found->second;
  }

  Result<Date> shifted(Date anchor, const DueRule& rule, int sign) const {
    if (rule.months > 0) return shift_months(anchor, sign * int(rule.months));
    if (rule.days > 0) return anchor + days(sign * int(rule.days));
    return add_workdays_(anchor, sign * int64_t(rule.workdays));
  }

  const Contract& contract_;
  const LedgerNotes& notes_;
  const AddWorkdays& add_workdays_;
  std::map<std::string, std::optional<Date>> known_;
};

void add_replacements(const Contract& contract, const LedgerNotes& notes, Date as_of,
                      std::vector<Duty>& all) {
  for (const Replacement& each : notes.replacements) {
    Duty duty;
    duty.id = "replacement";
    duty.title = "更换人员：" + each.post;
    duty.party = "b";
    duty.done = each.done;
    if (contract.replacement_days) {
      duty.due = each.demanded + days(int(*contract.replacement_days));
      duty.source = "合同人员条款：" + std::to_string(*contract.replacement_days) + "日内更换";
    } else {
      duty.note = "合同没有约定更换期限";
    }
    duty.state = state_of(duty, as_of);
    all.push_back(std::move(duty));
  }
}

void add_rectifications(const LedgerNotes& notes, Date as_of, std::vector<Duty>& all) {
  for (const Rectification& each : notes.rectifications) {
    Duty duty;
    duty.id = each.id;
    duty.title = "整改：" + each.text;
    duty.party = "b";
    duty.due = each.due;
    duty.done = each.done;
    if (each.refused) duty.note = "拒不整改";
    if (!each.due) duty.note += duty.note.empty() ? "没有约定期限" : "；没有约定期限";
    duty.state = state_of(duty, as_of);
    all.push_back(std::move(duty));
  }
}

uint64_t share_of(uint64_t fen, uint64_t permille) { return (fen * permille + 500) / 1000; }

// How many misses of the promised figures stand, by what the parties have noted.
size_t standing(const Contract& contract, const LedgerNotes& notes,
                const std::vector<LedgerMiss>& misses) {
  size_t count = 0;
  for (const LedgerMiss& miss : misses) {
    const std::string figure(miss.figure);
    if (!contract.targets.contains(figure)) continue;
    const auto note = notes.misses.find({miss.order_no, figure});
    if (note == notes.misses.end() || !note->second.excused()) ++count;
  }
  return count;
}

}  // namespace

std::string_view to_string(DutyState state) { return kStates[size_t(state)].code; }
std::string_view to_chinese(DutyState state) { return kStates[size_t(state)].chinese; }

std::vector<Duty> duties(const Contract& contract, const LedgerNotes& notes, Date as_of,
                         const AddWorkdays& add_workdays) {
  std::vector<Duty> all;
  Dates dates(contract, notes, add_workdays);
  for (const Obligation& each : contract.obligations) {
    Duty duty;
    duty.id = each.id;
    duty.title = each.title;
    duty.party = each.party;
    duty.amount_fen = each.amount_fen;
    duty.source = each.source;
    const bool known = dates.date(each.due, duty);
    dates.keep(duty);
    const auto done = notes.done.find(each.id);
    if (done != notes.done.end()) {
      duty.done = done->second.on;
      duty.note = done->second.evidence;
    }
    duty.state = state_of(duty, as_of);
    if (!known && duty.state == DutyState::waiting) duty.state = DutyState::unknown;
    all.push_back(std::move(duty));
  }
  add_replacements(contract, notes, as_of, all);
  add_rectifications(notes, as_of, all);
  return all;
}

std::vector<PostState> posts(const Contract& contract, const LedgerNotes& notes) {
  std::vector<PostState> states;
  for (const Post& post : contract.posts) {
    const auto found = notes.filled.find(post.title);
    states.push_back({post.title, post.count,
                      found == notes.filled.end() ? std::nullopt : std::optional(found->second)});
  }
  return states;
}

RectificationCount count_rectifications(const Contract& contract, const LedgerNotes& notes,
                                        Date as_of) {
  RectificationCount all;
  all.limit = contract.rectification_limit;
  for (const Rectification& each : notes.rectifications) {
    if (each.demanded > as_of) continue;
    ++all.count;
    if (each.refused) ++all.refused;
    const bool done = each.done && *each.done <= as_of;
    if (!done && each.due && *each.due < as_of) ++all.failing;
  }
  return all;
}

std::vector<PenaltyEstimate> penalties(const Contract& contract, const LedgerNotes& notes,
                                       const std::vector<LedgerMiss>& misses, Date as_of) {
  const size_t missed = standing(contract, notes, misses);
  const RectificationCount rectified = count_rectifications(contract, notes, as_of);
  const bool too_many = rectified.limit && rectified.count >= *rectified.limit;
  const bool broken = too_many || rectified.refused > 0 || rectified.failing > 0;
  std::vector<PenaltyEstimate> all;
  for (const PenaltyRule& rule : contract.penalties) {
    if (rule.by_rectifications ? !broken : missed == 0) continue;
    PenaltyEstimate estimate{
        rule.title, share_of(contract.total_fen, rule.permille), rule.besides, rule.source, {}};
    estimate.reason = rule.by_rectifications
                          ? "整改 " + std::to_string(rectified.count) + " 次，拒绝 " +
                                std::to_string(rectified.refused) + " 次，逾期未完成 " +
                                std::to_string(rectified.failing) + " 次"
                          : "未达 100% 的工单 " + std::to_string(missed) +
                                " 件次（不含双方认可的不可抗力和上游原因）";
    all.push_back(std::move(estimate));
  }
  return all;
}

std::string format_fen(uint64_t fen) {
  std::string yuan = std::to_string(fen / 100);
  for (size_t at = yuan.size(); at > 3; at -= 3) yuan.insert(at - 3, ",");
  const std::string cents = std::to_string(fen % 100);
  return "¥" + yuan + (cents.size() == 1 ? ".0" : ".") + cents;
}

}  // namespace jieban
