// What Alertmanager posts to a webhook (version "4"), as alerts of ours.
//
// Strict about what is read, silent about what isn't: members that are not known are passed over,
// since each release brings new ones. A batch whose frame is wrong is refused whole; an alert that
// is wrong is refused alone. An alert that is resolved has an end; one that fires has none,
// whatever Alertmanager guesses. What is written in labels and annotations is free text of others:
// it is masked here (safe_text.h), before anything is kept of it. Annotations are cut to what a
// call can say, and what is too many or has too long a name is left out: no alert is refused for
// them. Each has a `summary`: its own, else its description, else its name and labels. `tag` is put
// behind a label's value of which something was masked, so that alerts which differ there stay
// apart.
// What fails and how: `invalid` and `limit`, saying which member of which alert; never a value.
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/base/value.h"
#include "daemons/notifier/inputs.h"
#include "daemons/notifier/mask_tag.h"

namespace jieban {

constexpr std::string_view kAlertmanagerSource = "alertmanager";

struct AlertLimits {
  static constexpr size_t kAlertsMax = 500;  // one request
  static constexpr size_t kPairsMax = 64;    // labels; of annotations the rest is left out
  static constexpr size_t kNameBytesMax = 128;
  static constexpr size_t kLabelBytesMax = 1024;
  static constexpr size_t kAnnotationBytesMax = 4096;  // what is looked at
  static constexpr size_t kAlertBytesMax = 32 * 1024;  // all names and values of one alert
};

struct AlertBatch {
  std::vector<Result<AlertRaised>> alerts;  // in the order of the request
  std::vector<std::string> names;           // of each: its alertname, masked; "" without one
  uint64_t truncated = 0;                   // alerts that Alertmanager left out
};

Result<AlertBatch> read_alertmanager(const Value& body, const LabelTag& tag);

}  // namespace jieban
