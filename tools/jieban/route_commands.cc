#include <CLI/CLI.hpp>
#include <memory>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/json/json.h"
#include "common/routing/rules_file.h"
#include "tools/jieban/export_source.h"
#include "tools/jieban/route_text.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct ExplainOptions {
  std::string order_no;
  ExportSource source;
  RulePaths rules;
  std::string lexicon;
  std::string street = "110102007";
  std::string at;
  bool all = false;
};

std::string or_rule(const Session& session, const std::string& path, const std::string& name) {
  return path.empty() ? session.rule_path(name) : path;
}

bool is_there(const std::string& path) { return read_file(path, limits::kRulesBytesMax).ok(); }

// The site's own directory, else the one that is shipped for the street; "" when there is none.
std::string directory_path(const Session& session, const ExplainOptions& options) {
  if (!options.rules.directory.empty()) return options.rules.directory;
  for (const std::string& name :
       {std::string("directory.yaml"), "directory/" + options.street + ".yaml"}) {
    std::string path = session.rule_path(name);
    if (is_there(path)) return path;
  }
  return {};
}

Result<RouterRules> load_rules(const Session& session, const ExplainOptions& options) {
  auto rules = load_rule_files({or_rule(session, options.rules.routing, "routing.yaml"),
                                or_rule(session, options.rules.clocks, "clocks.yaml"),
                                directory_path(session, options),
                                or_rule(session, options.rules.categories, "categories.yaml")});
  if (!rules.ok()) return configuration_error(rules.error());
  return rules;
}

Result<std::vector<RouteOrder>> read_file_orders(const Session& session,
                                                 const ExplainOptions& options) {
  auto lexicon = Lexicon::load(or_rule(session, options.lexicon, "lexicon.yaml"));
  if (!lexicon.ok()) return configuration_error(lexicon.error());
  if (options.source.path.ends_with(".json")) {
    auto text = read_file(options.source.path, limits::kRequestBytesMax);
    if (!text.ok()) return text.error();
    auto orders = read_json_orders(*text, *lexicon);
    if (!orders.ok()) return orders.error().context(options.source.path);
    return orders;
  }
  auto table = load_table(session, options.source);
  if (!table.ok()) return table.error();
  complain(session, table->faults);
  return read_table_orders(*table, *lexicon);
}

Result<std::vector<RouteOrder>> find_orders(const Session& session, const ExplainOptions& options) {
  if (!options.source.path.empty()) {
    auto orders = read_file_orders(session, options);
    if (!orders.ok() || options.order_no.empty()) return orders;
    std::erase_if(*orders,
                  [&](const RouteOrder& each) { return each.order_no != options.order_no; });
    return orders;
  }
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto archiver = DaemonClient::api(*site, "archiver");
  if (!archiver.ok()) return archiver.error();
  auto view = archiver->get_value("/api/v1/orders/" + percent_encoded(options.order_no));
  if (!view.ok()) return view.error();
  auto order = read_archived_order(*view);
  if (!order.ok()) return order.error();
  return std::vector<RouteOrder>{std::move(*order)};
}

Outcome run_explain(const Session& session, const ExplainOptions& options) {
  if (options.order_no.empty() && options.source.path.empty()) {
    return invalid("name an order, or a file with --file");
  }
  const auto at = parse_local(options.at);
  if (!options.at.empty() && !at) return invalid("--at is a time such as 2026-03-10 08:00:00");
  auto rules = load_rules(session, options);
  if (!rules.ok()) return rules.error();
  auto orders = find_orders(session, options);
  if (!orders.ok()) return orders.error();
  if (orders->empty()) return Error{ErrorCode::not_found, "no such order in the file"};
  Value all = Value::Array{};
  for (RouteOrder& order : *orders) {
    if (at) order.at = at;
    const auto told = explain(*rules, std::move(order), SystemClock().now());
    if (session.json) {
      all.push(explanation_value(*rules, told));
    } else {
      session.print(explanation_text(*rules, told, options.all));
    }
  }
  if (session.json) session.print(options.source.path.empty() ? all.array()->front() : all);
  return ExitCode::done;
}

}  // namespace

void declare_route(CLI::App& app, Session& session) {
  CLI::App* route = app.add_subcommand("route", "How orders are routed");
  route->require_subcommand(1);
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* sub = route->add_subcommand(
      "explain", "Each rule that is tried for an order, and why it does or does not match");
  sub->add_option("order_no", options->order_no,
                  "an order of the archive; with --file, one of the file");
  sub->add_option("--file", options->source.path,
                  "orders of a file instead: .json as in a push, else a CSV export; no daemon is "
                  "asked, earlier orders are not known");
  sub->add_option("--aliases", options->source.aliases,
                  "further column names, like config/aliases.yaml (repeatable)")
      ->allow_extra_args(false);
  sub->add_option("--routing", options->rules.routing, "routing rules (default: the site's)");
  sub->add_option("--directory", options->rules.directory, "the street's directory");
  sub->add_option("--categories", options->rules.categories, "tree of categories");
  sub->add_option("--clocks", options->rules.clocks, "class rules");
  sub->add_option("--lexicon", options->lexicon, "words that are looked for, with --file");
  sub->add_option("--street", options->street,
                  "whose shipped directory stands in where the site has none")
      ->capture_default_str();
  sub->add_option("--at", options->at, "judge by the rules of that time");
  sub->add_flag("--all", options->all, "list also rules whose conditions do not fit");
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_explain(session, *options); };
  });
}

}  // namespace jieban
