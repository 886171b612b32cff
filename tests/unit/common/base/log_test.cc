// A log line is one line of logfmt, whatever is put into it.
#include "common/base/log.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

TEST(Log, ValuesAreQuotedWhenTheyNeedIt) {
  EXPECT_EQ(format_log_line(LogLevel::info, "ready", {{"head", 42}, {"stream", "a.b"}}),
            "level=info event=ready head=42 stream=a.b");
  EXPECT_EQ(format_log_line(LogLevel::warning, "x", {{"why", "a \"b\"\nc"}}),
            "level=warning event=x why=\"a \\\"b\\\" c\"");
  EXPECT_EQ(format_log_line(LogLevel::error, "x", {{"empty", ""}}),
            "level=error event=x empty=\"\"");
}

TEST(Log, LongValuesAreCut) {
  std::string line = format_log_line(LogLevel::info, "x", {{"v", std::string(2000, 'a')}});
  EXPECT_LT(line.size(), 600U);
  EXPECT_TRUE(line.ends_with("...\""));
}

TEST(Log, TheSinkGetsWhatTheLevelAllows) {
  int lines = 0;
  set_log_sink([&](LogLevel, const std::string&) { ++lines; });
  set_log_level(LogLevel::warning);
  log(LogLevel::info, "quiet");
  log(LogLevel::error, "loud");
  EXPECT_EQ(lines, 1);
  set_log_level(LogLevel::info);
  set_log_sink(nullptr);
}

}  // namespace
}  // namespace jieban
