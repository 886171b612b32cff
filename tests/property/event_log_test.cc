// Law: an EventLog under any mixture of appends, trims, undone work and restarts answers as a
// std::map with a counter does.
#include "common/store/event_log.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <memory>

#include "tests/support/temp_dir.h"

namespace jieban {
namespace {

struct Model {
  std::map<uint64_t, std::string> records;
  uint64_t head = 0;

  uint64_t trim(uint64_t below, uint64_t count_max) {
    uint64_t erased = 0;
    while (records.size() > 1 && records.begin()->first < below && erased < count_max) {
      records.erase(records.begin());
      ++erased;
    }
    return erased;
  }
};

class Subject {
 public:
  Subject() { restart(); }

  void restart() {
    environment_.reset();
    EnvironmentOptions options;
    options.path = dir_.path("store");
    options.stream = "router.demo";
    options.map_size = size_t{16} << 20U;
    auto opened = Environment::open(options);
    RC_ASSERT(opened.ok());
    environment_ = std::move(*opened);
    log_ = std::make_unique<EventLog>(*EventLog::open(*environment_, "events"));
  }

  // One transaction, with a child that may be undone alone.
  void step(Model& model) {
    Model changed = model;
    auto txn = environment_->write();
    RC_ASSERT(txn.ok());
    append(*txn, changed, "outer");
    Model inner = changed;
    {
      auto child = txn->child();
      RC_ASSERT(child.ok());
      append(*child, inner, "inner");
      trim(*child, inner);
      if (*rc::gen::arbitrary<bool>()) {
        RC_ASSERT(child->commit().ok());
        changed = inner;
      }
    }
    trim(*txn, changed);
    agree(*txn, changed);
    if (!*rc::gen::weightedElement<bool>({{4, true}, {1, false}})) return;
    RC_ASSERT(txn->commit().ok());
    model = changed;
  }

  void agree(const Model& model) const { agree(*environment_->read(), model); }

 private:
  void append(Transaction& txn, Model& model, const std::string& text) const {
    int count = *rc::gen::inRange(0, 12);
    for (int i = 0; i < count; ++i) {
      size_t size = *rc::gen::weightedElement<size_t>({{8, 20}, {2, 900}, {1, 9000}});
      std::string record = text + std::to_string(++model.head) + std::string(size, 'x');
      RC_ASSERT(log_->append(txn, model.head, record).ok());
      model.records[model.head] = record;
    }
  }

  void trim(Transaction& txn, Model& model) const {
    uint64_t below = *rc::gen::inRange<uint64_t>(0, model.head + 5);
    uint64_t count_max = *rc::gen::weightedElement<uint64_t>({{2, 3}, {1, UINT64_MAX}});
    RC_ASSERT(*log_->trim(txn, below, count_max) == model.trim(below, count_max));
  }

  void agree(const Transaction& txn, const Model& model) const {
    RC_ASSERT(*log_->head(txn) == model.head);
    RC_ASSERT(*log_->first(txn) == (model.records.empty() ? 1 : model.records.begin()->first));
    RC_ASSERT(*txn.count(log_->table()) == model.records.size());
    uint64_t from = *rc::gen::inRange<uint64_t>(0, model.head + 3);
    auto expected = model.records.lower_bound(from);
    auto done = log_->read(txn, from, [&](uint64_t sequence, std::string_view record) {
      RC_ASSERT(expected != model.records.end());
      RC_ASSERT(expected->first == sequence);
      RC_ASSERT(expected->second == record);
      ++expected;
      return true;
    });
    RC_ASSERT(done.ok());
    RC_ASSERT(expected == model.records.end());
    auto one = log_->get(txn, from);
    RC_ASSERT(one->has_value() == (model.records.count(from) == 1));
  }

  TempDir dir_{"/dev/shm"};
  std::unique_ptr<Environment> environment_;
  std::unique_ptr<EventLog> log_;
};

TEST(EventLogProperty, AnswersAsAMapDoes) {
  EXPECT_TRUE(rc::check("event log against a map", [] {
    Subject subject;
    Model model;
    int steps = *rc::gen::inRange(1, 20);
    for (int i = 0; i < steps; ++i) {
      subject.step(model);
      if (*rc::gen::weightedElement<bool>({{5, false}, {1, true}})) subject.restart();
      subject.agree(model);
    }
  }));
}

}  // namespace
}  // namespace jieban
