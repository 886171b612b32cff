#include "daemons/receiver/push_answer.h"

#include <array>

#include "common/json/json.h"

namespace jieban {
namespace {

Value rejection_of(size_t index, const PushedOrder& order) {
  Value row;
  return row.set("index", uint64_t(index))
      .set("order_no", order.order_no)
      .set("reason", order.submission.error().message);
}

void add_result(std::string& results, const std::string& order_no, std::string_view outcome) {
  if (!results.empty()) results += ',';
  results += R"({"order_no":)";
  append_json_text(results, order_no);
  results += R"(,"outcome":)";
  append_json_text(results, outcome);
  results += '}';
}

void add_warnings(size_t index, const PushedOrder& order, Value& warnings) {
  for (const FieldWarning& each : order.warnings) {
    Value row;
    row.set("index", uint64_t(index)).set("order_no", order.order_no);
    warnings.push(row.set("column", each.column).set("reason", each.reason));
  }
}

}  // namespace

std::string push_answer(const PushBatch& batch, const std::vector<OrderOutcome>& outcomes) {
  std::array<uint64_t, 3> counts{};
  Value rejected{Value::Array{}};
  Value warnings{Value::Array{}};
  // There are as many as orders: printed as they come, the rest is a tree.
  std::string results;
  size_t next = 0;
  for (size_t i = 0; i < batch.orders.size(); ++i) {
    const PushedOrder& order = batch.orders[i];
    if (!order.submission.ok()) {
      rejected.push(rejection_of(i, order));
      add_result(results, order.order_no, "rejected");
      continue;
    }
    add_warnings(i, order, warnings);
    OrderOutcome outcome = outcomes[next++];
    ++counts[size_t(outcome)];
    add_result(results, order.order_no, to_string(outcome));
  }
  Value head;
  head.set("code", "0000")
      .set("message", "成功")
      .set("accepted", counts[size_t(OrderOutcome::added)])
      .set("updated", counts[size_t(OrderOutcome::updated)])
      .set("unchanged", counts[size_t(OrderOutcome::unchanged)])
      .set("rejected", std::move(rejected))
      .set("warnings", std::move(warnings));
  std::string text = to_json(head);
  text.pop_back();
  return text + R"(,"results":[)" + results + "]}\n";
}

}  // namespace jieban
