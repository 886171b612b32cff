#include "daemons/notifier/last_call/parameters.h"

#include <gtest/gtest.h>

#include "common/base/text.h"
#include "daemons/notifier/channels/sms_text.h"

namespace jieban {
namespace {

TEST(LastCallParameters, TheShippedFileSetsWhatThereIsAndItsWordsFitOneShortMessage) {
  auto settings =
      load_settings(JIEBAN_SOURCE_DIR "/config/daemons/last-call.yaml", last_call_parameters());
  ASSERT_TRUE(settings.ok()) << settings.error().message;
  for (const char* name : {"call.down", "call.unable", "call.over"}) {
    std::string text = settings->text(name);
    replace_all(text, "{since}", "2026-11-23 02:00:00");
    replace_all(text, "{why}", "存储或磁盘已满");  // the longest
    EXPECT_EQ(measure_sms(text).parts, 1U) << name;
    EXPECT_NE(text, settings->text(name)) << "it says since when";
  }
}

TEST(LastCallParameters, ARepetitionEachSecondIsRefused) {
  EXPECT_FALSE(parse_settings("watch: {repeat: 1s}\n", "f", last_call_parameters()).ok());
}

}  // namespace
}  // namespace jieban
