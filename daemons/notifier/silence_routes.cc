// Silences: made, lifted and listed by those who are known.
#include "common/crypto/random.h"
#include "daemons/notifier/body_reader.h"
#include "daemons/notifier/door_edge.h"
#include "daemons/notifier/door_problem.h"

namespace jieban {
namespace {

constexpr size_t kIdBytesMax = 64;
constexpr size_t kMatchersBytesMax = 2048;
constexpr size_t kReasonBytesMax = 600;
constexpr size_t kIdRandomBytes = 9;

bool is_id(std::string_view id) {
  constexpr std::string_view kLetters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
  return !id.empty() && id.size() <= kIdBytesMax &&
         id.find_first_not_of(kLetters) == std::string_view::npos;
}

Result<void> read_times(const BodyReader& body, SilenceAdd& out) {
  auto starts_at = body.optional_time("starts_at");
  if (!starts_at.ok()) return starts_at.error();
  out.starts_at = *starts_at;
  auto ends_at = body.optional_time("ends_at");
  if (!ends_at.ok()) return ends_at.error();
  if (!*ends_at) return invalid("ends_at: 静默必须有结束时间");
  out.ends_at = **ends_at;
  return {};
}

Result<SilenceAdd> read_silence(const HttpRequest& request) {
  auto body = BodyReader::parse(request.body,
                                {"id", "matchers", "starts_at", "ends_at", "created_by", "reason"});
  if (!body.ok()) return body.error();
  struct Part {
    std::string_view name;
    std::string SilenceAdd::*member;
    size_t bytes_max;
    bool required;
  };
  static constexpr Part kParts[] = {
      {"id", &SilenceAdd::id, kIdBytesMax, false},
      {"matchers", &SilenceAdd::matchers, kMatchersBytesMax, true},
      {"created_by", &SilenceAdd::created_by, kIdBytesMax, false},
      {"reason", &SilenceAdd::reason, kReasonBytesMax, true},
  };
  SilenceAdd out;
  for (const Part& part : kParts) {
    auto text = part.required ? body->required(part.name, part.bytes_max)
                              : body->optional(part.name, part.bytes_max);
    if (!text.ok()) return text.error();
    out.*part.member = std::move(*text);
  }
  if (out.id.empty()) out.id = "s-" + random_token(kIdRandomBytes);
  if (!is_id(out.id)) return invalid("id: 只能用字母、数字、- 和 _");
  if (out.created_by.empty()) out.created_by = request.principal;
  RETURN_IF_ERROR(read_times(*body, out));
  return out;
}

Value silence_value(const SilenceEntry& entry, Timestamp now) {
  const SilenceAdd& silence = entry.silence;
  const bool begun = !silence.starts_at || *silence.starts_at <= now;
  const bool ended = !entry.lifted_by.empty() || silence.ends_at <= now;
  Value value;
  value.set("id", silence.id);
  value.set("matchers", silence.matchers);
  value.set("starts_at", silence.starts_at ? Value(format_local(*silence.starts_at)) : Value());
  value.set("ends_at", format_local(silence.ends_at));
  value.set("created_by", silence.created_by);
  value.set("reason", silence.reason);
  value.set("lifted_by", entry.lifted_by.empty() ? Value() : Value(entry.lifted_by));
  value.set("state", ended ? "ended" : begun ? "active" : "pending");
  return value;
}

}  // namespace

HttpResponse DoorEdge::add_silence(const HttpRequest& request) {
  auto silence = read_silence(request);
  if (!silence.ok()) return door_problem(silence.error());
  auto answer = desk_->add_silence(*silence, request.principal);
  if (!answer.ok()) return door_problem(answer.error());
  Value value;
  value.set("id", silence->id).set("answer", *answer);
  return door_answer(value);
}

HttpResponse DoorEdge::lift_silence(const HttpRequest& request) {
  SilenceLift lift;
  lift.id = request.params.find("id")->second;
  if (!is_id(lift.id)) return HttpResponse::problem(404, "", "没有这条静默");
  lift.lifted_by = request.principal;
  return door_answer(desk_->lift_silence(lift, request.principal));
}

HttpResponse DoorEdge::list_silences(const HttpRequest& request) {
  if (!request.query.empty()) return HttpResponse::problem(400, "", "这里没有参数");
  auto txn = context_->fold.environment().read();
  if (!txn.ok()) return door_problem(txn.error());
  auto entries = parts_.silences(*txn);
  if (!entries.ok()) return door_problem(entries.error());
  const Timestamp now = context_->clock.now();
  Value::Array silences;
  for (const SilenceEntry& entry : *entries) silences.push_back(silence_value(entry, now));
  Value value;
  value.set("silences", std::move(silences));
  return door_answer(value);
}

}  // namespace jieban
