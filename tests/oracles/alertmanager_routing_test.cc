// Alertmanager's route trees: every row.
#include "common/json/json.h"
#include "tests/oracles/alertmanager.h"

namespace jieban::oracles {
namespace {

// The trees stand beside the rows.
RouteTree tree_of(const std::string& name) {
  RouteTree tree;
  add_route(member(member(whole_table("alertmanager_routing.json"), "trees"), name), 0, tree);
  return tree;
}

void expect_choice(const RouteChoice& choice, const Value& expected) {
  EXPECT_EQ(choice.receiver, text_at(expected, "receiver"));
  if (!is_given(expected, "group_wait")) return;
  EXPECT_EQ(to_micros(Timestamp(choice.group_wait)), micros_of(member(expected, "group_wait")));
  EXPECT_EQ(to_micros(Timestamp(choice.group_interval)),
            micros_of(member(expected, "group_interval")));
  EXPECT_EQ(to_micros(Timestamp(choice.repeat_interval)),
            micros_of(member(expected, "repeat_interval")));
  std::vector<std::string> names;
  for (const Value& each : *member(expected, "group_by").array()) names.push_back(*each.string());
  EXPECT_EQ(choice.group_by, names);
}

TEST(AlertmanagerRouting, EveryRowAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("alertmanager_routing.json");
  for (const Value& row : rows) {
    SCOPED_TRACE(to_json(row));
    const RouteTree tree = tree_of(text_at(row, "tree"));
    ASSERT_TRUE(check_routes(tree).ok());
    const auto choices = routes_of(tree, labels_at(row, "input"));
    const Value::Array& expected = *member(row, "expected").array();
    ASSERT_EQ(choices.size(), expected.size());
    for (size_t i = 0; i < choices.size(); ++i) expect_choice(choices[i], expected[i]);
  }
  EXPECT_EQ(rows.size(), 11U);
}

}  // namespace
}  // namespace jieban::oracles
