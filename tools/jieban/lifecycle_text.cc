#include "tools/jieban/lifecycle_text.h"

#include "common/domain/lifecycle.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

std::string state_name(OrderState state) {
  return std::string(to_string(state)) + " " + std::string(to_chinese(state));
}

std::string guard_text(Guard guard) { return guard == Guard::needs_unit ? "主办单位" : ""; }

std::string plain_text() {
  TextTable table({"state", "command", "state after", "topic", "needs"});
  for (const Transition& row : lifecycle()) {
    table.add({state_name(row.from), std::string(row.command) + " " + std::string(row.chinese),
               state_name(row.to), std::string(row.topic), guard_text(row.guard)});
  }
  return table.print();
}

std::string markdown_text() {
  std::string text = "| state | command | state after | topic | needs |\n|---|---|---|---|---|\n";
  for (const Transition& row : lifecycle()) {
    text += "| " + state_name(row.from) + " | `" + std::string(row.command) + "` " +
            std::string(row.chinese) + " | " + state_name(row.to) + " | `" +
            std::string(row.topic) + "` | " + guard_text(row.guard) + " |\n";
  }
  return text;
}

std::string dot_text() {
  std::string text = "digraph lifecycle {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n";
  for (OrderState state : all_order_states()) {
    text += "  " + std::string(to_string(state)) + " [label=\"" + std::string(to_chinese(state)) +
            "\\n" + std::string(to_string(state)) + "\"];\n";
  }
  for (const Transition& row : lifecycle()) {
    text += "  " + std::string(to_string(row.from)) + " -> " + std::string(to_string(row.to)) +
            " [label=\"" + std::string(row.chinese) + "\\n" + std::string(row.command) + "\"];\n";
  }
  return text + "}\n";
}

}  // namespace

std::string lifecycle_text(std::string_view format) {
  if (format == "markdown") return markdown_text();
  if (format == "dot") return dot_text();
  return plain_text();
}

Value lifecycle_value() {
  Value rows = Value::Array{};
  for (const Transition& row : lifecycle()) {
    Value told;
    told.set("from", to_string(row.from)).set("command", row.command).set("to", to_string(row.to));
    told.set("topic", row.topic).set("needs_unit", row.guard == Guard::needs_unit);
    told.set("chinese", row.chinese);
    rows.push(std::move(told));
  }
  return rows;
}

}  // namespace jieban
