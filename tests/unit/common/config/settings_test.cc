// A configuration file is accepted whole or refused with everything that is wrong with it.
#include "common/config/settings.h"

#include <gtest/gtest.h>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

const std::vector<Parameter> kParameters = {
    {.name = "street", .default_text = "demo", .minimum = "1", .maximum = "12"},
    {.name = "batch",
     .kind = ParameterKind::integer,
     .default_text = "100",
     .minimum = "1",
     .maximum = "4096"},
    {.name = "store.map_size",
     .kind = ParameterKind::size,
     .default_text = "16GiB",
     .minimum = "1MiB",
     .maximum = "1TiB"},
    {.name = "store.sync.delay", .kind = ParameterKind::duration, .default_text = "5ms"},
    {.name = "watch", .kind = ParameterKind::boolean, .default_text = "false"},
    {.name = "mode",
     .kind = ParameterKind::choice,
     .default_text = "auto",
     .choices = {"auto", "manual"}},
    {.name = "peers", .kind = ParameterKind::list, .default_text = "a,b", .maximum = "3"},
};

Result<Settings> parse(std::string_view text) {
  return parse_settings(text, "d.yaml", kParameters);
}

std::string error_of(std::string_view text) {
  auto settings = parse(text);
  return settings.ok() ? "accepted" : settings.error().message;
}

TEST(Settings, AnEmptyFileGivesTheDefaults) {
  auto settings = parse("");
  ASSERT_TRUE(settings.ok()) << settings.error().message;
  EXPECT_EQ(settings->text("street"), "demo");
  EXPECT_EQ(settings->integer("batch"), 100);
  EXPECT_EQ(settings->bytes("store.map_size"), size_t{16} << 30U);
  EXPECT_EQ(settings->duration("store.sync.delay"), std::chrono::milliseconds(5));
  EXPECT_FALSE(settings->boolean("watch"));
  EXPECT_EQ(settings->text("mode"), "auto");
  EXPECT_EQ(settings->list("peers"), (std::vector<std::string>{"a", "b"}));
}

TEST(Settings, NestedMapsAreDottedNames) {
  auto settings = parse(
      "street: \"110101\"\nstore:\n  map_size: 2MiB\n  sync: {delay: 1s}\nwatch: true\n"
      "mode: manual\npeers: []\n");
  ASSERT_TRUE(settings.ok()) << settings.error().message;
  EXPECT_EQ(settings->text("street"), "110101");
  EXPECT_EQ(settings->bytes("store.map_size"), size_t{2} << 20U);
  EXPECT_EQ(settings->duration("store.sync.delay"), std::chrono::seconds(1));
  EXPECT_TRUE(settings->boolean("watch"));
  EXPECT_EQ(settings->text("mode"), "manual");
  EXPECT_TRUE(settings->list("peers").empty());
  EXPECT_EQ(settings->integer("batch"), 100);
}

TEST(Settings, AllErrorsOfAFileAreReportedTogether) {
  EXPECT_EQ(error_of("bacth: 3\nwatch: no\nstore:\n  map_size: 1KiB\n  map_size: 1GiB\nmode: x\n"),
            "d.yaml:1:1: unknown parameter bacth; did you mean batch?\n"
            "d.yaml:2:8: watch: \"no\" is not a switch; write true or false\n"
            "d.yaml:4:13: store.map_size: must be at least 1MiB and at most 1TiB\n"
            "d.yaml:5:3: \"map_size\" occurs twice, first in line 4; remove one of them\n"
            "d.yaml:6:7: mode: \"x\" is not one of the choices: auto manual");
}

TEST(Settings, WrongKindsAreRefused) {
  for (const char* text : {"batch: 010",
                           "batch: \"10\"",
                           "batch: abc",
                           "batch: 0",
                           "batch: 4097",
                           "batch: 1.5",
                           "batch: [1]",
                           "batch:",
                           "street: {a: 1}",
                           "street: \"\"",
                           "street: abcdefghijklm",
                           "store: 3",
                           "store: [1]",
                           "store.map_size: 1MiB",
                           "peers: a",
                           "peers: [a, [b]]",
                           "peers: [a, b, c, d]",
                           "watch: True",
                           "store: {sync: {delay: 5}}",
                           "- a",
                           "word",
                           "extra: {deep: 1}",
                           "batch: !!int 3",
                           "batch: &x 3"}) {
    EXPECT_EQ(error_of(text).find("d.yaml:1:"), 0U) << text << " gave " << error_of(text);
  }
  EXPECT_EQ(error_of("batch: 4096"), "accepted");
  EXPECT_EQ(error_of("store:"), "accepted");
}

TEST(Settings, UnknownParametersWithoutANeighbourGetPlainAdvice) {
  EXPECT_EQ(error_of("nothing_like_it: 1"),
            "d.yaml:1:1: unknown parameter nothing_like_it; remove it; --print-config shows the "
            "known ones");
}

TEST(Settings, RequiredParametersMustBeSet) {
  std::vector<Parameter> parameters = {{.name = "street", .meaning = "the code", .required = true}};
  auto missing = parse_settings("", "d.yaml", parameters);
  EXPECT_EQ(missing.error().message, "d.yaml:1:1: street is missing; add it: the code");
  EXPECT_TRUE(parse_settings("street: x", "d.yaml", parameters).ok());
  // Present but wrong is one error, not two.
  EXPECT_EQ(parse_settings("street:", "d.yaml", parameters).error().message.find('\n'),
            std::string::npos);
}

TEST(Settings, PrintedSettingsLoadBackTheSame) {
  auto settings =
      parse("street: \"a\\\"\\\\\\n\\x01\"\nstore: {map_size: 1536KiB}\npeers: [\"x: y\"]\n");
  ASSERT_TRUE(settings.ok()) << settings.error().message;
  std::string printed = print_settings(*settings);
  auto again = parse(printed);
  ASSERT_TRUE(again.ok()) << again.error().message << "\n" << printed;
  EXPECT_EQ(print_settings(*again), printed);
  EXPECT_EQ(again->text("street"), settings->text("street"));
  EXPECT_NE(printed.find("store:\n  map_size: 1536KiB\n  sync:\n    delay: 5ms\n"),
            std::string::npos)
      << printed;
}

TEST(Settings, TheReferenceIsATable) {
  std::string table = parameter_reference(kParameters);
  EXPECT_NE(table.find("| `store.map_size` | size | `16GiB` | 1MiB to 1TiB |  |"),
            std::string::npos)
      << table;
  EXPECT_NE(table.find("| `auto` | `auto`, `manual` |"), std::string::npos) << table;
}

TEST(Settings, FilesBeyondTheLimitAreRefused) {
  TempDir directory;
  std::string path = directory.path("d.yaml");
  std::string filler = "batch: 7\n#" + std::string(limits::kConfigBytesMax - 10, 'x');
  ASSERT_TRUE(write_file(path, filler).ok());
  EXPECT_EQ(load_settings(path, kParameters)->integer("batch"), 7);
  ASSERT_TRUE(write_file(path, filler + "x").ok());
  EXPECT_EQ(load_settings(path, kParameters).error().code, ErrorCode::limit);
  EXPECT_EQ(load_settings(directory.path("none"), kParameters).error().code, ErrorCode::not_found);
}

TEST(SettingsDeathTest, OurOwnMistakesAbort) {
  auto settings = parse("");
  EXPECT_DEATH(settings->integer("undeclared"), "a declared parameter");
  EXPECT_DEATH(settings->integer("street"), "declared kind");
  std::vector<Parameter> twice = {kParameters[0], kParameters[0]};
  EXPECT_DEATH((void)parse_settings("", "d", twice), "declared once");
  std::vector<Parameter> outside = {
      {.name = "n", .kind = ParameterKind::integer, .default_text = "0", .minimum = "1"}};
  EXPECT_DEATH((void)parse_settings("", "d", outside), "in its range");
}

}  // namespace
}  // namespace jieban
