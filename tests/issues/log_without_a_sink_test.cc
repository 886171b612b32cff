// Seen: set_log_sink(nullptr) left no sink at all, and the next line threw std::bad_function_call.
#include <gtest/gtest.h>

#include "common/base/log.h"

namespace jieban {
namespace {

TEST(LogSink, NoneMeansTheOneOfTheStart) {
  int lines = 0;
  set_log_sink([&](LogLevel, const std::string&) { ++lines; });
  log(LogLevel::error, "ours");
  set_log_sink(nullptr);
  testing::internal::CaptureStderr();
  EXPECT_NO_THROW(log(LogLevel::error, "everybody's"));
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "<3>level=error event=everybody's\n");
  EXPECT_EQ(lines, 1);
}

}  // namespace
}  // namespace jieban
