// What is printed for people keeps its shape whatever the values hold.
#include <gtest/gtest.h>

#include "common/config/settings.h"

namespace jieban {
namespace {

TEST(SettingsText, SectionsAreOpenedOnce) {
  std::vector<Parameter> parameters = {
      {.name = "b.y.one", .default_text = "1"}, {.name = "a", .default_text = "2"},
      {.name = "b.x", .default_text = "3"},     {.name = "b.y.two", .default_text = "4"},
      {.name = "c.y", .default_text = "5"},
  };
  EXPECT_EQ(print_settings(*parse_settings("", "d", parameters)),
            "a: \"2\"\nb:\n  x: \"3\"\n  y:\n    one: \"1\"\n    two: \"4\"\nc:\n  y: \"5\"\n");
}

TEST(SettingsText, ReferenceCellsCannotBreakTheTable) {
  std::vector<Parameter> parameters = {
      {.name = "a", .meaning = "one | two\nthree", .required = true},
      {.name = "b", .kind = ParameterKind::list, .maximum = "3"}};
  EXPECT_EQ(parameter_reference(parameters),
            "| parameter | kind | default | range | meaning |\n|---|---|---|---|---|\n"
            "| `a` | text | required |  | one \\| two three |\n"
            "| `b` | list | empty | at most 3 elements |  |\n");
}

}  // namespace
}  // namespace jieban
