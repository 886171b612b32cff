// Goal: groups come out whole and in order, a flood waits outside, and whoever waits is answered.
#include "common/daemon/inbox.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <future>

#include "common/base/limits.h"

namespace jieban {
namespace {

std::vector<Input> inputs(size_t count) { return std::vector<Input>(count); }

InputGroup group(size_t count) { return {inputs(count), false, nullptr}; }

bool readable(const Inbox& inbox) {
  pollfd waiting{inbox.descriptor(), POLLIN, 0};
  return ::poll(&waiting, 1, 0) == 1;
}

TEST(Inbox, GivesGroupsInOrderAndWhole) {
  Inbox inbox;
  ASSERT_TRUE(inbox.submit(group(3)).ok());
  ASSERT_TRUE(inbox.submit(group(2)).ok());
  EXPECT_FALSE(inbox.take(2).has_value()) << "a group is never split";
  EXPECT_EQ(inbox.take(3)->inputs.size(), 3U);
  EXPECT_EQ(inbox.take(SIZE_MAX)->inputs.size(), 2U);
  EXPECT_FALSE(inbox.take(SIZE_MAX).has_value());
  EXPECT_TRUE(inbox.empty());
}

TEST(Inbox, WhatDoesNotFitIsRefusedAtOnceAndFitsAgainLater) {
  Inbox inbox;
  const size_t most = 8 * limits::kBatchEventsMax;
  ASSERT_TRUE(inbox.submit(group(most - 1)).ok());
  ASSERT_TRUE(inbox.submit(group(1)).ok());
  bool called = false;
  auto refused = inbox.submit({inputs(1), false, [&](const GroupAnswer&) { called = true; }});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
  EXPECT_FALSE(called);
  EXPECT_EQ(inbox.call(inputs(1), false).error->code, ErrorCode::unavailable);
  ASSERT_TRUE(inbox.take(SIZE_MAX).has_value());
  EXPECT_TRUE(inbox.submit(group(1)).ok());
}

TEST(Inbox, AGroupThatIsTooLargeForAnyRoomIsTakenWhenNothingWaits) {
  Inbox inbox;
  EXPECT_TRUE(inbox.submit(group(10 * limits::kBatchEventsMax)).ok());
  EXPECT_FALSE(inbox.submit(group(1)).ok());
}

TEST(Inbox, TheDescriptorIsReadableWhileSomethingWaits) {
  Inbox inbox;
  EXPECT_FALSE(readable(inbox));
  ASSERT_TRUE(inbox.submit(group(1)).ok());
  EXPECT_TRUE(readable(inbox));
  inbox.clear_descriptor();
  EXPECT_FALSE(readable(inbox));
  ASSERT_TRUE(inbox.submit(group(1)).ok());
  EXPECT_TRUE(readable(inbox));
}

TEST(Inbox, CloseAnswersEverybodyAndRefusesWhoComesLater) {
  Inbox inbox;
  int answered = 0;
  for (int i = 0; i < 3; ++i) {
    auto done = [&](const GroupAnswer& answer) {
      ASSERT_TRUE(answer.error.has_value());
      EXPECT_EQ(answer.error->message, "stopping");
      ++answered;
    };
    ASSERT_TRUE(inbox.submit({inputs(1), false, done}).ok());
  }
  ASSERT_TRUE(inbox.submit(group(1)).ok()) << "one that nobody asks about";
  inbox.close(Error{ErrorCode::unavailable, "stopping"});
  EXPECT_EQ(answered, 3);
  EXPECT_TRUE(inbox.empty());
  EXPECT_FALSE(inbox.submit(group(1)).ok());
  EXPECT_EQ(inbox.call(inputs(1), false).error->message, "stopping");
}

TEST(Inbox, ACallWaitsForItsAnswer) {
  Inbox inbox;
  auto answer = std::async(std::launch::async, [&] { return inbox.call(inputs(1), true); });
  pollfd waiting{inbox.descriptor(), POLLIN, 0};
  ASSERT_EQ(::poll(&waiting, 1, 10'000), 1);
  auto taken = inbox.take(SIZE_MAX);
  ASSERT_TRUE(taken.has_value());
  EXPECT_TRUE(taken->intake);
  taken->done({std::nullopt, {Result<std::string>(std::string("done"))}});
  EXPECT_EQ(*answer.get().answers.at(0), "done");
}

}  // namespace
}  // namespace jieban
