#include "tests/integration/backbone/street.h"

#include <algorithm>
#include <array>

#include "common/json/json.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

struct Place {
  const char* community;
  const char* cat1;
  const char* cat2;
};
// The last one has no rule: its orders wait for a person.
constexpr std::array<Place, 4> kPlaces = {{
    {"真武庙社区", "公共服务", "供暖"},
    {"月坛社区", "生态环境", "噪声"},
    {"三里河社区", "城市管理", "违法建设"},
    {"月坛社区", "无此类别", "其他"},
}};

constexpr std::array<const char*, 6> kCommands = {"sign",    "dispatch", "accept",
                                                  "hand_in", "submit",   "complete"};

// What of a payload must be the same on a quiet day. Times, versions and sealed text may differ.
constexpr std::array<std::string_view, 12> kEssential = {
    "order_no", "round", "from",  "to",     "command", "lead_unit",
    "state",    "code",  "clock", "change", "percent", "channel"};

void essentials(const Value& value, std::string& out) {
  if (const Value::Object* object = value.object()) {
    for (const auto& [key, member] : *object) {
      bool wanted = std::ranges::find(kEssential, key) != kEssential.end();
      if (wanted && member.object() == nullptr && member.array() == nullptr) {
        out += " " + key + "=" + scalar_text(member);
      } else {
        essentials(member, out);
      }
    }
  }
  if (const Value::Array* array = value.array()) {
    for (const Value& member : *array) essentials(member, out);
  }
}

bool is_attempt(const std::string& topic) {
  return topic == "notice.attempted" || topic == "notice.failed";
}

}  // namespace

std::string street_order_no(uint64_t number) { return "BJ" + std::to_string(1'000'000 + number); }

bool is_overdue(uint64_t number) { return number % 10 == 7; }

Value street_order(uint64_t number, size_t text_bytes) {
  const Place& place = kPlaces.at(number % kPlaces.size());
  Value order;
  order.set("order_no", street_order_no(number))
      .set("order_type", "诉求")
      .set("title", "第" + std::to_string(number) + "号诉求")
      .set("content", "请尽快处理。" + std::string(text_bytes, 'x'))
      .set("caller_name", "某先生")
      .set("caller_phone", "13900000000")
      .set("community", place.community)
      .set("cat1", place.cat1)
      .set("cat2", place.cat2);
  if (is_overdue(number)) order.set("due_at", "2026-01-05 12:00:00");
  return order;
}

std::string street_push(const std::string& batch_id, uint64_t first, uint64_t count,
                        size_t text_bytes) {
  Value orders{Value::Array{}};
  for (uint64_t i = 0; i < count; ++i) orders.push(street_order(first + i, text_bytes));
  Value body;
  body.set("batch_id", batch_id).set("source", "city").set("orders", std::move(orders));
  return to_json(body);
}

std::vector<StreetCommand> street_commands(uint64_t number) {
  std::vector<StreetCommand> out;
  bool routed = number % kPlaces.size() != kPlaces.size() - 1;
  for (const char* command : kCommands) {
    bool dispatch = std::string_view(command) == "dispatch";
    if (dispatch && routed) continue;  // follows by the rules
    Value body;
    body.set("idempotency_key", street_order_no(number) + "-" + command)
        .set("actor", "desk-1")
        .set("role", "operator")
        .set("text", "已联系诉求人");
    if (dispatch) {
      Value arguments;
      body.set("arguments", std::move(arguments.set("lead_unit", "urban_office")));
    }
    out.push_back({command, to_json(body)});
    if (is_overdue(number)) break;
  }
  return out;
}

bool Desk::again() {
  ++repeats_;
  if (!patient_()) return false;
  constexpr std::chrono::milliseconds kPause{5};
  wait_until([&] { return !patient_(); }, kPause);
  return patient_();
}

bool Desk::push(const std::string& batch_id, uint64_t first, uint64_t count, size_t text_bytes) {
  std::string body = street_push(batch_id, first, count, text_bytes);
  do {
    auto answer = feed_.post("/api/v1/orders", body);
    if (!answer.ok()) continue;
    if (answer->status == 503) {
      ++times_full_;
      continue;
    }
    if (answer->status != 200) {
      complaints_.push_back(batch_id + ": " + answer->text);
      return false;
    }
    if (array_at(answer->value, "results").size() != count) {
      complaints_.push_back(batch_id + ": another number of results");
    }
    for (const Value& result : array_at(answer->value, "results")) {
      if (text_at(result, "outcome") == "new") continue;
      complaints_.push_back(batch_id + ": " + to_json(result));
    }
    return complaints_.empty();
  } while (again());
  return false;
}

bool Desk::command(uint64_t number, const StreetCommand& command) {
  std::string target = "/api/v1/orders/" + street_order_no(number) + "/commands/" + command.command;
  do {
    auto answer = desk_.post(target, command.body);
    if (!answer.ok() || answer->status == 202) continue;
    if (answer->status == 503) {
      ++times_full_;
      continue;
    }
    if (answer->status == 200) return true;
    complaints_.push_back(target + ": " + std::to_string(answer->status) + " " + answer->text);
    return false;
  } while (again());
  return false;
}

bool Desk::carry_through(uint64_t number) {
  return std::ranges::all_of(street_commands(number),
                             [&](const StreetCommand& next) { return command(number, next); });
}

Result<Timeline> timeline_of(DaemonClient& archiver, uint64_t number) {
  auto view = archiver.get_value("/api/v1/orders/" + street_order_no(number));
  if (!view.ok()) return view.error();
  struct Entry {
    std::string stream;
    int64_t sequence;
    std::string text;
  };
  std::vector<Entry> entries;
  for (const Value& event : array_at(*view, "timeline")) {
    std::string topic(text_at(event, "topic"));
    if (is_attempt(topic)) continue;
    std::string text = topic + " by " + std::string(text_at(event, "actor"));
    if (const Value* payload = event.find("payload")) essentials(*payload, text);
    std::string stream(text_at(event, "stream"));
    // A breach may come before or after a command that does not concern it.
    bool timed = stream.ends_with(".sla-watcher") || stream.ends_with(".notifier");
    entries.push_back({stream, timed ? 0 : integer_at(event, "sequence"), text});
  }
  std::ranges::sort(entries, [](const Entry& a, const Entry& b) {
    return std::tie(a.stream, a.sequence, a.text) < std::tie(b.stream, b.sequence, b.text);
  });
  Timeline out;
  for (const Entry& entry : entries) out.push_back(entry.stream + ": " + entry.text);
  return out;
}

Result<std::vector<Value>> read_stream(DaemonClient& ops) {
  std::vector<Value> events;
  while (true) {
    auto page =
        ops.get_value("/admin/stream?from=" + std::to_string(events.size() + 1) + "&count=500");
    if (!page.ok()) return page.error();
    const Value::Array& found = array_at(*page, "events");
    if (found.empty()) return events;
    events.insert(events.end(), found.begin(), found.end());
  }
}

}  // namespace jieban
