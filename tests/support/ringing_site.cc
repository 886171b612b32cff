#include "tests/support/ringing_site.h"

#include <signal.h>

#include "common/base/check.h"
#include "common/base/file.h"
#include "common/json/json.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

constexpr const char* kLadder = R"(version: "1"
routes: {receiver: ring, group_by: ["..."], group_wait: 0s, group_interval: 5m, repeat_interval: 4h}
times: {always: [{times: ["00:00-24:00"]}]}
inhibitions: []
silences: {length_max: 24h, reason_characters_min: 4, never: []}
destinations: {}
policies:
  ring: {steps: [{tell: [{person: p-li}], wait: 2h}]}
everybody: {default: [{sms: 0s}]}
)";

constexpr const char* kRota = R"(version: "1"
limits: {rest_min: 11h, shift_max: 12h, nights_in_row_max: 1, night_at: "02:00"}
persons: [{id: p-li, name: 坐席, roles: [seat]}]
rotas: []
)";

constexpr const char* kRules = R"(version: "1"
attempts_max: 60
call_attempts_max: 60
retry_first: 20ms
retry_max: 100ms
templates: {call: "【提醒】{summary}。回复1确认。"}
channels:
)";

void put(const std::string& path, const std::string& text) {
  CHECK(write_file(path, text, 0600).ok());
}

std::string text_of(const std::string& name) { return "【提醒】" + name + "。回复1确认。"; }

std::string alerts_json(const std::vector<std::string>& names) {
  Value::Array alerts;
  for (const std::string& name : names) {
    Value labels;
    labels.set("alertname", name);
    Value annotations;
    annotations.set("summary", name);
    Value alert;
    alert.set("status", "firing");
    alert.set("labels", std::move(labels));
    alert.set("annotations", std::move(annotations));
    alerts.push_back(std::move(alert));
  }
  Value body;
  body.set("version", "4").set("alerts", std::move(alerts));
  return to_json(body);
}

}  // namespace

RingingSite::RingingSite(const std::string& channels, const std::string& settings)
    : site_({.more = {{kDaemon, settings}}}) {
  const std::string etc = site_.root() + "/etc/";
  put(etc + "notices.yaml", kRules + channels);
  put(etc + "escalation.yaml", kLadder);
  put(etc + "rota.yaml", kRota);
  put(etc + "contacts.yaml",
      std::string("version: \"1\"\npersons: {p-li: {sms: \"") + kPhone + "\"}}\n");
}

void RingingSite::kill() {
  site_.signal(kDaemon, SIGKILL);
  CHECK(site_.wait_ended(kDaemon, std::chrono::seconds(10)).has_value());
}

void RingingSite::change_channels(const std::string& channels) {
  put(site_.root() + "/etc/notices.yaml", kRules + channels);
  site_.signal(kDaemon, SIGHUP);
}

bool RingingSite::raise_once(const std::vector<std::string>& names) {
  auto answer = site_.api(kDaemon, "alertmanager").post("/alertmanager/v2", alerts_json(names));
  return answer.ok() && answer->status == 200;
}

bool RingingSite::raise(const std::vector<std::string>& names, Duration at_most) {
  bool taken = false;
  wait_until(
      [&] {
        taken = raise_once(names);
        return taken || site_.ended(kDaemon).has_value();
      },
      at_most);
  return taken;
}

std::map<std::string, RungNotice> RingingSite::calls(const std::vector<std::string>& names) {
  std::map<std::string, RungNotice> found;
  auto page = site_.api(kDaemon).get_value("/api/v1/notices?page_size=200");
  if (!page.ok()) return found;
  for (const Value& each : array_at(*page, "notices")) {
    RungNotice notice{text_at(each, "id"), text_at(each, "text"), text_at(each, "state")};
    for (const std::string& name : names) {
      if (notice.text == text_of(name)) found[name] = notice;
    }
  }
  return found;
}

bool RingingSite::all_become(const std::vector<std::string>& names, const std::string& state,
                             Duration at_most) {
  return wait_until(
      [&] {
        auto found = calls(names);
        for (const auto& [name, notice] : found) {
          if (notice.state != state) return false;
        }
        return found.size() == names.size();
      },
      at_most);
}

std::vector<ToldEvent> RingingSite::events() {
  std::vector<ToldEvent> found;
  DaemonClient ops = site_.ops(kDaemon);
  for (int64_t from = 1;;) {
    auto page = ops.get_value("/admin/stream?count=500&from=" + std::to_string(from));
    if (!page.ok() || array_at(*page, "events").empty()) return found;
    for (const Value& each : array_at(*page, "events")) {
      from = integer_at(each, "sequence") + 1;
      const Value* payload = each.find("payload");
      ToldEvent event{text_at(each, "topic"), "", payload == nullptr ? Value() : *payload};
      event.notice = text_at(event.payload, "notice_id");
      found.push_back(std::move(event));
    }
  }
}

size_t RingingSite::count_events(const std::string& topic) {
  size_t count = 0;
  for (const ToldEvent& event : events()) count += event.topic == topic ? 1 : 0;
  return count;
}

}  // namespace jieban
