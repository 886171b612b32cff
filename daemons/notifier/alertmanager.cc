#include "daemons/notifier/alertmanager.h"

#include "common/base/text.h"
#include "common/calendar/instant_text.h"
#include "daemons/notifier/safe_text.h"

namespace jieban {
namespace {

using Pairs = std::map<std::string, std::string>;

constexpr const char* kSummary = "summary";
constexpr const char* kDescription = "description";
constexpr const char* kAlertName = "alertname";

Error wrong(std::string_view member, std::string_view what) {
  return invalid(std::string(member) + ": " + std::string(what));
}

Error too_long(std::string_view member, std::string_view limit) {
  return {ErrorCode::limit, std::string(member) + ": 过长或过多，" + std::string(limit)};
}

std::string at_most(size_t count, std::string_view unit) {
  return "最多" + std::to_string(count) + std::string(unit);
}

Result<const std::string*> text_member(const Value& object, std::string_view name) {
  const Value* found = object.find(name);
  if (found == nullptr) return wrong(name, "缺少该字段");
  if (found->string() == nullptr) return wrong(name, "应为文字");
  return found->string();
}

// Null where there are none.
Result<const Value::Object*> pairs_of(const Value& alert, std::string_view member) {
  const Value* found = alert.find(member);
  if (found == nullptr || found->is_null()) return nullptr;
  if (found->object() == nullptr) return wrong(member, "应为对象");
  for (const auto& [name, value] : *found->object()) {
    if (value.string() == nullptr) return wrong(member, "值应为文字");
  }
  return found->object();
}

// Kept whole: rules ask for them.
Result<Pairs> read_labels(const Value& alert, const LabelTag& tag) {
  constexpr std::string_view kLabels = "labels";
  auto found = pairs_of(alert, kLabels);
  if (!found.ok()) return found.error();
  if (*found == nullptr || (*found)->empty()) return wrong(kLabels, "不能为空");
  if ((*found)->size() > AlertLimits::kPairsMax) {
    return too_long(kLabels, at_most(AlertLimits::kPairsMax, "个"));
  }
  Pairs labels;
  for (const auto& [name, value] : **found) {
    if (name.empty() || name.size() > AlertLimits::kNameBytesMax) {
      return too_long(kLabels, "名称" + at_most(AlertLimits::kNameBytesMax, "字节"));
    }
    if (value.string()->size() > AlertLimits::kLabelBytesMax) {
      return too_long(kLabels, "值" + at_most(AlertLimits::kLabelBytesMax, "字节"));
    }
    labels[safe_text(name)] = masked_label(*value.string(), tag);
  }
  return labels;
}

// The beginning of a text, whole characters of it.
std::string_view beginning_of(std::string_view text, size_t bytes_max) {
  if (text.size() <= bytes_max) return text;
  const auto inside = [&](size_t at) {
    return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
  };
  while (bytes_max > 0 && inside(bytes_max)) --bytes_max;
  return text.substr(0, bytes_max);
}

// Nobody needs them whole, nor all: those that are told come first.
Result<Pairs> read_annotations(const Value& alert) {
  auto found = pairs_of(alert, "annotations");
  if (!found.ok()) return found.error();
  Pairs annotations;
  if (*found == nullptr) return annotations;
  const auto keep = [&](const std::string& name, const Value& value) {
    // One place is left for a summary that may have to be made.
    const bool fits = annotations.size() + 1 < AlertLimits::kPairsMax && !name.empty() &&
                      name.size() <= AlertLimits::kNameBytesMax;
    if (!fits) return;
    annotations[safe_text(name)] = safe_text(
        beginning_of(*value.string(), AlertLimits::kAnnotationBytesMax), kSafeCharactersMax);
  };
  for (const char* told : {kSummary, kDescription}) {
    if (const Value* value = alert.find("annotations")->find(told)) keep(told, *value);
  }
  for (const auto& [name, value] : **found) keep(name, value);
  return annotations;
}

// "JiebanDaemonDown（daemon=router，instance=127.0.0.1:9102）"
std::string words_for(const Pairs& labels) {
  const auto name = labels.find(kAlertName);
  std::string words = name == labels.end() ? "告警" : name->second;
  std::string more;
  for (const char* label : {"daemon", "instance"}) {
    const auto found = labels.find(label);
    if (found == labels.end()) continue;
    more += (more.empty() ? "" : "，") + std::string(label) + "=" + found->second;
  }
  if (!more.empty()) words += "（" + more + "）";
  return safe_text(words, kSafeCharactersMax);
}

// A call without words would ring a phone and say nothing.
void give_summary(AlertRaised& alert) {
  for (const char* told : {kSummary, kDescription}) {
    const auto found = alert.annotations.find(told);
    if (found == alert.annotations.end() || trim(found->second).empty()) continue;
    alert.annotations[kSummary] = found->second;
    return;
  }
  alert.annotations[kSummary] = words_for(alert.labels);
}

// Also of one that is refused: for the log.
std::string name_of(const Value& alert, const LabelTag& tag) {
  const Value* labels = alert.object() == nullptr ? nullptr : alert.find("labels");
  if (labels == nullptr || labels->object() == nullptr) return {};
  const Value* name = labels->find(kAlertName);
  if (name == nullptr || name->string() == nullptr) return {};
  return masked_label(beginning_of(*name->string(), AlertLimits::kLabelBytesMax), tag);
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
  auto labels = read_labels(alert, tag);
  if (!labels.ok()) return labels.error();
  out.labels = std::move(*labels);
  auto annotations = read_annotations(alert);
  if (!annotations.ok()) return annotations.error();
  out.annotations = std::move(*annotations);
  if (bytes_of(out.labels) + bytes_of(out.annotations) > AlertLimits::kAlertBytesMax) {
    return too_long("labels, annotations",
                    "合计" + at_most(AlertLimits::kAlertBytesMax / 1024, "KiB"));
  }
  const Value* fingerprint = alert.find("fingerprint");
  if (fingerprint != nullptr && fingerprint->string() == nullptr) {
    return wrong("fingerprint", "应为文字");
  }
  RETURN_IF_ERROR(read_times(alert, *resolved, out));
  give_summary(out);
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
  if (alerts->array()->size() > AlertLimits::kAlertsMax) {
    return too_long("alerts", at_most(AlertLimits::kAlertsMax, "条"));
  }
  AlertBatch batch;
  auto truncated = read_truncated(body);
  if (!truncated.ok()) return truncated.error();
  batch.truncated = *truncated;
  batch.alerts.reserve(alerts->array()->size());
  for (const Value& alert : *alerts->array()) {
    batch.alerts.push_back(read_alert(alert, tag));
    batch.names.push_back(name_of(alert, tag));
  }
  return batch;
}

}  // namespace jieban
