#include "tools/player/day_script.h"

#include <algorithm>

#include "common/base/file.h"
#include "common/json/json.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

constexpr size_t kScriptBytesMax = 16u << 20;
constexpr std::chrono::hours kDay{24};
constexpr std::chrono::minutes kHalfHour{30};

Result<Timestamp> time_of(const Value& value, std::string_view key) {
  auto at = parse_local(text_at(value, key));
  if (!at) return invalid(std::string(key) + " is not a time");
  return *at;
}

Timestamp half_hour_before(Timestamp at) {
  return Timestamp(at.time_since_epoch() / kHalfHour * Duration(kHalfHour));
}

Result<Value> read_json(const std::string& path) {
  auto text = read_file(path, kScriptBytesMax);
  if (!text.ok()) return text.error();
  auto value = parse_json(*text, {.bytes_max = kScriptBytesMax});
  return value.ok() ? value : value.error().context(path);
}

}  // namespace

Result<std::vector<ScriptedPush>> read_pushes(std::string_view lines) {
  std::vector<ScriptedPush> pushes;
  while (!lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    const std::string number = "line " + std::to_string(pushes.size() + 1);
    auto value = parse_json(lines.substr(0, end));
    if (!value.ok()) return value.error().context(number);
    auto at = time_of(*value, "at");
    const Value* body = value->find("body");
    if (!at.ok() || body == nullptr) return invalid(number + " has no time or no body");
    pushes.push_back({*at, to_json(*body)});
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  const auto earlier = [](const ScriptedPush& a, const ScriptedPush& b) { return a.at < b.at; };
  std::stable_sort(pushes.begin(), pushes.end(), earlier);
  if (pushes.empty()) return invalid("no push at all");
  return pushes;
}

Result<DayScript> DayScript::load(const std::string& folder) {
  DayScript script;
  auto expected = read_json(folder + "/expected.json");
  if (!expected.ok()) return expected.error();
  const Value* exported = expected->find("export");
  const Value* operators = expected->find("operators");
  if (exported == nullptr || operators == nullptr) return invalid("expected.json lacks a part");
  script.operators = *operators;
  script.export_file = folder + "/" + text_at(*exported, "file");
  auto export_at = time_of(*exported, "at");
  if (!export_at.ok()) return export_at.error();
  script.export_at = *export_at;
  auto lines = read_file(folder + "/pushes.jsonl", kScriptBytesMax);
  if (!lines.ok()) return lines.error();
  auto pushes = read_pushes(*lines);
  if (!pushes.ok()) return pushes.error().context("pushes.jsonl");
  script.pushes = std::move(*pushes);
  script.begin = half_hour_before(script.pushes.front().at);
  auto midnight = parse_local(text_at(*expected, "day") + " 00:00:00");
  if (!midnight) return invalid("expected.json has no day");
  script.end = *midnight + kDay;
  return script;
}

}  // namespace jieban
