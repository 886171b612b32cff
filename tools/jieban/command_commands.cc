#include <CLI/CLI.hpp>
#include <memory>

#include "common/domain/command_argument.h"
#include "common/domain/lifecycle.h"
#include "tools/jieban/command_call.h"
#include "tools/jieban/order_text.h"

namespace jieban {
namespace {

struct CommandOptions {
  std::string order_no;
  std::string command;
  std::string unit;
  std::string assist;
  std::vector<std::string> arguments;  // "name=value"
  std::string text;
  Asking asking;
};

CommandCall call_of(const CommandOptions& options) {
  CommandCall call;
  call.target = "/api/v1/orders/" + percent_encoded(options.order_no) + "/commands/" +
                percent_encoded(options.command);
  if (!options.unit.empty()) call.arguments["lead_unit"] = options.unit;
  if (!options.assist.empty()) call.arguments["assist_units"] = options.assist;
  for (const std::string& each : options.arguments) {
    const size_t equals = each.find('=');
    call.arguments[each.substr(0, equals)] = each.substr(equals + 1);
  }
  call.text = options.text;
  return call;
}

Outcome run_command(const Session& session, CommandOptions& options) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto answer = call_command(*site, call_of(options), options.asking);
  if (!answer.ok()) return answer.error();
  const bool pending = text_at(*answer, "outcome") == "pending";
  session.print(command_text(options.order_no, options.command, *answer) +
                    (pending ? "幂等键：" + options.asking.key + "\n" : ""),
                *answer);
  return exit_of_outcome(*answer);
}

std::string is_assignment(const std::string& text) {
  const std::string name = text.substr(0, text.find('='));
  if (name == text) return "an argument is written name=value";
  return find_argument(name) == nullptr ? "there is no argument " + name : "";
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandRule& rule : command_rules()) {
    std::string name(rule.command);
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  names.emplace_back("complete");  // the older word for accept_completion
  return names;
}

}  // namespace

void declare_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<CommandOptions>();
  CLI::App* sub = app.add_subcommand("command", "Sign, dispatch, accept, ... an order");
  sub->add_option("order_no", options->order_no, "number of the order")->required();
  sub->add_option("command", options->command, "what is asked")
      ->required()
      ->check(CLI::IsMember(command_names()));
  sub->add_option("--unit", options->unit, "id of the leading unit (dispatch)");
  sub->add_option("--assist", options->assist, "ids of the assisting units: a,b");
  sub->add_option("--set", options->arguments,
                  "another argument, name=value; may be repeated (texts are stored sealed)")
      ->check(CLI::Validator(is_assignment, "NAME=VALUE"));
  sub->add_option("--text", options->text, "free text; it is stored sealed");
  declare_asking(*sub, options->asking);
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_command(session, *options); };
  });
}

}  // namespace jieban
