#include "daemons/notifier/duty/duty_guards.h"

#include <algorithm>
#include <array>
#include <span>

#include "daemons/notifier/duty/swap_checks.h"

namespace jieban {
namespace {

constexpr size_t kDutyIdBytesMax = 40;

Error no_to(std::string reason) { return {ErrorCode::refused, std::move(reason)}; }

Result<void> check_known(const RotaBook& book, const PersonId& person) {
  if (book.find_person(person) != nullptr) return {};
  return Error{ErrorCode::not_found, "名册中没有这个人：" + person};
}

Result<void> check_known(const RotaBook& book, const std::optional<PersonId>& person) {
  return person ? check_known(book, *person) : Result<void>();
}

// Whose a step is, by role, and how they are called.
struct Leaders {
  std::span<const char* const> roles;
  const char* chinese;
};
constexpr std::array<const char*, 2> kDeciderRoles = {kLeaderRole, kStreetLeaderRole};
// Who moves duty without anybody's consent.
constexpr Leaders kArranging{std::span(kDeciderRoles).first(1), "班组长"};
// Who decides on a swap. Of two team leaders that swap with each other there may be no third.
constexpr Leaders kDeciding{kDeciderRoles, "班组长或值班领导"};

bool is_one(const RotaBook& book, const PersonId& person, const Leaders& leaders) {
  const Person* known = book.find_person(person);
  return known != nullptr && std::ranges::any_of(leaders.roles, [&](const char* role) {
           return std::ranges::find(known->roles, role) != known->roles.end();
         });
}

Result<void> check_one(const RotaBook& book, const PersonId& person, const Leaders& leaders,
                       const char* what) {
  RETURN_IF_ERROR(check_known(book, person));
  if (is_one(book, person, leaders)) return {};
  return no_to(book.name_of(person) + "不是" + leaders.chinese + "，不能" + what);
}

Result<void> check_reason(const std::string& reason) {
  return reason.empty() ? Result<void>(invalid("请写明理由")) : Result<void>();
}

Result<void> check_span(Timestamp from, Timestamp until, Timestamp now, std::chrono::days longest) {
  if (until <= from) return no_to("结束时间须晚于开始时间");
  if (until <= now) return no_to("这段时间已经过去");
  if (from < now) return no_to("开始时间已经过去；不填则从现在起");
  if (until - from > longest) {
    return no_to("时间过长，最多" + std::to_string(longest.count()) + "天");
  }
  if (from - now > kDutyAheadMax) {
    return no_to("时间太远，最多提前" + std::to_string(kDutyAheadMax.count()) + "天");
  }
  return {};
}

Result<void> check_leave(const RotaBook& book, const DutyRequest& request) {
  if (!request.person) return invalid("请假须写明是谁");
  RETURN_IF_ERROR(check_known(book, *request.person));
  if (request.by == *request.person) return {};
  return check_one(book, request.by, kArranging, "替别人请假");
}

Result<void> check_override(const RotaBook& book, const DutyRequest& request) {
  RETURN_IF_ERROR(check_one(book, request.by, kArranging, "调整排班"));
  if (!request.add && !request.remove)
    return invalid("调整须写明加谁（add）、减谁（remove）或两者");
  if (request.alone && (request.remove || !request.add)) {
    return invalid("独自值班（alone）只与 add 同用，不与 remove 同用");
  }
  if (request.add == request.remove) return invalid("加和减不能是同一个人");
  RETURN_IF_ERROR(check_known(book, request.add));
  return check_known(book, request.remove);
}

Result<void> check_temporary(const RotaBook& book, const DutyRequest& request, Timestamp from) {
  RETURN_IF_ERROR(check_one(book, request.by, kArranging, "安排临时排班"));
  if (request.shifts.empty()) return invalid("临时排班至少要有一个班次");
  if (request.shifts.size() > kTemporaryShiftsMax) {
    return Error{ErrorCode::limit, "临时排班最多" + std::to_string(kTemporaryShiftsMax) + "个班次"};
  }
  for (const DatedShift& shift : request.shifts) {
    RETURN_IF_ERROR(check_known(book, shift.person));
    if (shift.until <= shift.from) return no_to("班次的结束时间须晚于开始时间");
    if (shift.from < from || shift.until > request.until)
      return no_to("班次须在临时排班的时间之内");
  }
  return {};
}

Result<void> check_swap_request(const RotaBook& book, const DutyRequest& request, Timestamp now) {
  RETURN_IF_ERROR(check_known(book, request.taker));
  if (request.taker == request.by) return no_to("不能与自己换班");
  if (request.back_from.has_value() != request.back_until.has_value()) {
    return invalid("还班的开始时间和结束时间须同时填写");
  }
  const Timestamp from = request.from.value_or(now);
  if (request.back_from) {
    RETURN_IF_ERROR(check_span(*request.back_from, *request.back_until, now, kDutySwapMax));
    const bool apart = *request.back_until <= from || *request.back_from >= request.until;
    if (!apart) return no_to("还班的时间与换出的时间重叠");
  }
  const ShiftSwap swap = make_change(request, now).effect.swaps.at(0);
  RETURN_IF_ERROR(check_asker(book, swap));
  return request.taker ? check_taker(book, swap, *request.taker) : Result<void>();
}

// What has begun is not refused: the rest of it can still be swapped.
Result<void> check_not_over(const DutyRequest& request, Timestamp now) {
  const bool over = request.until <= now || request.back_until.value_or(kTimestampMax) <= now;
  return over ? Result<void>(no_to("要换的班已经过去")) : Result<void>();
}

Result<void> check_is_swap(const DutyChange& change) {
  if (change.request.kind == DutyKind::swap) return {};
  return no_to("只有换班需要接受和批准");
}

}  // namespace

Result<void> check_duty_id(const std::string& id) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789-_";
  const bool good = !id.empty() && id.size() <= kDutyIdBytesMax &&
                    id.find_first_not_of(kLetters) == std::string::npos;
  if (good) return {};
  return invalid("编号只能用小写字母、数字、- 和 _，最长" + std::to_string(kDutyIdBytesMax) +
                 "个字符");
}

bool has_change(const RotaChanges& changes, const std::string& id) {
  const auto named = [&](const auto& each) { return each.id == id; };
  return std::ranges::any_of(changes.temporary, named) ||
         std::ranges::any_of(changes.overrides, named) ||
         std::ranges::any_of(changes.leaves, named) || std::ranges::any_of(changes.swaps, named);
}

bool is_of_rota(const Rota& rota, const PersonId& person) {
  const auto in = [&](const std::vector<PersonId>& persons) {
    return std::ranges::find(persons, person) != persons.end();
  };
  return std::ranges::any_of(rota.dates,
                             [&](const DatedShift& shift) { return shift.person == person; }) ||
         std::ranges::any_of(rota.rules, [&](const DutyRule& rule) {
           return in(rule.persons) || (rule.rotation && in(rule.rotation->persons)) ||
                  (rule.cycle && in(rule.cycle->persons));
         });
}

Result<void> check_duty_request(const RotaBook& book, const DutyRequest& request, Timestamp now) {
  RETURN_IF_ERROR(check_duty_id(request.id));
  if (has_change(book.changes, request.id)) {
    return no_to("编号" + request.id + "已在排班文件中使用");
  }
  RETURN_IF_ERROR(check_known(book, request.by));
  RETURN_IF_ERROR(check_reason(request.reason));
  const bool of_rota = request.kind != DutyKind::leave;
  if (of_rota && book.find_rota(request.rota) == nullptr) {
    return Error{ErrorCode::not_found, "没有这个排班：" + request.rota};
  }
  const Timestamp from = request.from.value_or(now);
  const bool swap = request.kind == DutyKind::swap;
  RETURN_IF_ERROR(check_span(from, request.until, now, swap ? kDutySwapMax : kDutySpanMax));
  switch (request.kind) {
    case DutyKind::override_of_rule:
      return check_override(book, request);
    case DutyKind::leave:
      return check_leave(book, request);
    case DutyKind::swap:
      return check_swap_request(book, request, now);
    case DutyKind::temporary:
      return check_temporary(book, request, from);
  }
  return {};
}

Result<void> check_acceptance(const RotaBook& book, const DutyChange& change,
                              const DutyDecision& decision, Timestamp now) {
  RETURN_IF_ERROR(check_is_swap(change));
  const DutyRequest& request = change.request;
  if (change.state != DutyChangeState::asked) return no_to("这次换班已有人接受，或已结束");
  RETURN_IF_ERROR(check_not_over(request, now));
  RETURN_IF_ERROR(check_known(book, decision.by));
  if (decision.by == request.by) return no_to("申请人不能自己接受");
  if (request.taker && *request.taker != decision.by) {
    return no_to("这次换班指定由" + book.name_of(*request.taker) + "接受");
  }
  const Rota* rota = book.find_rota(request.rota);
  if (rota == nullptr) return Error{ErrorCode::not_found, "没有这个排班：" + request.rota};
  if (!request.taker && !is_of_rota(*rota, decision.by)) {
    return no_to(book.name_of(decision.by) + "不在" + rota->name + "的轮值人员中");
  }
  const ShiftSwap swap = approved_swap(change, decision.by, now);
  RETURN_IF_ERROR(check_asker(book, swap));
  return check_taker(book, swap, decision.by);
}

Result<void> check_approval(const RotaBook& book, const DutyChange& change,
                            const DutyDecision& decision, Timestamp now) {
  RETURN_IF_ERROR(check_is_swap(change));
  if (change.state == DutyChangeState::asked) return no_to("尚无人接受，不能批准");
  if (change.state != DutyChangeState::accepted) return no_to("这次换班已经处理，或已撤回");
  RETURN_IF_ERROR(check_one(book, decision.by, kDeciding, "批准换班"));
  const PersonId& taker = change.accepted->by;
  if (decision.by == change.request.by || decision.by == taker) {
    return no_to("换班双方不能批准自己的换班");
  }
  RETURN_IF_ERROR(check_not_over(change.request, now));
  if (decision.overrule_limits && decision.reason.empty()) return invalid("强制批准须写明理由");
  const ShiftSwap swap = approved_swap(change, taker, now);
  RETURN_IF_ERROR(check_asker(book, swap));
  RETURN_IF_ERROR(check_taker(book, swap, taker));
  return check_limits(book, swap, decision.overrule_limits);
}

Result<void> check_refusal(const RotaBook& book, const DutyChange& change,
                           const DutyDecision& decision) {
  RETURN_IF_ERROR(check_is_swap(change));
  if (!is_waiting(change)) return no_to("这次换班已经处理，或已撤回");
  RETURN_IF_ERROR(check_one(book, decision.by, kDeciding, "决定换班"));
  return check_reason(decision.reason);
}

Result<void> check_withdrawal(const RotaBook& book, const DutyChange& change,
                              const DutyDecision& decision, Timestamp now) {
  if (change.state == DutyChangeState::refused || change.state == DutyChangeState::withdrawn) {
    return no_to("这项变更已经结束");
  }
  if (end_of(change.request) <= now) return no_to("这项变更已经结束");
  RETURN_IF_ERROR(check_known(book, decision.by));
  RETURN_IF_ERROR(check_reason(decision.reason));
  // What three have agreed on is not undone by one of them.
  const bool swap = change.request.kind == DutyKind::swap;
  const bool agreed = swap && change.state == DutyChangeState::in_force;
  const Leaders& leaders = swap ? kDeciding : kArranging;
  if (is_one(book, decision.by, leaders)) return {};
  if (!agreed && decision.by == change.request.by) return {};
  const std::string leader = leaders.chinese;
  return no_to(agreed ? "已批准的换班只能由" + leader + "撤回"
                      : "只能由申请人" + (swap ? "、" + leader : "或" + leader) + "撤回");
}

}  // namespace jieban
