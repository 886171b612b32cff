#include "tests/integration/prometheus/dashboard.h"

#include "common/base/check.h"
#include "common/base/file.h"
#include "common/json/json.h"

namespace jieban {
namespace {

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) {
    text.replace(at, what.size(), by);
  }
  return text;
}

Value load_dashboard() {
  auto text = read_file(kDashboardPath, limits::kRulesBytesMax);
  CHECK(text.ok() && "the dashboard can be read");
  auto value = parse_json(*text);
  CHECK(value.ok() && "the dashboard is JSON");
  return *value;
}

}  // namespace

const Value& dashboard() {
  static const Value kDashboard = load_dashboard();
  return kDashboard;
}

const Value::Array& panels() {
  const Value* list = dashboard().find("panels");
  CHECK(list != nullptr && list->array() != nullptr);
  return *list->array();
}

std::vector<Expression> panel_expressions() {
  std::vector<Expression> all;
  for (const Value& panel : panels()) {
    const Value* targets = panel.find("targets");
    if (targets == nullptr) continue;
    for (const Value& target : *targets->array()) {
      std::string promql = replaced(*target.find("expr")->string(), "$__rate_interval", "1m");
      all.push_back({"panel " + *panel.find("title")->string(), promql});
    }
  }
  return all;
}

}  // namespace jieban
