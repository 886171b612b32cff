// Goal: the table of parameters stands, and an empty file is a good file.
#include <gtest/gtest.h>

#include "daemons/notifier/notifier.h"

namespace jieban {
namespace {

TEST(NotifierParameters, AnEmptyFileGivesTheDefaults) {
  auto settings = parse_settings("", "notifier.yaml", notifier_parameters());
  ASSERT_TRUE(settings.ok()) << settings.error().message;
  EXPECT_EQ(settings->duration("webhook.reply_timeout"), std::chrono::seconds(5));
  EXPECT_EQ(settings->text("rules.notices"), "/etc/jieban/notices.yaml");
  EXPECT_EQ(settings->text("rules.calendar"), "") << "waits are natural time until there is one";
  EXPECT_EQ(settings->text("api.address"), "127.0.0.1:9114");
  EXPECT_EQ(settings->text("contacts.file"), "/etc/jieban/contacts.yaml");
  EXPECT_EQ(settings->text("kannel.secret_file"), "") << "off until there is a key";
}

TEST(NotifierParameters, ATimeoutThatWouldHoldUpAStopIsRefused) {
  auto settings =
      parse_settings("webhook:\n  reply_timeout: 5m\n", "notifier.yaml", notifier_parameters());
  EXPECT_FALSE(settings.ok());
}

}  // namespace
}  // namespace jieban
