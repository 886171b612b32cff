// What must hold of any site after any test: whole streams, an empty quarantine, a whole archive
// that holds each order once.
#pragma once

#include <cstdint>

#include "tests/support/test_site.h"

namespace jieban {

// Streams without gap or double, nothing quarantined, the hash chain whole.
void expect_whole_streams(const TestSite& site);
// Each order of 1..orders is in the archive, and there is no other.
void expect_all_orders(const TestSite& site, uint64_t orders);
// The archive holds exactly as many events as the four streams.
void expect_all_events(const TestSite& site);
// Units are not told of each dispatch: a flood has more of them than a person may be told in the
// time of a test, and whether one is told before the order moves on is a matter of the instant.
void mute_dispatches(const TestSite& site);
int64_t head_of(const TestSite& site, const std::string& daemon);

}  // namespace jieban
