#include "daemons/notifier/duty/duty_query.h"

#include <algorithm>
#include <array>

#include "daemons/notifier/body_reader.h"
#include "daemons/notifier/duty/duty_guards.h"

namespace jieban {
namespace {

constexpr size_t kDutyWordBytesMax = 64;
constexpr size_t kDutyReasonBytesMax = 600;
constexpr uint64_t kDutyPriorityMax = 1000;

struct DutyPath {
  std::string_view word;
  DutyKind kind;
};

constexpr std::array<DutyPath, 4> kDutyPaths = {{{"overrides", DutyKind::override_of_rule},
                                                 {"leaves", DutyKind::leave},
                                                 {"swaps", DutyKind::swap},
                                                 {"temporary", DutyKind::temporary}}};

Result<BodyReader> read_members(DutyKind kind, std::string_view body) {
  switch (kind) {
    case DutyKind::override_of_rule:
      return BodyReader::parse(body, {"id", "by", "reason", "rota", "from", "until", "add",
                                      "remove", "alone", "priority"});
    case DutyKind::leave:
      return BodyReader::parse(body, {"id", "by", "reason", "from", "until", "person"});
    case DutyKind::swap:
      return BodyReader::parse(body, {"id", "by", "reason", "rota", "from", "until", "taker",
                                      "back_from", "back_until"});
    case DutyKind::temporary:
      return BodyReader::parse(body, {"id", "by", "reason", "rota", "from", "until", "shifts"});
  }
  return invalid("没有这种变更");
}

Result<void> read_word(const BodyReader& body, std::string_view name, std::string& out) {
  auto text = body.required(name, kDutyWordBytesMax);
  if (!text.ok()) return text.error();
  out = std::move(*text);
  return {};
}

Result<void> read_person(const BodyReader& body, std::string_view name,
                         std::optional<PersonId>& out) {
  auto text = body.optional(name, kDutyWordBytesMax);
  if (!text.ok()) return text.error();
  if (!text->empty()) out = std::move(*text);
  return {};
}

Result<void> read_maybe_time(const BodyReader& body, std::string_view name,
                             std::optional<Timestamp>& out) {
  auto at = body.optional_time(name);
  if (!at.ok()) return at.error();
  out = *at;
  return {};
}

Result<void> read_duty_reason(const BodyReader& body, std::string& out) {
  auto text = body.words("reason", kDutyReasonBytesMax);
  if (!text.ok()) return text.error();
  out = std::move(*text);
  return {};
}

Result<void> read_common(const BodyReader& body, DutyRequest& out) {
  auto id = body.made_up_name("id", kDutyWordBytesMax);
  if (!id.ok()) return id.error();
  RETURN_IF_ERROR(read_word(body, "id", out.id));
  RETURN_IF_ERROR(read_word(body, "by", out.by));
  RETURN_IF_ERROR(read_duty_reason(body, out.reason));
  if (out.kind != DutyKind::leave) RETURN_IF_ERROR(read_word(body, "rota", out.rota));
  RETURN_IF_ERROR(read_maybe_time(body, "from", out.from));
  auto until = body.required_time("until");
  if (!until.ok()) return until.error();
  out.until = *until;
  return {};
}

// What another kind has is not in the body: its members are refused above.
Result<void> read_persons(const BodyReader& body, DutyRequest& out) {
  RETURN_IF_ERROR(read_person(body, "person", out.person));
  RETURN_IF_ERROR(read_person(body, "add", out.add));
  RETURN_IF_ERROR(read_person(body, "remove", out.remove));
  RETURN_IF_ERROR(read_person(body, "taker", out.taker));
  auto alone = body.flag("alone");
  if (!alone.ok()) return alone.error();
  out.alone = *alone;
  auto priority = body.count("priority", kDutyPriorityMax);
  if (!priority.ok()) return priority.error();
  out.priority = *priority;
  RETURN_IF_ERROR(read_maybe_time(body, "back_from", out.back_from));
  return read_maybe_time(body, "back_until", out.back_until);
}

Result<void> read_shifts(const BodyReader& body, DutyRequest& out) {
  auto rows = body.objects("shifts", kTemporaryShiftsMax, {"person", "from", "until"});
  if (!rows.ok()) return rows.error();
  for (const BodyReader& row : *rows) {
    DatedShift shift;
    RETURN_IF_ERROR(read_word(row, "person", shift.person));
    for (const auto& [name, member] :
         {std::pair("from", &DatedShift::from), std::pair("until", &DatedShift::until)}) {
      auto at = row.required_time(name);
      if (!at.ok()) return at.error();
      shift.*member = *at;
    }
    out.shifts.push_back(std::move(shift));
  }
  return {};
}

}  // namespace

Result<DutyRequest> read_duty_request(std::string_view kind, std::string_view body) {
  const auto path = std::ranges::find(kDutyPaths, kind, &DutyPath::word);
  if (path == kDutyPaths.end()) return Error{ErrorCode::not_found, "没有这种变更"};
  auto read = read_members(path->kind, body);
  if (!read.ok()) return read.error();
  DutyRequest request;
  request.kind = path->kind;
  RETURN_IF_ERROR(read_common(*read, request));
  RETURN_IF_ERROR(read_persons(*read, request));
  RETURN_IF_ERROR(read_shifts(*read, request));
  return request;
}

Result<DutyDecision> read_duty_decision(const std::string& id, std::string_view verb,
                                        std::string_view body) {
  DutyDecision decision;
  decision.id = id;
  if (!from_string(verb, decision.verb)) return Error{ErrorCode::not_found, "没有这种操作"};
  auto read = decision.verb == DutyVerb::approve
                  ? BodyReader::parse(body, {"by", "reason", "override"})
                  : BodyReader::parse(body, {"by", "reason"});
  if (!read.ok()) return read.error();
  RETURN_IF_ERROR(read_word(*read, "by", decision.by));
  RETURN_IF_ERROR(read_duty_reason(*read, decision.reason));
  auto overrule = read->flag("override");
  if (!overrule.ok()) return overrule.error();
  decision.overrule_limits = *overrule;
  return decision;
}

}  // namespace jieban
