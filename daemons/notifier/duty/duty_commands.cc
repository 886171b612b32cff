// What commands do to the changes of the rota.
#include <array>

#include "common/domain/topics.h"
#include "daemons/notifier/duty/duty_guards.h"
#include "daemons/notifier/duty/live_rota.h"
#include "daemons/notifier/duty/swap_checks.h"

namespace jieban {
namespace {

// By the kinds of DutyKind.
constexpr std::array<std::string_view, 4> kAddedTopics = {
    topics::kRotaOverrideAdded, topics::kRotaLeaveAdded, topics::kRotaSwapAsked,
    topics::kRotaTemporaryAdded};
// By the verbs of DutyVerb.
constexpr std::array<std::string_view, 4> kDecidedTopics = {
    topics::kRotaSwapAccepted, topics::kRotaSwapApproved, topics::kRotaSwapRefused,
    topics::kRotaChangeWithdrawn};

DutySignature sign(const DutyDecision& wanted, Timestamp now) {
  DutySignature signature{wanted.by, now, std::nullopt};
  if (!wanted.reason.empty()) signature.reason = wanted.reason;
  return signature;
}

// Whether this very decision was taken before.
bool is_taken(const DutyChange& change, const DutyDecision& wanted) {
  const auto by_same = [&](const std::optional<DutySignature>& signature) {
    return signature && signature->by == wanted.by;
  };
  switch (wanted.verb) {
    case DutyVerb::accept:
      return by_same(change.accepted) && change.state != DutyChangeState::refused &&
             change.state != DutyChangeState::withdrawn;
    case DutyVerb::approve:
      return by_same(change.decided) && change.state == DutyChangeState::in_force;
    case DutyVerb::refuse:
      return by_same(change.decided) && change.state == DutyChangeState::refused;
    case DutyVerb::withdraw:
      return by_same(change.withdrawn) && change.state == DutyChangeState::withdrawn;
  }
  return false;
}

// Of a swap, as if the one who is named took it; nothing while nobody is.
std::vector<std::string> warnings_of(const RotaBook& book, const DutyChange& change,
                                     const std::optional<PersonId>& taker, Timestamp now) {
  RotaChanges effect = change.effect;
  if (change.request.kind == DutyKind::swap) {
    if (!taker) return {};
    effect.swaps = {approved_swap(change, *taker, now)};
  }
  return finding_lines(book, new_findings(book, effect));
}

// What it no longer does is no longer warned of; but what it had mended may be open again.
void end_effect(const RotaBook& book, DutyChange& change, Timestamp now) {
  const RotaChanges before = change.effect;
  cut_effect(change, now);
  change.warnings = finding_lines(book, new_findings(book, before, change.effect));
}

}  // namespace

Result<const RotaBook*> LiveRota::book_for(Step& step) const {
  auto book = current(step.store());
  if (!book.ok()) return book;
  if (*book == nullptr) return Error{ErrorCode::unavailable, "尚未加载排班"};
  return book;
}

Result<bool> LiveRota::settle(std::string_view topic, DutyChange& change, bool acts_anew,
                              const PersonId& by, Step& step) {
  RETURN_IF_ERROR(put(change, acts_anew, step));
  step.emit({.topic = topic, .payload = encode_payload(change), .actor = by});
  step.answer("taken");
  return true;
}

Result<bool> LiveRota::request(const DutyRequest& wanted, Step& step) {
  auto book = book_for(step);
  if (!book.ok()) return book.error();
  auto known = changes_.get(step.store(), make_key(wanted.id));
  if (!known.ok()) return known.error();
  if (*known) {
    if (encode_payload((*known)->request) != encode_payload(wanted)) {
      return Error{ErrorCode::refused, "编号" + wanted.id + "已用于另一项变更"};
    }
    step.answer("repeated");
    return false;
  }
  RETURN_IF_ERROR(check_duty_request(**book, wanted, step.now()));
  auto count = changes_.count(step.store());
  if (!count.ok()) return count.error();
  if (*count >= kDutyChangesMax) {
    return Error{ErrorCode::limit,
                 "排班变更已达" + std::to_string(kDutyChangesMax) + "项，请改写排班文件"};
  }
  DutyChange change = make_change(wanted, step.now());
  change.warnings = warnings_of(**book, change, wanted.taker, step.now());
  return settle(kAddedTopics.at(size_t(wanted.kind)), change, true, wanted.by, step);
}

Result<bool> LiveRota::decide(const DutyDecision& wanted, Step& step) {
  auto book = book_for(step);
  if (!book.ok()) return book.error();
  auto change = changes_.get(step.store(), make_key(wanted.id));
  if (!change.ok()) return change.error();
  if (!*change) return Error{ErrorCode::not_found, "没有这项排班变更：" + wanted.id};
  if (is_taken(**change, wanted)) {
    step.answer("repeated");
    return false;
  }
  using Decide =
      Result<void> (LiveRota::*)(const RotaBook&, DutyChange&, const DutyDecision&, Step&) const;
  constexpr std::array<Decide, 4> kDecide = {&LiveRota::accept, &LiveRota::approve,
                                             &LiveRota::refuse, &LiveRota::withdraw};
  RETURN_IF_ERROR((this->*kDecide.at(size_t(wanted.verb)))(**book, **change, wanted, step));
  return settle(kDecidedTopics.at(size_t(wanted.verb)), **change, wanted.verb == DutyVerb::approve,
                wanted.by, step);
}

Result<void> LiveRota::accept(const RotaBook& book, DutyChange& change, const DutyDecision& wanted,
                              Step& step) const {
  RETURN_IF_ERROR(check_acceptance(book, change, wanted, step.now()));
  change.warnings = warnings_of(book, change, wanted.by, step.now());
  change.state = DutyChangeState::accepted;
  change.accepted = sign(wanted, step.now());
  return {};
}

Result<void> LiveRota::approve(const RotaBook& book, DutyChange& change, const DutyDecision& wanted,
                               Step& step) const {
  RETURN_IF_ERROR(check_approval(book, change, wanted, step.now()));
  change.warnings = warnings_of(book, change, change.accepted->by, step.now());
  change.overruled = !change.warnings.empty();
  change.effect.swaps = {approved_swap(change, change.accepted->by, step.now())};
  change.state = DutyChangeState::in_force;
  change.decided = sign(wanted, step.now());
  return {};
}

Result<void> LiveRota::refuse(const RotaBook& book, DutyChange& change, const DutyDecision& wanted,
                              Step& step) const {
  RETURN_IF_ERROR(check_refusal(book, change, wanted));
  end_effect(book, change, step.now());
  change.state = DutyChangeState::refused;
  change.decided = sign(wanted, step.now());
  return {};
}

Result<void> LiveRota::withdraw(const RotaBook& book, DutyChange& change,
                                const DutyDecision& wanted, Step& step) const {
  RETURN_IF_ERROR(check_withdrawal(book, change, wanted, step.now()));
  end_effect(book, change, step.now());
  change.state = DutyChangeState::withdrawn;
  change.withdrawn = sign(wanted, step.now());
  return {};
}

}  // namespace jieban
