#include "daemons/notifier/callout/rota_gaps.h"

#include <algorithm>
#include <utility>

#include "common/duty/shifts.h"
#include "daemons/notifier/callout/callout.h"

namespace jieban {
namespace {

constexpr const char* kRotaLabel = "rota";
constexpr const char* kGapLabel = "gap";
constexpr std::string_view kGapPrefix = "rota:";

// Where to look from: a gap that was told of and lasts is found whole from its beginning.
Timestamp look_from(const Rota& rota, const std::vector<LabelSet>& open, Timestamp now) {
  Timestamp from = now;
  for (const LabelSet& labels : open) {
    if (label_of(labels, kRotaLabel) != rota.id) continue;
    const auto begins = parse_local(label_of(labels, kGapLabel) + ":00");
    if (begins) from = std::min(from, *begins);
  }
  return from;
}

AlertDraft gap_draft(const Rota& rota, const TimeSpan& gap, Timestamp now) {
  const std::string begins = minute_of(gap.from);
  AlertDraft draft;
  draft.what = std::string(kGapPrefix) + rota.id + ":" + begins;
  draft.labels = {{kTopicLabel, "rota.gap"},
                  {kRotaLabel, rota.id},
                  {kGapLabel, begins},
                  {kSeverityLabel, gap.from - now <= kGapNear ? "critical" : "warning"}};
  draft.annotations["summary"] =
      rota.name + " " + begins + " 至 " + minute_of(gap.until) + " 无人值班";
  return draft;
}

}  // namespace

bool is_gap_alert(const std::string& what) { return what.starts_with(kGapPrefix); }

std::vector<AlertDraft> gap_drafts(const RotaBook& book, const std::vector<LabelSet>& open,
                                   Timestamp now) {
  std::vector<std::pair<Timestamp, AlertDraft>> found;
  for (const Rota& rota : book.rotas) {
    size_t told = 0;
    const Timestamp until = now + std::chrono::days(kGapDays);
    for (const TimeSpan& gap : gaps(rota, book.changes, look_from(rota, open, now), until)) {
      if (gap.until <= now || told == kGapsToldMax) continue;
      ++told;
      found.emplace_back(gap.from, gap_draft(rota, gap, now));
    }
  }
  std::ranges::stable_sort(found, std::ranges::greater(), &std::pair<Timestamp, AlertDraft>::first);
  std::vector<AlertDraft> drafts;
  for (auto& [from, draft] : found) drafts.push_back(std::move(draft));
  return drafts;
}

}  // namespace jieban
