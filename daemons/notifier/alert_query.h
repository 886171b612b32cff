// Open alerts as they are asked for: by group, page by page, in the order of their keys.
//
// A group is what people are called for: one alert, or those that its route tells together. What
// has ended is not here but in the notices and the archive. Nothing in an answer is a person's: the
// labels are the masked ones by which alerts are routed, and persons have ids.
// A page costs what it shows and what its filters pass over.
// What fails and how: `not_found` for a key that is none, `invalid` for a question that is wrong,
// and the errors of the store. Thread rule: any thread, in the caller's transaction.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "common/base/value.h"
#include "common/http/message.h"
#include "daemons/notifier/callout/callout_tables.h"

namespace jieban {

// What becomes of it: it waits for its time, somebody is being called, it is muted, somebody has
// acknowledged, all steps are done and nobody has, or it is over and that is still to be told.
enum class AlertState : uint8_t { waiting, calling, muted, acknowledged, exhausted, ended };

std::string_view to_string(AlertState state);
bool from_string(std::string_view text, AlertState& out);
// "waiting, calling, ...": for errors.
std::string alert_state_names();
AlertState state_of(const Callout& callout);

struct AlertFilter {
  std::optional<AlertState> state;
  std::string topic;     // "": all
  std::string order_no;  // the order that its calls name; "": all
  std::string below;     // `next` of the page before
  size_t page_size = 50;
};

struct AlertPage {
  std::vector<Callout> alerts;
  std::optional<std::string> next;
};

constexpr size_t kAlertPageMax = 200;

// state, topic, order_no, below, page_size; anything else is refused.
Result<AlertFilter> read_alert_filter(const HttpHeaders& query);
Result<AlertPage> list_alerts(const Transaction& store, const CalloutTables& tables,
                              const AlertFilter& filter);
// By its key, or by the code that calls say.
Result<Callout> find_alert(const Transaction& store, const CalloutTables& tables,
                           const std::string& key);

Value alert_value(const Callout& callout);
Value alert_page_value(const AlertPage& page);

// How many there are in each state; reads them all.
Result<std::map<AlertState, uint64_t>> count_alerts(const Transaction& store,
                                                    const CalloutTables& tables);

}  // namespace jieban
