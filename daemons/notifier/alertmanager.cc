#include "daemons/notifier/alertmanager.h"

#include "common/calendar/instant_text.h"
#include "daemons/notifier/safe_text.h"

namespace jieban {
namespace {

using Pairs = std::map<std::string, std::string>;

struct PairLimits {
  std::string_view member;
  size_t value_bytes_max;
  size_t kept_characters_max;
};

// A label is kept whole: rules ask for it.
constexpr PairLimits kLabels{"labels", AlertLimits::kLabelBytesMax, AlertLimits::kLabelBytesMax};
constexpr PairLimits kAnnotations{"annotations", AlertLimits::kAnnotationBytesMax,
                                  kSafeCharactersMax};

Error wrong(std::string_view member, std::string_view what) {
  return invalid(std::string(member) + ": " + std::string(what));
}

Error too_long(std::string_view member) {
  return {ErrorCode::limit, std::string(member) + ": 过长或过多"};
}

Result<const std::string*> text_member(const Value& object, std::string_view name) {
  const Value* found = object.find(name);
  if (found == nullptr) return wrong(name, "缺少该字段");
  if (found->string() == nullptr) return wrong(name, "应为文字");
  return found->string();
}

// Names and values with nothing in them that is a person's.
Pairs safe_pairs(const Value::Object& found, const PairLimits& bounds, const LabelTag& tag) {
  Pairs pairs;
  for (const auto& [name, value] : found) {
    std::string safe = safe_text(*value.string(), bounds.kept_characters_max);
    if (tag && safe != *value.string()) safe += tag(*value.string());
    pairs[safe_text(name)] = std::move(safe);
  }
  return pairs;
}

Result<Pairs> read_pairs(const Value& alert, const PairLimits& bounds, const LabelTag& tag = {}) {
  const Value* found = alert.find(bounds.member);
  if (found == nullptr || found->is_null()) return Pairs();
  if (found->object() == nullptr) return wrong(bounds.member, "应为对象");
  if (found->object()->size() > AlertLimits::kPairsMax) return too_long(bounds.member);
  for (const auto& [name, value] : *found->object()) {
    if (name.empty() || name.size() > AlertLimits::kNameBytesMax) return too_long(bounds.member);
    if (value.string() == nullptr) return wrong(bounds.member, "值应为文字");
    if (value.string()->size() > bounds.value_bytes_max) return too_long(bounds.member);
  }
  return safe_pairs(*found->object(), bounds, tag);
}

// How programs written in Go say "no time".
bool is_zero_time(std::string_view text) { return text.starts_with("0001-01-01T00:00:00"); }

Result<std::optional<Timestamp>> read_time(const Value& alert, std::string_view name) {
  const Value* found = alert.find(name);
  if (found == nullptr || found->is_null()) return std::optional<Timestamp>();
  if (found->string() == nullptr) return wrong(name, "应为文字");
  if (is_zero_time(*found->string())) return std::optional<Timestamp>();
  auto at = parse_rfc3339(*found->string());
  if (!at) return wrong(name, "应为 RFC 3339 时间");
  return at;
}

// True for an alert that has ended.
Result<bool> read_status(const Value& alert) {
  auto status = text_member(alert, "status");
  if (!status.ok()) return status.error();
  const bool resolved = **status == "resolved";
  if (!resolved && **status != "firing") return wrong("status", "应为 firing 或 resolved");
  return resolved;
}

size_t bytes_of(const Pairs& pairs) {
  size_t bytes = 0;
  for (const auto& [name, value] : pairs) bytes += name.size() + value.size();
  return bytes;
}

Result<void> read_times(const Value& alert, bool resolved, AlertRaised& out) {
  auto starts_at = read_time(alert, "startsAt");
  if (!starts_at.ok()) return starts_at.error();
  out.starts_at = *starts_at;
  auto ends_at = read_time(alert, "endsAt");
  if (!ends_at.ok()) return ends_at.error();
  if (!resolved) return {};
  if (!*ends_at) return wrong("endsAt", "已恢复的告警应有结束时间");
  out.ends_at = *ends_at;
  return {};
}

Result<AlertRaised> read_alert(const Value& alert, const LabelTag& tag) {
  if (alert.object() == nullptr) return invalid("应为对象");
  auto resolved = read_status(alert);
  if (!resolved.ok()) return resolved.error();
  AlertRaised out;
  out.source = kAlertmanagerSource;
  auto labels = read_pairs(alert, kLabels, tag);
  if (!labels.ok()) return labels.error();
  if (labels->empty()) return wrong("labels", "不能为空");
  out.labels = std::move(*labels);
  auto annotations = read_pairs(alert, kAnnotations);
  if (!annotations.ok()) return annotations.error();
  out.annotations = std::move(*annotations);
  if (bytes_of(out.labels) + bytes_of(out.annotations) > AlertLimits::kAlertBytesMax) {
    return too_long("labels, annotations");
  }
  const Value* fingerprint = alert.find("fingerprint");
  if (fingerprint != nullptr && fingerprint->string() == nullptr) {
    return wrong("fingerprint", "应为文字");
  }
  RETURN_IF_ERROR(read_times(alert, *resolved, out));
  return out;
}

Result<uint64_t> read_truncated(const Value& body) {
  const Value* found = body.find("truncatedAlerts");
  if (found == nullptr) return uint64_t{0};
  if (found->integer() == nullptr || *found->integer() < 0) {
    return wrong("truncatedAlerts", "应为非负整数");
  }
  return uint64_t(*found->integer());
}

}  // namespace

Result<AlertBatch> read_alertmanager(const Value& body, const LabelTag& tag) {
  if (body.object() == nullptr) return invalid("请求体应为 JSON 对象");
  auto version = text_member(body, "version");
  if (!version.ok()) return version.error();
  if (**version != "4") return wrong("version", "只认识 Alertmanager webhook 第 4 版");
  const Value* alerts = body.find("alerts");
  if (alerts == nullptr) return wrong("alerts", "缺少该字段");
  if (alerts->array() == nullptr) return wrong("alerts", "应为数组");
  if (alerts->array()->size() > AlertLimits::kAlertsMax) return too_long("alerts");
  AlertBatch batch;
  auto truncated = read_truncated(body);
  if (!truncated.ok()) return truncated.error();
  batch.truncated = *truncated;
  batch.alerts.reserve(alerts->array()->size());
  for (const Value& alert : *alerts->array()) batch.alerts.push_back(read_alert(alert, tag));
  return batch;
}

}  // namespace jieban
