#include "tools/jieban/lifecycle_text.h"

#include "common/domain/lifecycle.h"
#include "common/domain/street_command.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

std::string state_name(OrderState state) {
  return std::string(to_string(state)) + " " + std::string(to_chinese(state));
}

// Where a refused return may lead back to.
bool state_before_return(OrderState state) {
  return find_transition(state, "request_return") != nullptr;
}

std::string from_text(const CommandRule& rule) {
  std::string names;
  for (OrderState state : all_order_states()) {
    if (!rule.from.has(state)) continue;
    if (!names.empty()) names += ", ";
    names += to_string(state);
  }
  return names;
}

std::string to_text(const CommandRule& rule) {
  switch (rule.to.kind) {
    case Target::Kind::state:
      return state_name(rule.to.state);
    case Target::Kind::stay:
      return "(stays)";
    case Target::Kind::previous:
      return "(state before)";
  }
  return {};
}

std::string guards_text(const CommandRule& rule) {
  std::string codes;
  for (Guard guard : rule.guards) {
    if (guard == Guard::none) break;
    if (!codes.empty()) codes += ", ";
    codes += text_of(guard).code;
  }
  return codes;
}

std::string guards_text(const StreetCommand& rule) {
  std::string codes;
  for (StreetGuard guard : rule.guards) {
    if (guard == StreetGuard::none) break;
    if (!codes.empty()) codes += ", ";
    codes += text_of(guard).code;
  }
  return codes;
}

TextTable street_guards() {
  TextTable guards({"guard", "what satisfies it"});
  for (const StreetGuardText& guard : street_guard_texts()) {
    guards.add({std::string(guard.code), std::string(guard.chinese)});
  }
  return guards;
}

std::string street_markdown() {
  std::string text =
      "\n## Commands of the street\n\nThese concern no order: the hand-over of the watch. The "
      "table is `common/domain/street_command.cc`.\n\n"
      "| command | topic | guards | roles |\n|---|---|---|---|\n";
  for (const StreetCommand& rule : street_commands()) {
    text += "| `" + std::string(rule.command) + "` " + std::string(rule.chinese) + " | `" +
            std::string(rule.topic) + "` | " + guards_text(rule) + " | " + to_string(rule.roles) +
            " |\n";
  }
  text += "\n| guard | what satisfies it |\n|---|---|\n";
  for (const StreetGuardText& guard : street_guard_texts()) {
    text += "| `" + std::string(guard.code) + "` | " + std::string(guard.chinese) + " |\n";
  }
  return text;
}

std::string plain_text() {
  TextTable table({"states", "command", "state after", "topic", "guards", "roles"});
  for (const CommandRule& rule : command_rules()) {
    table.add({from_text(rule), std::string(rule.command) + " " + std::string(rule.chinese),
               to_text(rule), std::string(rule.topic), guards_text(rule), to_string(rule.roles)});
  }
  TextTable guards({"guard", "what satisfies it"});
  for (const GuardText& guard : guard_texts()) {
    guards.add({std::string(guard.code), std::string(guard.chinese)});
  }
  TextTable street({"command of the street", "topic", "guards", "roles"});
  for (const StreetCommand& rule : street_commands()) {
    street.add({std::string(rule.command) + " " + std::string(rule.chinese),
                std::string(rule.topic), guards_text(rule), to_string(rule.roles)});
  }
  return table.print() + "\n" + guards.print() + "\n" + street.print() + "\n" +
         street_guards().print();
}

std::string markdown_text() {
  std::string text =
      "# The life cycle of an order\n\nWritten by `jieban lifecycle --format markdown`; the table "
      "itself is `common/domain/lifecycle_table.h`.\nA command without a role, or with the role "
      "`operator`, is the shared desk: it may ask for\nwhat seat, hard_case, analyst, audit or "
      "unit "
      "may.\n\n| states | command | state after | topic | guards | roles "
      "|\n|---|---|---|---|---|---|\n";
  for (const CommandRule& rule : command_rules()) {
    text += "| " + from_text(rule) + " | `" + std::string(rule.command) + "` " +
            std::string(rule.chinese) + " | " + to_text(rule) + " | `" + std::string(rule.topic) +
            "` | " + guards_text(rule) + " | " + to_string(rule.roles) + " |\n";
  }
  text += "\n| guard | what satisfies it |\n|---|---|\n";
  for (const GuardText& guard : guard_texts()) {
    text += "| `" + std::string(guard.code) + "` | " + std::string(guard.chinese) + " |\n";
  }
  return text + street_markdown();
}

// A record that moves nothing would only clutter the picture.
std::string dot_text() {
  std::string text = "digraph lifecycle {\n  rankdir=LR;\n  node [shape=box, style=rounded];\n";
  for (OrderState state : all_order_states()) {
    text += "  " + std::string(to_string(state)) + " [label=\"" + std::string(to_chinese(state)) +
            "\\n" + std::string(to_string(state)) + "\"" +
            (is_terminal(state) ? ", peripheries=2" : "") + "];\n";
  }
  for (const Transition& row : lifecycle()) {
    const bool dashed = !row.to;
    for (OrderState to : all_order_states()) {
      bool leads = row.to ? *row.to == to : state_before_return(to);
      if (!leads || row.from == to) continue;
      text += "  " + std::string(to_string(row.from)) + " -> " + std::string(to_string(to)) +
              " [label=\"" + std::string(row.chinese) + "\\n" + std::string(row.command) + "\"" +
              (dashed ? ", style=dashed" : "") + "];\n";
    }
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
    told.set("from", to_string(row.from)).set("command", row.command);
    told.set("to", row.to ? Value(to_string(*row.to)) : Value()).set("topic", row.topic);
    Value guards = Value::Array{};
    for (Guard guard : row.rule->guards) {
      if (guard != Guard::none) guards.push(text_of(guard).code);
    }
    told.set("guards", std::move(guards)).set("roles", to_string(row.rule->roles));
    told.set("chinese", row.chinese);
    rows.push(std::move(told));
  }
  return rows;
}

}  // namespace jieban
