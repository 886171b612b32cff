// The end of a demonstration: waits until the archive holds all there is, and asks it.
//
// What fails and how: errors of calls; a wrong answer is part of the verdict, not an error.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "tools/player/summary.h"
#include "tools/site/site.h"

namespace jieban {

// True once the archiver has applied what the other four had told when this was called; false when
// it had not in time, or `wait` is false.
Result<bool> archive_caught_up(const Site& site, const std::function<bool()>& wait);

// The orders whose course the archive does not tell whole.
Result<std::vector<IncompleteOrder>> incomplete_orders(const Site& site,
                                                       const std::set<std::string>& orders);
Result<ArchiveVerdict> verify_archive(const Site& site);
// The report of the archiver on [from, to), in Markdown.
Result<std::string> archive_report(const Site& site, Timestamp from, Timestamp to);

}  // namespace jieban
