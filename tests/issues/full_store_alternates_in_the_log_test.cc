// Seen: a store that stayed full wrote `store_full` and `store_resumes` in turn, each second.
#include "tests/support/log_lines.h"
#include "tests/unit/common/daemon/engine_fixture.h"

namespace jieban {
namespace {

using std::chrono::seconds;
using Words = std::vector<std::string>;

class FullStoreLog : public EngineFixture {
 protected:
  void SetUp() override {
    EngineOptions small = options();
    small.environment.map_size = 256U << 10U;
    open(small);
    for (uint64_t id = 1; id < 100 && !engine_->stalled(); ++id) ask(blob(id));
    ASSERT_TRUE(engine_->stalled());
  }
  static Input blob(uint64_t id) { return input("blob", id, std::string(20'000, 'b')); }
  // A second in which something large is asked for, and perhaps something small before it.
  void second(bool small) {
    turn(seconds(1));
    if (small) {
      EXPECT_EQ(ask(input("add", 1)).rfind("is ", 0), 0U) << "what is small still fits";
    }
    ask(blob(1000));
  }
  size_t told(const std::string& event) const { return log_.count("event=" + event); }

  LogLines log_;
};

TEST_F(FullStoreLog, AStoreThatStaysFullIsToldOnce) {
  for (int i = 0; i < 20; ++i) second(false);
  EXPECT_EQ(told("store_full"), 1U);
  EXPECT_EQ(told("store_resumes"), 0U);
}

TEST_F(FullStoreLog, AStepThatFitsBetweenTwoThatDoNotIsNoEnd) {
  for (int i = 0; i < 5; ++i) second(true);
  EXPECT_EQ(told("store_full"), 1U);
  EXPECT_EQ(told("store_resumes"), 0U);
}

TEST_F(FullStoreLog, TheEndIsToldOnceAStepWasCommittedAndTheNextTimeIsToldAgain) {
  ASSERT_TRUE(engine_->fold().environment().set_map_size(8U << 20U).ok());
  for (int i = 0; i < 5; ++i) turn(seconds(1));
  EXPECT_EQ(told("store_resumes"), 0U) << "nothing was committed yet";
  EXPECT_EQ(ask(input("add", 1)), "is 1");
  for (int i = 0; i < 5; ++i) turn(seconds(1));
  EXPECT_EQ(told("store_resumes"), 1U);

  for (uint64_t id = 200; id < 1000 && !engine_->stalled(); ++id) ask(blob(id));
  EXPECT_EQ(told("store_full"), 2U);
}

TEST_F(FullStoreLog, TheFirstTimeIsTold) { EXPECT_EQ(told("store_full"), 1U); }

}  // namespace
}  // namespace jieban
