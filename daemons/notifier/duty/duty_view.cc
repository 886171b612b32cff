// What is shown: the record of changes, who is on duty, shifts, what is wrong with them.
#include <algorithm>
#include <array>

#include "common/duty/rota_ics.h"
#include "common/duty/rota_text.h"
#include "common/json/json.h"
#include "daemons/notifier/duty/duty_query.h"

namespace jieban {
namespace {

constexpr std::chrono::days kDutyViewDefault{kGapDays};

void set_time(Value& value, const char* name, const std::optional<Timestamp>& at) {
  if (at) value.set(name, format_local(*at));
}

void set_person(Value& value, const std::string& name, const std::optional<PersonId>& person,
                const RotaBook& book) {
  if (!person) return;
  value.set(name, *person);
  value.set(name + "_name", book.name_of(*person));
}

void set_signature(Value& value, const std::string& name,
                   const std::optional<DutySignature>& signature, const RotaBook& book) {
  if (!signature) return;
  set_person(value, name + "_by", signature->by, book);
  value.set(name + "_at", format_local(signature->at));
  if (signature->reason) value.set(name + "_reason", *signature->reason);
}

Result<void> only_known(const HttpHeaders& query, std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : query) {
    if (std::ranges::find(known, name) == known.end()) return invalid("有不认识的参数");
  }
  return {};
}

std::string word_of(const HttpHeaders& query, std::string_view name) {
  const auto found = query.find(name);
  return found == query.end() ? std::string() : found->second;
}

Result<std::optional<Timestamp>> time_of(const HttpHeaders& query, std::string_view name) {
  const std::string text = word_of(query, name);
  if (text.empty()) return std::optional<Timestamp>();
  const auto at = parse_local(text);
  if (!at) return invalid(std::string(name) + ": 写法如 2026-07-18 12:00:00");
  return at;
}

Result<std::vector<RotaSheet>> sheets_of(const RotaBook& book, const DutyQuestion& question) {
  std::vector<RotaSheet> sheets;
  for (const Rota& rota : book.rotas) {
    const bool wanted =
        question.rota.empty() || question.rota == rota.id || question.rota == rota.name;
    if (wanted) sheets.push_back(make_sheet(book, rota, {}, question.span));
  }
  if (sheets.empty()) return Error{ErrorCode::not_found, "没有这个排班"};
  return sheets;
}

HttpResponse value_response(const char* name, Value list) {
  Value whole;
  whole.set(name, std::move(list));
  return HttpResponse::json(200, to_json(whole) + "\n");
}

HttpResponse sheets_response(const std::vector<RotaSheet>& sheets) {
  Value list = Value::Array{};
  for (const RotaSheet& sheet : sheets) list.push(sheet_value(sheet));
  return value_response("rotas", std::move(list));
}

HttpResponse text_response(const std::vector<RotaSheet>& sheets,
                           std::string (*print)(const RotaSheet&)) {
  std::string text;
  for (const RotaSheet& sheet : sheets) text += print(sheet);
  return HttpResponse::text(200, text);
}

}  // namespace

std::string duty_state_at(const DutyChange& change, Timestamp now) {
  if (is_waiting(change) && end_of(change.request) <= now) return "lapsed";
  return std::string(to_string(change.state));
}

Value duty_change_value(const DutyChange& change, const RotaBook& book, Timestamp now) {
  const DutyRequest& request = change.request;
  Value value;
  value.set("id", request.id).set("kind", to_string(request.kind));
  value.set("state", duty_state_at(change, now));
  if (!request.rota.empty()) value.set("rota", request.rota);
  set_time(value, "from", request.from.value_or(change.asked_at));
  set_time(value, "until", request.until);
  set_person(value, "person", request.person, book);
  set_person(value, "add", request.add, book);
  set_person(value, "remove", request.remove, book);
  if (request.alone) value.set("alone", true);
  if (request.priority != 0) value.set("priority", int64_t(request.priority));
  set_person(value, "taker", request.taker, book);
  set_time(value, "back_from", request.back_from);
  set_time(value, "back_until", request.back_until);
  if (!request.shifts.empty()) value.set("shifts", int64_t(request.shifts.size()));
  set_signature(value, "asked", DutySignature{request.by, change.asked_at, request.reason}, book);
  set_signature(value, "accepted", change.accepted, book);
  set_signature(value, "decided", change.decided, book);
  set_signature(value, "withdrawn", change.withdrawn, book);
  if (change.overruled) value.set("overruled", true);
  Value warnings = Value::Array{};
  for (const std::string& line : change.warnings) warnings.push(line);
  value.set("warnings", std::move(warnings));
  return value;
}

Result<DutyFilter> read_duty_filter(const HttpHeaders& query) {
  constexpr std::array<std::string_view, 8> kChangeStates = {
      "", "open", "asked", "accepted", "in_force", "refused", "withdrawn", "lapsed"};
  RETURN_IF_ERROR(only_known(query, {"from", "to", "state", "kind"}));
  DutyFilter filter;
  auto from = time_of(query, "from");
  if (!from.ok()) return from.error();
  auto to = time_of(query, "to");
  if (!to.ok()) return to.error();
  filter.from = *from;
  filter.to = *to;
  filter.state = word_of(query, "state");
  filter.kind = word_of(query, "kind");
  if (std::ranges::find(kChangeStates, filter.state) == kChangeStates.end()) {
    return invalid("state: 可用 open, asked, accepted, in_force, refused, withdrawn, lapsed");
  }
  DutyKind kind{};
  if (!filter.kind.empty() && !from_string(filter.kind, kind)) {
    return invalid("kind: 可用 override, leave, swap, temporary");
  }
  return filter;
}

bool matches(const DutyFilter& filter, const DutyChange& change, Timestamp now) {
  if (!filter.kind.empty() && filter.kind != to_string(change.request.kind)) return false;
  const std::string state = duty_state_at(change, now);
  if (filter.state == "open") {
    if (!is_waiting(change) || state == "lapsed") return false;
  } else if (!filter.state.empty() && filter.state != state) {
    return false;
  }
  return touches(change, filter.from.value_or(Timestamp::min()), filter.to.value_or(kTimestampMax));
}

Result<DutyQuestion> read_duty_question(const HttpHeaders& query, bool instant, Timestamp now) {
  RETURN_IF_ERROR(instant ? only_known(query, {"at", "rota", "format"})
                          : only_known(query, {"from", "to", "rota", "format"}));
  DutyQuestion question{{now, now}, word_of(query, "rota"), "json"};
  if (const std::string format = word_of(query, "format"); !format.empty()) {
    question.format = format;
  }
  auto from = time_of(query, instant ? "at" : "from");
  if (!from.ok()) return from.error();
  question.span.from = from->value_or(now);
  question.span.until = question.span.from + (instant ? Duration(1) : Duration(kDutyViewDefault));
  auto to = time_of(query, "to");
  if (!to.ok()) return to.error();
  if (*to) question.span.until = **to;
  if (question.span.until <= question.span.from) return invalid("to: 须晚于 from");
  if (question.span.until - question.span.from > kDutyViewMax) {
    return Error{ErrorCode::limit, "时间过长，最多" + std::to_string(kDutyViewMax.count()) + "天"};
  }
  return question;
}

Result<HttpResponse> answer_on_duty(const RotaBook& book, const DutyQuestion& question) {
  auto sheets = sheets_of(book, question);
  if (!sheets.ok()) return sheets.error();
  if (question.format == "json") return sheets_response(*sheets);
  if (question.format == "text") return text_response(*sheets, now_text);
  return invalid("format: 可用 json, text");
}

Result<HttpResponse> answer_shifts(const RotaBook& book, const DutyQuestion& question,
                                   std::string_view street, Timestamp now) {
  auto sheets = sheets_of(book, question);
  if (!sheets.ok()) return sheets.error();
  if (question.format == "json") return sheets_response(*sheets);
  if (question.format == "text") return text_response(*sheets, sheet_text);
  if (question.format != "ics") return invalid("format: 可用 json, text, ics");
  HttpResponse response = HttpResponse::text(200, to_ics(*sheets, street, now));
  response.content_type = "text/calendar; charset=utf-8";
  return response;
}

Result<HttpResponse> answer_duty_check(const RotaBook& book, const DutyQuestion& question) {
  const auto findings = check_duty(book, {}, question.span.from, question.span.until);
  if (question.format == "json") {
    Value list = Value::Array{};
    for (const DutyFinding& each : findings) list.push(finding_value(book, each));
    return value_response("findings", std::move(list));
  }
  if (question.format != "text") return invalid("format: 可用 json, text");
  std::string text;
  for (const DutyFinding& each : findings) text += finding_text(book, each);
  return HttpResponse::text(200, text.empty() ? "未发现问题。\n" : text);
}

}  // namespace jieban
