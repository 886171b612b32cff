#include "daemons/notifier/callout/urgency.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "daemons/notifier/callout/callout.h"

namespace jieban {
namespace {

// Rising.
constexpr std::array<std::string_view, 7> kSeverities = {"blue", "yellow",   "warning",  "orange",
                                                         "red",  "critical", "emergency"};
constexpr std::array<std::string_view, 4> kLevels = {"blue", "yellow", "orange", "red"};

template <size_t kCount>
size_t place_in(const std::array<std::string_view, kCount>& names, const std::string& name) {
  const auto* found = std::ranges::find(names, name);
  return found == names.end() ? 0 : size_t(found - names.begin()) + 1;
}

template <size_t kCount>
std::string_view name_at(const std::array<std::string_view, kCount>& names, size_t place) {
  return place == 0 ? std::string_view() : names.at(place - 1);
}

// One of the known names each: a label of somebody else's makes no row grow.
std::string key_of(const LabelSet& labels) {
  const Urgency urgency = urgency_of(labels);
  return std::string(name_at(kSeverities, urgency.severity)) + "/" +
         std::string(name_at(kLevels, urgency.level));
}

Urgency read_key(const std::string& key) {
  const size_t slash = key.find('/');
  return {place_in(kSeverities, key.substr(0, slash)), place_in(kLevels, key.substr(slash + 1))};
}

}  // namespace

Urgency urgency_of(const LabelSet& labels) {
  return {place_in(kSeverities, label_of(labels, kSeverityLabel)),
          place_in(kLevels, label_of(labels, kLevelLabel))};
}

void count_in(UrgencyCounts& counts, const LabelSet& labels) { ++counts[key_of(labels)]; }

void count_out(UrgencyCounts& counts, const LabelSet& labels) {
  const auto found = counts.find(key_of(labels));
  if (found != counts.end() && --found->second == 0) counts.erase(found);
}

Urgency worst_of(const UrgencyCounts& counts) {
  Urgency worst;
  for (const auto& [key, count] : counts) worst = std::max(worst, read_key(key));
  return worst;
}

std::string worst_severity(const UrgencyCounts& counts) {
  return std::string(name_at(kSeverities, worst_of(counts).severity));
}

}  // namespace jieban
