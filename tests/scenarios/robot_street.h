// RobotStreet: the notifier's core under the shipped ladders, rota and words, whose calls go over
// one WeCom robot and over text messages; the clock is stepped, the channels' threads are played.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "common/alerting/escalation_file.h"
#include "common/duty/roster.h"
#include "common/duty/rota_file.h"
#include "daemons/notifier/notice_rules_file.h"
#include "tests/unit/daemons/notifier/notifier_fixture.h"

namespace jieban {

struct RobotCall {
  Timestamp at;
  NoticeRow row;
};

class RobotStreet : public NotifierFixture {
 public:
  RobotStreet() {
    const std::string config = JIEBAN_SOURCE_DIR "/config/";
    auto shipped_rules = load_notice_rules(config + "notices.yaml", "/nowhere");
    auto ladders = load_alerting_rules(config + "escalation.yaml");
    auto rota = load_rota_book(config + "rota.yaml");
    CHECK(shipped_rules.ok() && ladders.ok() && rota.ok());
    NotifierRules rules = *shipped_rules;
    rules.channels = {
        gateway("wecom", ChannelKind::wecom_robot, "https://localhost/send", "robot"),
        gateway("kannel", ChannelKind::kannel_sms, "http://localhost/cgi-bin/sendsms", "sms")};
    load(rules);
    input(rules_input(Callouts::kRulesName, *ladders));
    input(rules_input(Callouts::kRotaName, *rota));
    rota_ = *rota;
    seat = on("seat");
  }

  std::string on(const std::string& name) const {
    return on_duty(*rota_.find_rota(name), rota_.changes, now).at(0);
  }
  static std::string order_of(uint64_t id) { return std::to_string(260310000000 + id); }

  // Each of a unit of its own: an alert by itself, which calls the unit, the seat, the team leader
  // and the street's leader, each over the robot and by text message.
  void breach(uint64_t id) {
    DeadlineAlert alert = alert_of(order_of(id), 100);
    alert.level = "red";
    alert.lead_unit = "unit_" + std::to_string(id);
    event(kAlertStream, topics::kDeadlineBreached, alert, id);
  }
  void emergency(uint64_t id) {
    OrderOpening opening;
    opening.order_no = order_of(id);
    opening.order_class = "emergency";
    opening.category = "市政设施>燃气";
    opening.community = "真武庙社区";
    event(kRouterStream, topics::kOrderOpened, opening, id);
  }
  // As the channels' threads: one after the other, what may go.
  void run_for(Duration span) {
    const Timestamp until = now + span;
    while (now < until) {
      for (const char* channel : {"wecom", "kannel"}) {
        while (turn(channel)) {
        }
      }
      now += std::chrono::seconds(1);
      run({now, {BatchPart{}}});
    }
  }
  std::vector<RobotCall> to_person(const std::string& person) const {
    std::vector<RobotCall> calls;
    for (const RobotCall& each : sent.at("kannel")) {
      if (each.row.person == person) calls.push_back(each);
    }
    return calls;
  }

  std::map<std::string, std::vector<RobotCall>> sent;
  std::string seat;

 private:
  static ChannelRule gateway(const char* name, ChannelKind kind, const char* target,
                             const char* method) {
    ChannelRule channel = channel_rule(name, {});
    channel.kind = kind;
    channel.target = target;
    channel.account_file = "/nowhere/account.yaml";
    channel.method = method;
    return channel;
  }
  bool turn(const char* channel) {
    bool some = false;
    for (const NoticeRow& each : due(channel).rows) {
      const uint64_t attempt = each.attempts + 1;
      if (begin(each.notice_id, attempt) != "go") continue;
      some = true;
      // What it says when it goes.
      sent[channel].push_back({now, row(each.notice_id)});
      end(each.notice_id, attempt, DeliveryOutcome::accepted);
    }
    return some;
  }

  RotaBook rota_;
};

inline size_t most_calls_within(const std::vector<RobotCall>& calls, Duration per) {
  size_t most = 0;
  for (size_t first = 0, last = 0; last < calls.size(); ++last) {
    while (calls[last].at - calls[first].at >= per) ++first;
    most = std::max(most, last - first + 1);
  }
  return most;
}

inline bool is_list(const RobotCall& call) { return call.row.notice_id.ends_with("+"); }

}  // namespace jieban
