// The gaps of the rota as alerts (DOMAIN §13.2, PRODUCTS row 25): each of the next kGapDays is one
// of its own, so that a second one is told though the first is known and acknowledged.
//
// A gap is named by its beginning, to the minute. One that has begun keeps the name under which it
// was told, as long as nobody is on duty. One that has begun or begins within kGapNear is critical,
// a later one a warning: a shipped default that no authority states. Of more than kGapsToldMax of a
// rota the latest wait until they are among the first.
// Fails: never. Thread rule: pure functions.
#pragma once

#include <vector>

#include "common/duty/rota.h"
#include "daemons/notifier/callout/alert_draft.h"

namespace jieban {

constexpr Duration kGapNear = std::chrono::hours(24);
constexpr size_t kGapsToldMax = 24;

// `open`: the labels of those gaps that are alerts already. The latest come first: of alerts that
// are told together the one that was raised last is shown.
std::vector<AlertDraft> gap_drafts(const RotaBook& book, const std::vector<LabelSet>& open,
                                   Timestamp now);
// Whether an alert of no order, by its `what`, is of a gap.
bool is_gap_alert(const std::string& what);

}  // namespace jieban
