#include <CLI/CLI.hpp>

#include "tools/jieban/session.h"
#include "tools/jieban/status_text.h"
#include "tools/site/client.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

// A daemon that does not answer must not make the others wait long.
HttpTimeouts short_timeouts() {
  HttpTimeouts timeouts;
  timeouts.connect = std::chrono::seconds(1);
  timeouts.read = std::chrono::seconds(3);
  return timeouts;
}

Outcome run_status(const Session& session) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  ExitCode code = ExitCode::done;
  TextTable table(status_headings());
  Value all = Value::Array{};
  for (const DaemonSeat& seat : kSeats) {
    auto ops = DaemonClient::ops(*site, seat.name, short_timeouts());
    auto status = ops.ok() ? ops->get_value("/admin/status") : Result<Value>(ops.error());
    Value told;
    told.set("daemon", seat.name).set("alive", status.ok());
    if (status.ok()) {
      if (!boolean_at(*status, "ready") && code == ExitCode::done) code = ExitCode::negative;
      table.add(status_row(std::string(seat.name), *status));
      told.set("status", *status);
    } else {
      code = exit_code_of(status.error());
      table.add(down_row(std::string(seat.name), status.error()));
      told.set("error", status.error().message);
    }
    all.push(std::move(told));
  }
  session.print(table.print(), all);
  return code;
}

}  // namespace

void declare_status(CLI::App& app, Session& session) {
  CLI::App* sub = app.add_subcommand(
      "status", "The five daemons on one screen (1: one is not ready, 2: one is down)");
  sub->callback([&session] { session.run = [&session] { return run_status(session); }; });
}

}  // namespace jieban
