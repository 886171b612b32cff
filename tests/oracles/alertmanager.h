// What the tables taken from Alertmanager have in common: labels, conditions and route trees as
// objects, instants as seconds from the start.
#pragma once

#include "common/alerting/matcher.h"
#include "common/alerting/route_tree.h"
#include "tests/oracles/table.h"

namespace jieban::oracles {

// REQUIRES: an object of texts.
LabelSet labels_at(const Value& row, std::string_view key);
// "s1=1", or an object of names and values.
std::vector<Matcher> matchers_of(const Value& said, MatchKind kind = MatchKind::equal);
// Seconds, with a fraction or without, in microseconds.
int64_t micros_of(const Value& seconds);
Timestamp instant_at(const Value& row, std::string_view key);
// A route of such a table and its children.
void add_route(const Value& said, size_t parent, RouteTree& tree);
// The member; REQUIRES: it is there.
const Value& member(const Value& row, std::string_view key);

}  // namespace jieban::oracles
