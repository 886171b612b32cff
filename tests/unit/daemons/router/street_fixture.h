// A router with a watch: emergencies that come in, and who signs what.
#pragma once

#include "common/domain/handover.h"
#include "tests/unit/daemons/router/router_fixture.h"

namespace jieban {

inline RouterRules street_rules() {
  RouterRules rules = router_rules();
  rules.class_rules.insert(rules.class_rules.begin(),
                           {"交通管理>停车", std::nullopt, std::nullopt, "emergency"});
  return rules;
}

class StreetFixture : public RouterFixture {
 public:
  StreetFixture() : RouterFixture(street_rules()) {}

  StreetFixture& as(const std::string& who, const std::string& in_role) {
    RouterFixture::as(who, in_role);
    return *this;
  }
  StreetFixture& with_texts(const std::string& names) {
    RouterFixture::with_texts(names);
    return *this;
  }
  StreetFixture& without_texts() {
    RouterFixture::without_texts();
    return *this;
  }
  void emergency(uint64_t order_id, const std::string& order_no) {
    OrderIntake intake = heating_order(order_no);
    intake.facts.category = "交通管理>停车";
    receive(order_id, intake);
  }
  StepOutcome say(const std::string& word, std::map<std::string, std::string> arguments = {}) {
    return command(0, word, std::move(arguments));
  }
  // The code of a refusal, "" when it was taken; `told` is what was told then.
  std::string street_refusal(const std::string& word,
                             std::map<std::string, std::string> arguments = {}) {
    auto events = events_of(say(word, std::move(arguments)));
    CHECK(events.size() == 1);
    topic = events.front().topic;
    if (topic == topics::kCommandRefused) {
      reason = payload_of<CommandRefusal>(events.front()).reason;
      return payload_of<CommandRefusal>(events.front()).code;
    }
    told = payload_of<HandoverMove>(events.front());
    return "";
  }
  std::string sign_out(const std::string& who = "li", const std::string& in_role = "seat") {
    as(who, in_role).with_texts("equipment,instructions");
    std::string code =
        street_refusal("handover_out", {{"shift_out", "NIGHT"}, {"shift_in", "DAY"}});
    without_texts();
    return code;
  }
  std::string sign_in(const std::string& log_hash, const std::string& who = "zhao",
                      const std::string& in_role = "seat") {
    return as(who, in_role).street_refusal("handover_in", {{"log_hash", log_hash}});
  }
  std::string with_reason(const std::string& word, const std::string& who,
                          const std::string& in_role) {
    as(who, in_role).with_texts("text");
    std::string code = street_refusal(word);
    without_texts();
    return code;
  }

  std::string topic;
  HandoverMove told;
};

}  // namespace jieban
