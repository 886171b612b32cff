#include <CLI/CLI.hpp>
#include <memory>

#include "tools/jieban/session.h"
#include "tools/site/client.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

struct QuarantineOptions {
  std::string daemon;
  std::string stream;
  std::string sequence;
};

Outcome run_list(const Session& session) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  ExitCode code = ExitCode::done;
  TextTable table({"daemon", "stream", ">sequence", "topic", "since", "error"});
  Value all = Value::Array{};
  for (const DaemonSeat& seat : kSeats) {
    auto ops = DaemonClient::ops(*site, seat.name);
    auto answer = ops.ok() ? ops->get_value("/admin/quarantine") : Result<Value>(ops.error());
    if (!answer.ok()) {
      code = exit_code_of(answer.error());
      table.add({std::string(seat.name), "", "", "", "", answer.error().message});
      continue;
    }
    for (const Value& item : array_at(*answer, "items")) {
      table.add({std::string(seat.name), text_at(item, "stream"), text_at(item, "sequence"),
                 text_at(item, "topic"), text_at(item, "at"), text_at(item, "error")});
      Value told;
      told.set("daemon", seat.name).set("item", item);
      all.push(std::move(told));
    }
  }
  session.print(table.empty() ? "Nothing is in quarantine.\n" : table.print(), all);
  return code;
}

std::string item_target(const Site& site, const QuarantineOptions& options) {
  // "router" is short for "110102007.router".
  const bool is_short = options.stream.find('.') == std::string::npos;
  const std::string stream = is_short ? site.street + "." + options.stream : options.stream;
  return "/admin/quarantine/" + percent_encoded(stream) + "/" + percent_encoded(options.sequence);
}

Outcome run_show(const Session& session, const QuarantineOptions& options) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto ops = DaemonClient::ops(*site, options.daemon);
  if (!ops.ok()) return ops.error();
  auto answer = ops->get_value(item_target(*site, options));
  if (!answer.ok()) return answer.error();
  session.print(*answer);
  return ExitCode::done;
}

Outcome run_act(const Session& session, const QuarantineOptions& options, const std::string& act) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto ops = DaemonClient::ops(*site, options.daemon);
  if (!ops.ok()) return ops.error();
  auto answer = ops->post(item_target(*site, options) + "/" + act);
  if (!answer.ok()) return answer.error();
  auto value = value_of(std::move(*answer));
  if (!value.ok()) return value.error();
  session.print(options.stream + " " + options.sequence + ": " + act + " done\n", *value);
  return ExitCode::done;
}

using Act = Outcome (*)(const Session&, const QuarantineOptions&);

struct ActRow {
  const char* name;
  const char* meaning;
  Act act;
};

const std::array<ActRow, 3> kActs = {{
    {"show", "One event: what it says, and why it was refused", run_show},
    {"retry", "Apply it again, after the reason is gone",
     [](const Session& session, const QuarantineOptions& options) {
       return run_act(session, options, "retry");
     }},
    {"drop", "Give it up for good",
     [](const Session& session, const QuarantineOptions& options) {
       return run_act(session, options, "drop");
     }},
}};

void declare_act(CLI::App& parent, Session& session, const ActRow& row) {
  auto options = std::make_shared<QuarantineOptions>();
  std::vector<std::string> names;
  for (const DaemonSeat& seat : kSeats) names.emplace_back(seat.name);
  CLI::App* sub = parent.add_subcommand(row.name, row.meaning);
  sub->add_option("daemon", options->daemon, "who set it aside")
      ->required()
      ->check(CLI::IsMember(names));
  sub->add_option("stream", options->stream, "whose event it is: receiver or 110102007.receiver")
      ->required();
  sub->add_option("sequence", options->sequence, "its number")->required();
  sub->callback([&session, options, act = row.act] {
    session.run = [&session, options, act] { return act(session, *options); };
  });
}

}  // namespace

void declare_quarantine(CLI::App& app, Session& session) {
  CLI::App* sub = app.add_subcommand("quarantine", "Events that a daemon refused and set aside");
  sub->require_subcommand(1);
  CLI::App* list = sub->add_subcommand("list", "All of them, over all daemons");
  list->callback([&session] { session.run = [&session] { return run_list(session); }; });
  for (const ActRow& row : kActs) declare_act(*sub, session, row);
}

}  // namespace jieban
