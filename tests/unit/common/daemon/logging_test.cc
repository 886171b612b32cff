// Goal: whole lines on stderr, with the priority that journald reads, from the chosen level on.
#include "common/daemon/logging.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "common/base/log.h"

namespace jieban {
namespace {

class LoggingTest : public testing::Test {
 protected:
  void TearDown() override { start_logging("info"); }
  // What is logged at every level when `level` is chosen.
  static std::string logged(const std::string& level) {
    start_logging(level);
    testing::internal::CaptureStderr();
    log(LogLevel::error, "e", {{"n", 1}});
    log(LogLevel::warning, "w", {{"why", "%v {} two words"}});
    log(LogLevel::notice, "n");
    log(LogLevel::info, "i");
    log(LogLevel::debug, "d");
    return testing::internal::GetCapturedStderr();
  }
};

TEST_F(LoggingTest, LinesCarryTheirPriorityAndAreNotInterpreted) {
  EXPECT_EQ(logged("warning"),
            "<3>level=error event=e n=1\n"
            "<4>level=warning event=w why=\"%v {} two words\"\n");
}

TEST_F(LoggingTest, TheLevelDecidesWhatIsLogged) {
  struct Row {
    const char* level;
    int lines;
  };
  for (Row row :
       {Row{"error", 1}, Row{"warning", 2}, Row{"notice", 3}, Row{"info", 4}, Row{"debug", 5}}) {
    std::string text = logged(row.level);
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), row.lines) << row.level;
  }
}

}  // namespace
}  // namespace jieban
