#include "daemons/router/street_guards.h"

#include <algorithm>
#include <charconv>

#include "common/base/check.h"
#include "daemons/router/argument_reader.h"

namespace jieban {
namespace {

Unmet holds_if(bool good) { return good ? std::nullopt : Unmet(""); }

Unmet note_fields(const StreetContext& context) {
  return first_of({require_code(context.request, "note_kind", CodeSet::note_kind),
                   require_text(context.request, "text")});
}

Unmet shift_fields(const StreetContext& context) {
  if (Fault fault = first_of({require_argument(context.request, "shift_out"),
                              require_argument(context.request, "shift_in")})) {
    return fault;
  }
  return holds_if(argument(context.request, "shift_out") != argument(context.request, "shift_in"));
}

Unmet log_written(const StreetContext& context) {
  return first_of(
      {require_text(context.request, "instructions"), require_text(context.request, "equipment")});
}

Unmet reason_written(const StreetContext& context) { return require_text(context.request, "text"); }

Unmet on_watch(const StreetContext& context) { return holds_if(!context.watch.log); }

Unmet handed_out(const StreetContext& context) { return holds_if(context.watch.log.has_value()); }

Unmet other_person(const StreetContext& context) {
  return holds_if(context.watch.log->by != context.actor);
}

Unmet log_read(const StreetContext& context) {
  return holds_if(argument(context.request, "log_hash") == context.watch.log->log_hash);
}

// More than can be named can't be released either.
Unmet urgent_settled(const StreetContext& context) {
  constexpr size_t kNamed = 5;
  const HandoverList& open = context.section.urgent_open;
  const auto left = unreleased(context.watch, open);
  if (left.empty() && open.count == open.order_nos.size()) return std::nullopt;
  std::string named;
  for (size_t i = 0; i < std::min(left.size(), kNamed); ++i) named += (i > 0 ? "、" : "") + left[i];
  if (left.size() > kNamed) named += " 等 " + std::to_string(left.size()) + " 件";
  return named;
}

Unmet urgent_open(const StreetContext& context) {
  return holds_if(!unreleased(context.watch, context.section.urgent_open).empty());
}

Unmet unreviewed(const StreetContext& context) {
  const std::string& wanted = argument(context.request, "handover");
  return holds_if(std::ranges::any_of(context.watch.unreviewed, [&](const WaitingLog& log) {
    return std::to_string(log.handover) == wanted;
  }));
}

struct Row {
  StreetGuard guard;
  Unmet (*check)(const StreetContext& context);
};

// In the order of the enum.
constexpr std::array<Row, 11> kChecks = {{
    {StreetGuard::note_fields, note_fields},
    {StreetGuard::shift_fields, shift_fields},
    {StreetGuard::log_written, log_written},
    {StreetGuard::reason_written, reason_written},
    {StreetGuard::on_watch, on_watch},
    {StreetGuard::handed_out, handed_out},
    {StreetGuard::other_person, other_person},
    {StreetGuard::log_read, log_read},
    {StreetGuard::urgent_settled, urgent_settled},
    {StreetGuard::urgent_open, urgent_open},
    {StreetGuard::unreviewed, unreviewed},
}};

constexpr bool in_order() {
  for (size_t i = 0; i < kChecks.size(); ++i) {
    if (size_t(kChecks[i].guard) != i + 1) return false;
  }
  return true;
}
static_assert(in_order());

}  // namespace

std::optional<GuardRefusal> first_unmet(const StreetCommand& command,
                                        const StreetContext& context) {
  if (Fault fault = malformed_argument(context.request)) return GuardRefusal{"argument", *fault};
  for (StreetGuard guard : command.guards) {
    if (guard == StreetGuard::none) break;
    Unmet unmet = kChecks.at(size_t(guard) - 1).check(context);
    if (!unmet) continue;
    const StreetGuardText& text = text_of(guard);
    std::string reason(text.chinese);
    if (!unmet->empty()) reason += "（" + *unmet + "）";
    return GuardRefusal{std::string(text.code), std::move(reason)};
  }
  return std::nullopt;
}

}  // namespace jieban
