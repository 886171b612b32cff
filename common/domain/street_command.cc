#include "common/domain/street_command.h"

#include <algorithm>

#include "common/base/check.h"

namespace jieban {
namespace {

using enum StreetGuard;
using enum Role;

constexpr RoleSet kWatch = {seat, team_leader};
constexpr RoleSet kDesk = {seat, hard_case, analyst, Role::audit, team_leader, street_leader};

constexpr std::array<StreetCommand, 6> kCommands = {{
    {"shift_note", "handover.noted", "值班记事", kDesk, {note_fields}},
    {"handover_out",
     "handover.signed_out",
     "交班签字",
     kWatch,
     {shift_fields, log_written, on_watch, urgent_settled}},
    {"handover_in",
     "handover.signed_in",
     "接班签字",
     kWatch,
     {handed_out, other_person, log_read, urgent_settled}},
    {"handover_withdraw", "handover.withdrawn", "撤回交班", kWatch, {handed_out, reason_written}},
    {"handover_override",
     "handover.overridden",
     "交班放行",
     {team_leader},
     {urgent_open, reason_written}},
    {"handover_review", "handover.reviewed", "审阅交班日志", {team_leader}, {unreviewed}},
}};

// In the order of the enum.
constexpr std::array<StreetGuardText, 11> kGuards = {{
    {note_fields, "note_fields", "值班记事须有 note_kind（种类）和 text（内容）"},
    {shift_fields, "shift_fields",
     "须用 shift_out（交班班次）和 shift_in（接班班次）说明班次，两者不同"},
    {log_written, "log_written",
     "不得口头交接：须写明 instructions（领导交办）和 equipment（设备状态），没有的写“无”"},
    {reason_written, "reason_written", "须用 text 说明理由"},
    {on_watch, "on_watch", "上一次交班尚未接班，须先由接班人签字，或撤回交班"},
    {handed_out, "handed_out", "没有等待接班的交班日志"},
    {other_person, "other_person", "接班须由交班人以外的人签字"},
    {log_read, "log_read", "log_hash 须为所读交班日志的哈希值"},
    {urgent_settled, "urgent_open",
     "有未处置完的紧急工单，不得交接班；须处置完毕，或由班组长以 handover_override 说明理由放行"},
    {urgent_open, "nothing_urgent", "没有需要放行的紧急工单"},
    {unreviewed, "unreviewed", "须用 handover 指定已接班而尚未审阅的交班日志编号"},
}};

constexpr bool in_order() {
  for (size_t i = 0; i < kGuards.size(); ++i) {
    if (size_t(kGuards[i].guard) != i + 1) return false;
  }
  return true;
}
static_assert(in_order());

}  // namespace

std::span<const StreetGuardText> street_guard_texts() { return kGuards; }

const StreetGuardText& text_of(StreetGuard guard) {
  CHECK(guard != StreetGuard::none);
  return kGuards.at(size_t(guard) - 1);
}

std::span<const StreetCommand> street_commands() { return kCommands; }

const StreetCommand* find_street_command(std::string_view command) {
  auto found = std::ranges::find(kCommands, command, &StreetCommand::command);
  return found == kCommands.end() ? nullptr : &*found;
}

}  // namespace jieban
