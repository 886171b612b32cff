// The shipped Grafana dashboard, read for tests: its panels and what they ask Prometheus for.
//
// A missing file or a dashboard that is no JSON fails the test that reads it (CHECK).
#pragma once

#include <string>
#include <vector>

#include "common/base/value.h"

namespace jieban {

constexpr char kDashboardPath[] = JIEBAN_SOURCE_DIR "/config/grafana/dashboards/jieban.json";

struct Expression {
  std::string where;  // "panel 等待签收最久", "alert JiebanLagGrowing"
  std::string promql;
};

const Value& dashboard();
// All panels, rows among them.
const Value::Array& panels();
// What all panels ask for, with Grafana's own variables filled in.
std::vector<Expression> panel_expressions();

}  // namespace jieban
