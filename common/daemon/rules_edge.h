// RulesEdge: hands a rule file to the core, at start and again on SIGHUP.
//
// The core answers "loaded" or "unchanged". A file that cannot be read stops the start; on a reload
// the old rules stay. What could not be handed in, because the store or the inbox was full, is
// handed in again each second, as it was read: a file that is another one by then may not fit the
// others. Until the core has taken a file since the start the edge ails ("rules"). Thread rule:
// none of its own.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "common/base/log.h"
#include "common/daemon/edge.h"
#include "common/daemon/rule_book.h"

namespace jieban {

template <class Rules>
class RulesEdge : public Edge {
 public:
  using Load = std::function<Result<Rules>(const Settings&)>;
  RulesEdge(std::string name, Load load) : name_(std::move(name)), load_(std::move(load)) {}

  Result<void> start(const EdgeContext& context) override {
    context_ = &context;
    return reload();
  }

  Result<Take> read_again() override {
    auto rules = load_(context_->settings);
    if (!rules.ok()) return rules.error();
    return Take([this, rules = std::move(*rules)]() mutable {
      rules_ = std::move(rules);
      hand_in();
    });
  }

  void observe(const Transaction&) override {
    if (!state_->again) return;
    hand_in();
  }

  std::string ailment(Duration) const override {
    return state_->taken ? "" : "rules: those of " + name_ + " are not loaded";
  }

  void stop() override {}

 private:
  // Belongs to the loop's thread; shared with an answer that may outlive the edge.
  struct State {
    bool again = false;    // to be handed in once more
    bool refused = false;  // the last time, and told so
    bool taken = false;    // once since the start
  };

  void hand_in() {
    std::string version = rules_->version;
    std::string name = name_;
    InputGroup group;
    group.inputs.push_back(rules_input(name_, *rules_));
    state_->again = false;
    group.done = [name, version, state = state_](const GroupAnswer& answer) {
      state->again = answer.error.has_value();
      const bool told = std::exchange(state->refused, state->again);
      if (answer.error) {
        if (told) return;  // once, not each second
        log(LogLevel::error, "rules_refused", {{"rules", name}, {"why", answer.error->message}});
        return;
      }
      const auto& result = answer.answers.front();
      state->taken = state->taken || result.ok();
      log(result.ok() ? LogLevel::notice : LogLevel::error, "rules",
          {{"rules", name},
           {"version", version},
           {"outcome", result.ok() ? *result : result.error().message}});
    };
    // What waits may be too much just now.
    state_->again = !context_->inbox.submit(std::move(group)).ok();
  }

  std::string name_;
  Load load_;
  std::optional<Rules> rules_;  // as they were handed in last
  std::shared_ptr<State> state_ = std::make_shared<State>();
  const EdgeContext* context_ = nullptr;
};

}  // namespace jieban
