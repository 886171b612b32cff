// Labels: what an alert is about, as names and values ("unit" = "urban_office", "level" = "red").
//
// Routes, inhibitions and silences ask for labels and for nothing else. A label that is missing is
// the same as an empty one, as in Prometheus. Labels name offices, clocks and levels, never
// persons. What fails and how: check_labels returns `invalid` or `limit`. Thread rule: pure
// functions.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"

namespace jieban {

using LabelSet = std::map<std::string, std::string>;

constexpr size_t kLabelsMax = 32;
constexpr size_t kLabelNameMax = 64;
constexpr size_t kLabelValueMax = 256;

// Letters, digits and '_', no digit first.
bool is_label_name(std::string_view name);
Result<void> check_labels(const LabelSet& labels);

// "" when there is none.
const std::string& label_of(const LabelSet& labels, const std::string& name);

// {level="red",unit="urban_office"}: the same labels give the same text, different ones another.
std::string label_text(const LabelSet& labels);

// Those of `names` that are there; all labels for {"..."}.
LabelSet labels_among(const LabelSet& labels, const std::vector<std::string>& names);

}  // namespace jieban
