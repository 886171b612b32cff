// A fold over the counting core, and batches of one line.
#pragma once

#include "common/domain/events.h"
#include "tests/unit/common/daemon/daemon_fixture.h"

namespace jieban {

class FoldFixture : public testing::Test {
 protected:
  void SetUp() override { open(); }

  void open(size_t map_size = 8U << 20U) {
    fold_.reset();
    auto opened = Fold::open(store_options(dir_.path("store"), map_size), service_);
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    fold_ = std::move(*opened);
  }

  Result<StepOutcome> run(std::vector<BatchPart> parts) {
    return fold_->run(Batch{clock_.now(), std::move(parts)});
  }
  // The answer, or "!" and the code of what went wrong.
  std::string ask(Input asked) {
    auto outcome = run({input_part(std::move(asked))});
    if (!outcome.ok()) return "!!" + std::string(to_string(outcome.error().code));
    const auto& answer = outcome->answers.at(0);
    return answer.ok() ? *answer : "!" + std::string(to_string(answer.error().code));
  }
  std::string settle(std::string_view topic, const std::string& stream, uint64_t sequence) {
    Quarantined wanted{stream, sequence, ""};
    return ask(input(std::string(topic), 0, encode_payload(wanted)));
  }
  uint64_t count(uint64_t order_id) const { return count_of(*fold_, service_, order_id); }
  size_t quarantined() const { return rows_of(*fold_, fold_->quarantine().id()).size(); }

  TempDir dir_{"/dev/shm"};
  FakeClock clock_;
  CounterService service_;
  std::unique_ptr<Fold> fold_;
};

}  // namespace jieban
