#include <CLI/CLI.hpp>
#include <memory>

#include "common/domain/lifecycle.h"
#include "tools/jieban/order_text.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"

namespace jieban {
namespace {

struct ListOptions {
  std::string state;
  std::string order_class;
  std::string community;
  std::string category;
  std::string from;
  std::string to;
  std::string prefix;
  std::string tag;
  std::string cursor;
  int limit = 50;
};

std::string list_target(const ListOptions& options) {
  const std::vector<std::pair<std::string, std::string>> parts = {
      {"state", options.state},         {"class", options.order_class},
      {"community", options.community}, {"category", options.category},
      {"received_from", options.from},  {"received_to", options.to},
      {"order_no", options.prefix},     {"tag", options.tag},
      {"below", options.cursor}};
  std::string target = "/api/v1/orders?page_size=" + std::to_string(options.limit);
  for (const auto& [name, value] : parts) {
    if (!value.empty()) target += "&" + name + "=" + percent_encoded(value);
  }
  return target;
}

Result<Value> ask_archiver(const Session& session, const std::string& target) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto archiver = DaemonClient::api(*site, "archiver");
  if (!archiver.ok()) return archiver.error();
  return archiver->get_value(target);
}

Outcome run_list(const Session& session, const ListOptions& options) {
  auto answer = ask_archiver(session, list_target(options));
  if (!answer.ok()) return answer.error();
  session.print(order_list_text(*answer), *answer);
  return ExitCode::done;
}

Outcome run_show(const Session& session, const std::string& order_no) {
  auto answer = ask_archiver(session, "/api/v1/orders/" + percent_encoded(order_no));
  if (!answer.ok()) return answer.error();
  session.print(order_text(*answer), *answer);
  return ExitCode::done;
}

void declare_list(CLI::App& order, Session& session) {
  auto options = std::make_shared<ListOptions>();
  CLI::App* sub = order.add_subcommand("list", "Orders, newest first");
  std::vector<std::string> states;
  for (OrderState state : all_order_states()) states.emplace_back(to_string(state));
  sub->add_option("--state", options->state, "NEW, SIGNED, ...")->check(CLI::IsMember(states));
  sub->add_option("--class", options->order_class, "emergency, utility, general, complex, consult");
  sub->add_option("--community", options->community, "name of the community");
  sub->add_option("--category", options->category, "beginning of the category's path");
  sub->add_option("--from", options->from, "received since (\"2026-03-10 08:00:00\")");
  sub->add_option("--to", options->to, "received before");
  sub->add_option("--prefix", options->prefix, "beginning of the order number");
  sub->add_option("--tag", options->tag, "of 七有五性: 住有所居, or housing");
  sub->add_option("--cursor", options->cursor, "where the page before ended");
  sub->add_option("--limit", options->limit, "orders on this page")->capture_default_str();
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_list(session, *options); };
  });
}

void declare_show(CLI::App& order, Session& session) {
  auto order_no = std::make_shared<std::string>();
  CLI::App* sub = order.add_subcommand("show", "One order and all that happened to it");
  sub->add_option("order_no", *order_no, "number of the order")->required();
  sub->callback([&session, order_no] {
    session.run = [&session, order_no] { return run_show(session, *order_no); };
  });
}

}  // namespace

void declare_order(CLI::App& app, Session& session) {
  CLI::App* sub = app.add_subcommand("order", "Look at orders (the archive)");
  sub->require_subcommand(1);
  declare_list(*sub, session);
  declare_show(*sub, session);
}

}  // namespace jieban
