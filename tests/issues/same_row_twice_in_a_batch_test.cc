// Seen: of two equal rows in one batch both were answered "new".
#include "tests/unit/daemons/receiver/receiver_fixture.h"

namespace jieban {
namespace {

using Words = std::vector<std::string>;

class SameRowTwice : public testing::Test {
 protected:
  // The answers to the rows of one batch; `places` are their places in it.
  Words answers(const std::string& batch, const std::vector<size_t>& places) {
    std::vector<Input> inputs;
    for (size_t place : places) {
      Submission order = leak_order();
      order.row_no = place;
      inputs.push_back(receiver_.order_input(order, batch));
    }
    Words words;
    for (const auto& answer : receiver_.inputs(inputs).answers) words.push_back(*answer);
    return words;
  }
  ReceiverFixture receiver_;
};

TEST_F(SameRowTwice, TheSecondIsUnchanged) {
  EXPECT_EQ(answers("b-1", {1, 2, 3}), (Words{"new", "unchanged", "unchanged"}));
}

TEST_F(SameRowTwice, WhoRepeatsTheBatchHearsTheSameAnswers) {
  Words first = answers("b-1", {1, 2});
  EXPECT_EQ(answers("b-1", {1, 2}), first);
}

TEST_F(SameRowTwice, InAnotherBatchItIsUnchangedWhereverItStands) {
  answers("b-1", {1, 2});
  EXPECT_EQ(answers("b-2", {1, 2}), (Words{"unchanged", "unchanged"}));
}

}  // namespace
}  // namespace jieban
