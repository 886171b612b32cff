#include <CLI/CLI.hpp>
#include <memory>

#include "common/crypto/random.h"
#include "tools/jieban/session.h"
#include "tools/site/setup.h"

namespace jieban {
namespace {

struct SetupOptions {
  SitePlan plan;
  std::string rules;
  bool keep_keys = false;
};

std::string keys_directory(const Session& session) {
  return session.keys.empty() ? session.root + "/keys" : session.keys;
}

Value site_value(const SetupOptions& options) {
  Value value;
  value.set("root", options.plan.root).set("etc", options.plan.etc_directory());
  value.set("street", options.plan.street).set("port_base", options.plan.port_base);
  return value;
}

std::string site_text(const SetupOptions& options) {
  const std::string etc = options.plan.etc_directory();
  std::string text = "A site for street " + options.plan.street + " is set up in " +
                     options.plan.root + ".\nStart its daemons:\n";
  for (const DaemonSeat& seat : kSeats) {
    text += "  " + program_directory() + "/jieban-" + std::string(seat.name) + " --config " + etc +
            "/" + std::string(seat.name) + ".yaml\n";
  }
  return text + "Keep a copy of " + options.plan.root +
         "/keys off this machine: without it nothing sealed opens again.\n";
}

Outcome run_setup(const Session& session, SetupOptions& options) {
  options.plan.root = session.root;
  options.plan.etc = session.etc;
  options.plan.clock_anchor = SystemClock().now();
  RETURN_IF_ERROR(check_plan(options.plan));
  if (options.rules.empty()) options.rules = find_rules(program_directory());
  if (options.rules.empty()) {
    return Error{ErrorCode::not_found, "the shipped rule tables are not found: name --rules DIR"};
  }
  RETURN_IF_ERROR(initialise_crypto());
  const std::string keys = keys_directory(session);
  const bool present = !existing_key(keys).empty();
  if (!(present && options.keep_keys)) RETURN_IF_ERROR(write_keys(keys));
  RETURN_IF_ERROR(write_configuration(options.plan, options.rules));
  session.print(site_text(options), site_value(options));
  return ExitCode::done;
}

Outcome run_keygen(const Session& session) {
  RETURN_IF_ERROR(initialise_crypto());
  const std::string keys = keys_directory(session);
  RETURN_IF_ERROR(write_keys(keys));
  Value value;
  value.set("keys", keys);
  session.print("Keys are in " + keys + ". Keep a copy off this machine.\n", value);
  return ExitCode::done;
}

}  // namespace

void declare_setup(CLI::App& app, Session& session) {
  auto options = std::make_shared<SetupOptions>();
  CLI::App* sub = app.add_subcommand("setup", "Make a site: keys, configuration, folders");
  sub->add_option("--street", options->plan.street, "code of the street, 9 digits")
      ->capture_default_str();
  sub->add_option("--port-base", options->plan.port_base,
                  "ports N+1..N+5 for operation, N+11 and N+15 for the interfaces")
      ->capture_default_str();
  sub->add_option("--clock-speed", options->plan.clock_speed,
                  "for demonstrations: how many times as fast the clock runs");
  sub->add_option("--clock-origin", options->plan.clock_origin,
                  "for demonstrations: what the clock shows now (\"2026-03-10 08:00:00\")");
  sub->add_option("--import-interval", options->plan.import_interval,
                  "how often the import folder is looked at (\"500ms\")");
  sub->add_flag("--sign-automatically", options->plan.sign_automatically,
                "orders are signed as they arrive");
  sub->add_option("--rules", options->rules, "folder of the shipped rule tables");
  sub->add_flag("--keep-keys", options->keep_keys,
                "write the configuration anew although there are keys, and keep those");
  sub->callback([&session, options] {
    session.run = [&session, options] { return run_setup(session, *options); };
  });
}

void declare_keygen(CLI::App& app, Session& session) {
  CLI::App* sub = app.add_subcommand("keygen", "Make the keys alone (--keys, else ROOT/keys)");
  sub->callback([&session] { session.run = [&session] { return run_keygen(session); }; });
}

}  // namespace jieban
