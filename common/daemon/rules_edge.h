// RulesEdge: hands a rule file to the core, at start and again on SIGHUP.
//
// The core answers "loaded" or "unchanged". A file that cannot be read stops the start; on a reload
// the old rules stay. Thread rule: none of its own.
#pragma once

#include <functional>
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

  Result<void> reload() override {
    auto rules = load_(context_->settings);
    if (!rules.ok()) return rules.error();
    std::string version = rules->version;
    std::string name = name_;
    InputGroup group;
    group.inputs.push_back(rules_input(name_, *rules));
    group.done = [name, version](const GroupAnswer& answer) {
      if (answer.error) {
        log(LogLevel::error, "rules_refused", {{"rules", name}, {"why", answer.error->message}});
        return;
      }
      const auto& result = answer.answers.front();
      log(result.ok() ? LogLevel::notice : LogLevel::error, "rules",
          {{"rules", name},
           {"version", version},
           {"outcome", result.ok() ? *result : result.error().message}});
    };
    return context_->inbox.submit(std::move(group));
  }

  void stop() override {}

 private:
  std::string name_;
  Load load_;
  const EdgeContext* context_ = nullptr;
};

}  // namespace jieban
