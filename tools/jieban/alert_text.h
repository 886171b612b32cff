// Open alerts as people read them, from the notifier's answers, and an alert as Alertmanager would
// post it. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/value.h"

namespace jieban {

// "waiting", "calling", ...: every state that an alert can be in.
std::vector<std::string> alert_state_words();
// {alerts: [...], next}
std::string alert_list_text(const Value& page);
std::string alert_text(const Value& alert);

struct ToldAlert {
  std::map<std::string, std::string> labels;
  std::map<std::string, std::string> annotations;
  bool ended = false;
};
// The body of POST /alertmanager/v2.
Value alertmanager_value(const ToldAlert& alert, Timestamp now);

}  // namespace jieban
