// RulesEdge: hands the notice rules of the file to the core, at start and on SIGHUP.
//
// What fails and how: a file that cannot be read or stand is the Error of start() or reload(); the
// rules in force stay. Thread rule: the loop's thread.
#pragma once

#include <optional>

#include "common/daemon/edge.h"

namespace jieban {

class RulesEdge : public Edge {
 public:
  Result<void> start(const EdgeContext& context) override;
  Result<void> reload() override;
  void stop() override {}

 private:
  std::optional<EdgeContext> context_;
};

}  // namespace jieban
