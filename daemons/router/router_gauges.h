// RouterGauges: how many orders stand where, and how old the oldest unsigned one is.
#pragma once

#include <map>

#include "common/daemon/edge.h"
#include "daemons/router/router.h"

namespace jieban {

class RouterGauges : public Edge {
 public:
  explicit RouterGauges(const Router& router) : router_(router) {}
  Result<void> start(const EdgeContext& context) override;
  void observe(const Transaction& store) override;
  void stop() override {}

 private:
  const Router& router_;
  const Clock* clock_ = nullptr;
  std::map<OrderState, Gauge*> orders_;
  Gauge* oldest_unsigned_ = nullptr;
};

}  // namespace jieban
