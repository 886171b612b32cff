#include <algorithm>
#include <array>
#include <charconv>

#include "common/base/bytes.h"
#include "common/crypto/hashes.h"
#include "common/domain/import_done.h"
#include "common/domain/topics.h"
#include "daemons/router/argument_reader.h"
#include "daemons/router/handover_section.h"
#include "daemons/router/router.h"
#include "daemons/router/street_guards.h"

namespace jieban {
namespace {

const std::string kWatchKey = make_key(std::string_view("watch"));
const std::string kBoardKey = make_key(std::string_view("board"));

void refuse(const CommandRequest& request, const Watch& watch, std::string code, std::string reason,
            Step& step) {
  CommandRefusal refusal{"", request.command, std::move(code), std::move(reason),
                         std::string(state_of(watch))};
  step.emit({.topic = topics::kCommandRefused, .payload = encode_payload(refusal)});
}

std::string wrong_role_reason(const CommandRequest& request, const StreetCommand& command) {
  Role role{};
  const bool known = from_string(request.role, role);
  return (known ? "“" + std::string(to_chinese(role)) + "”不能"
                : "没有这个岗位：“" + request.role + "”；") +
         std::string(command.chinese) + "；可由：" + to_chinese(command.roles);
}

// Whether the open orders have to be walked through for it.
bool concerns_orders(const StreetCommand& command) {
  return std::ranges::any_of(command.guards, [](StreetGuard guard) {
    return guard == StreetGuard::urgent_settled || guard == StreetGuard::urgent_open;
  });
}

// What a command is carried out on.
struct Taking {
  Watch& watch;
  const HandoverSection& section;
  const CommandRequest& request;
  const std::string& actor;
  Timestamp now;
};

void add_note(const Taking& at, HandoverMove& told) {
  told.handover = holder_of_notes(at.watch);
  note(at.watch);
}

void sign_out_watch(const Taking& at, HandoverMove& told) {
  told.shift_out = argument(at.request, "shift_out");
  told.shift_in = argument(at.request, "shift_in");
  told.section = at.section;
  told.handover = number_of(at.watch);
  if (!at.watch.released.empty()) {
    told.released = at.watch.released;
    told.released_by = at.watch.released_by;
  }
  const std::string box = at.request.sealed ? at.request.sealed->box.data : std::string();
  told.log_hash = to_hex(blake2b(handover_log(told, at.actor, to_hex(blake2b(box)))));
  sign_out(at.watch, {at.actor, at.now, *told.shift_out, *told.shift_in, *told.log_hash});
}

// The second signature says under what the first stands.
void name_log(const Watch& watch, HandoverMove& told) {
  told.log_hash = watch.log->log_hash;
  told.shift_out = watch.log->shift_out;
  told.shift_in = watch.log->shift_in;
  told.signed_out_by = watch.log->by;
  told.signed_out_at = watch.log->at;
}

void sign_in_watch(const Taking& at, HandoverMove& told) {
  name_log(at.watch, told);
  if (!at.watch.released.empty()) {
    told.released = at.watch.released;
    told.released_by = at.watch.released_by;
  }
  sign_in(at.watch, at.now);
}

void withdraw_log(const Taking& at, HandoverMove& told) {
  name_log(at.watch, told);
  withdraw(at.watch);
}

void release_urgent(const Taking& at, HandoverMove& told) {
  at.watch.released = at.section.urgent_open.order_nos;
  at.watch.released_by = at.actor;
  told.released = at.watch.released;
  told.released_by = at.actor;
}

void review_log(const Taking& at, HandoverMove& told) {
  const std::string& wanted = argument(at.request, "handover");
  std::from_chars(wanted.data(), wanted.data() + wanted.size(), told.handover);
  for (const WaitingLog& log : at.watch.unreviewed) {
    if (log.handover == told.handover) told.log_hash = log.log_hash;
  }
  CHECK(review(at.watch, told.handover));
}

struct Effect {
  std::string_view command;
  void (*take)(const Taking& at, HandoverMove& told);
};
constexpr std::array<Effect, 6> kEffects = {{
    {"shift_note", add_note},
    {"handover_out", sign_out_watch},
    {"handover_in", sign_in_watch},
    {"handover_withdraw", withdraw_log},
    {"handover_override", release_urgent},
    {"handover_review", review_log},
}};

void tell(const StreetCommand& command, const Taking& at, Step& step) {
  HandoverMove told;
  told.handover = number_of(at.watch);
  told.command = command.command;
  told.role = at.request.role;
  if (!at.request.arguments.empty()) told.arguments = at.request.arguments;
  told.sealed = at.request.sealed;
  for (const Effect& effect : kEffects) {
    if (effect.command == command.command) effect.take(at, told);
  }
  told.state = state_of(at.watch);
  step.emit({.topic = command.topic, .payload = encode_payload(told), .actor = at.actor});
}

}  // namespace

// The watch of the street; its first one begins with the first event.
Result<Watch*> Router::watch_of(Step& step) const {
  auto stored = watch_.edit(step.store(), kWatchKey);
  if (!stored.ok()) return stored.error();
  if (*stored != nullptr) return *stored;
  Watch fresh;
  fresh.since = step.now();
  return &watch_.add(step.store(), kWatchKey, std::move(fresh));
}

Result<void> Router::note_intake(Step& step) {
  auto watch = watch_of(step);
  if (!watch.ok()) return watch.error();
  (*watch)->last_intake = step.now();
  return {};
}

Result<void> Router::note_import(const Event& event, Step& step) {
  auto done = decode_payload<ImportDone>(event.payload);
  if (!done.ok()) return done.error();
  auto watch = watch_of(step);
  if (!watch.ok()) return watch.error();
  (*watch)->last_import = std::max((*watch)->last_import.value_or(done->at), done->at);
  step.emit({.topic = topics::kImportNoted, .payload = event.payload, .actor = event.actor});
  return {};
}

// The board is of the notifier's stream, as far as it was heard.
Result<AlarmBoard*> Router::board_of(Step& step) const {
  auto stored = board_.edit(step.store(), kBoardKey);
  if (!stored.ok()) return stored.error();
  return *stored != nullptr ? *stored : &board_.add(step.store(), kBoardKey, AlarmBoard());
}

Result<std::optional<Timestamp>> Router::take_beyond(AlarmBoard& board, const std::string& alert,
                                                     Step& step) const {
  if (board.beyond.value_or(0) == 0 || is_named(board, alert)) return std::optional<Timestamp>();
  const std::string key = make_key(alert);
  auto known = beyond_.get(step.store(), key);
  if (!known.ok()) return known.error();
  if (!*known) return std::optional<Timestamp>();
  auto erased = beyond_.erase(step.store(), key);
  if (!erased.ok()) return erased.error();
  --*board.beyond;
  return std::optional((*known)->since);
}

Result<void> Router::note_alarm(const Event& event, Step& step) {
  auto told = decode_payload<AlertStep>(event.payload);
  if (!told.ok()) return told.error();
  auto board = board_of(step);
  if (!board.ok()) return board.error();
  if (event.topic == topics::kAlertAcknowledged) {
    note_acknowledged(**board, *told);
    return {};
  }
  auto began = take_beyond(**board, told->alert, step);
  if (!began.ok()) return began.error();
  if (event.topic == topics::kAlertResolved) {
    note_resolved(**board, *told);
    return {};
  }
  auto left = note_opened(**board, *told, began->value_or(event.occurred_at));
  if (!left) return {};
  (*board)->beyond = (*board)->beyond.value_or(0) + 1;
  return beyond_.put(step.store(), make_key(left->alert), *left);
}

Result<void> Router::note_channel(const Event& event, Step& step) {
  auto told = decode_payload<ChannelChange>(event.payload);
  if (!told.ok()) return told.error();
  auto board = board_of(step);
  if (!board.ok()) return board.error();
  if (event.topic == topics::kChannelFailed) {
    note_failed(**board, *told, event.occurred_at);
  } else {
    note_recovered(**board, *told);
  }
  return {};
}

// Role, then guards, in the order of the table: each refusal names the first thing in the way.
Result<void> Router::carry_out_for_street(const Event& event, const CommandRequest& request,
                                          Step& step) {
  auto watch = watch_of(step);
  if (!watch.ok()) return watch.error();
  const StreetCommand* command = find_street_command(request.command);
  if (command == nullptr) {
    refuse(request, **watch, "order_missing", "该命令须指定工单", step);
    return {};
  }
  Role role{};
  if (!from_string(request.role, role) || !command->roles.has(role)) {
    refuse(request, **watch, "role", wrong_role_reason(request, *command), step);
    return {};
  }
  auto current = in_force(step);
  if (!current.ok()) return current.error();
  Result<HandoverSection> section = HandoverSection();
  if (concerns_orders(*command)) {
    auto board = board_.get(step.store(), kBoardKey);
    if (!board.ok()) return board.error();
    const AlarmBoard known = board->value_or(AlarmBoard());
    section = make_section({open_, orders_, courses_, current->rules, current->calendar, known},
                           **watch, step.store(), step.now());
  }
  if (!section.ok()) return section.error();
  auto unmet = first_unmet(*command, {**watch, *section, request, event.actor});
  if (unmet) {
    refuse(request, **watch, unmet->code,
           "不能" + std::string(command->chinese) + "：" + unmet->reason, step);
    return {};
  }
  tell(*command, {**watch, *section, request, event.actor, step.now()}, step);
  return {};
}

}  // namespace jieban
