// Silences: made, lifted and listed by those who are known.
#include "common/alerting/matcher.h"
#include "common/crypto/random.h"
#include "daemons/notifier/body_reader.h"
#include "daemons/notifier/door_edge.h"
#include "daemons/notifier/door_problem.h"
#include "daemons/notifier/safe_text.h"

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

// As labels are masked at the door for alerts, so that a condition goes on matching. A pattern
// cannot be: it would be another one.
Result<std::string> masked_matchers(const std::string& text, const LabelTag& tag) {
  auto matchers = parse_matchers(text);
  if (!matchers.ok()) return matchers.error();
  bool masked = false;
  for (Matcher& each : *matchers) {
    if (!is_safe_text(each.label)) return invalid("matchers: 标签名不能含电话号码");
    if (is_safe_text(each.value)) continue;
    const bool pattern = each.kind == MatchKind::like || each.kind == MatchKind::not_like;
    if (pattern) {
      return invalid("matchers: 正则表达式不能含电话号码；请用 = 或 != 写出整个值");
    }
    each.value = masked_label(each.value, tag);
    masked = true;
  }
  return masked ? to_text(*matchers) : text;
}

std::string new_silence_id() {
  std::string id = "s-" + random_token(kIdRandomBytes);
  // Chance may make something that looks like a telephone.
  while (!is_safe_text(id)) id = "s-" + random_token(kIdRandomBytes);
  return id;
}

Result<SilenceAdd> read_silence(const HttpRequest& request, const LabelTag& tag) {
  auto body = BodyReader::parse(request.body,
                                {"id", "matchers", "starts_at", "ends_at", "created_by", "reason"});
  if (!body.ok()) return body.error();
  using Read = Result<std::string> (BodyReader::*)(std::string_view, size_t) const;
  struct Part {
    std::string_view name;
    std::string SilenceAdd::*member;
    size_t bytes_max;
    Read read;
    bool required;
  };
  static constexpr Part kParts[] = {
      {"id", &SilenceAdd::id, kIdBytesMax, &BodyReader::made_up_name, false},
      {"matchers", &SilenceAdd::matchers, kMatchersBytesMax, &BodyReader::required, true},
      {"created_by", &SilenceAdd::created_by, kIdBytesMax, &BodyReader::optional, false},
      {"reason", &SilenceAdd::reason, kReasonBytesMax, &BodyReader::words, true},
  };
  SilenceAdd out;
  for (const Part& part : kParts) {
    auto text = ((*body).*part.read)(part.name, part.bytes_max);
    if (!text.ok()) return text.error();
    if (part.required && text->empty()) return invalid(std::string(part.name) + ": 缺少该字段");
    out.*part.member = std::move(*text);
  }
  if (out.id.empty()) out.id = new_silence_id();
  if (!is_id(out.id)) return invalid("id: 只能用字母、数字、- 和 _");
  RETURN_IF_ERROR(read_times(*body, out));
  auto matchers = masked_matchers(out.matchers, tag);
  if (!matchers.ok()) return matchers.error();
  out.matchers = std::move(*matchers);
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
  const auto tag = [this](std::string_view text) { return mask_tag_->of(text); };
  auto silence = read_silence(request, tag);
  if (!silence.ok()) return door_problem(silence.error());
  if (silence->created_by.empty()) {
    silence->created_by = request.principal;
  } else {
    auto known = check_person(silence->created_by);
    if (!known.ok()) return door_problem(known.error());
  }
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
