#include <poll.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "common/json/json.h"
#include "tools/jieban/session.h"
#include "tools/site/client.h"
#include "tools/site/event_note.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

struct TailOptions {
  std::string daemon;
  int64_t from = 0;  // 0: so that `count` end with the newest
  int64_t count = 20;
  bool follow = false;
};

constexpr int64_t kPageMax = 1000;
constexpr int kFollowMilliseconds = 300;

std::string event_line(const Value& event) {
  std::string line = text_at(event, "sequence") + "  " + text_at(event, "at") + "  " +
                     text_at(event, "topic") + "  ";
  const Value* payload = event.find("payload");
  if (payload != nullptr) {
    const std::string order_no = text_at(*payload, "order_no");
    if (!order_no.empty()) line += order_no + "  ";
    line += event_note(*payload);
  }
  return printable(line) + "\n";
}

Result<Value> read_page(DaemonClient& ops, int64_t from, int64_t count) {
  return ops.get_value("/admin/stream?from=" + std::to_string(from) +
                       "&count=" + std::to_string(std::min(count, kPageMax)));
}

Result<int64_t> first_wanted(DaemonClient& ops, const TailOptions& options) {
  if (options.from > 0) return options.from;
  auto status = ops.get_value("/admin/status");
  if (!status.ok()) return status.error();
  return std::max<int64_t>(1, integer_at(*status, "head") - options.count + 1);
}

// Prints from `next` on; how many there were. One JSON object a line, or one text line an event.
Result<int64_t> print_page(const Session& session, DaemonClient& ops, int64_t& next,
                           int64_t count) {
  auto page = read_page(ops, next, count);
  if (!page.ok()) return page.error();
  const Value::Array& events = array_at(*page, "events");
  for (const Value& event : events) {
    session.print(session.json ? to_json(event) + "\n" : event_line(event));
    next = integer_at(event, "sequence") + 1;
  }
  std::fflush(stdout);
  return int64_t(events.size());
}

Outcome run_tail(const Session& session, const TailOptions& options) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  auto ops = DaemonClient::ops(*site, options.daemon);
  if (!ops.ok()) return ops.error();
  auto first = first_wanted(*ops, options);
  if (!first.ok()) return first.error();
  int64_t next = *first;
  int64_t left = options.count;
  while (left > 0 || options.follow) {
    auto printed = print_page(session, *ops, next, left > 0 ? left : kPageMax);
    if (!printed.ok()) return printed.error();
    left = std::max<int64_t>(0, left - *printed);
    if (*printed == 0 && !options.follow) break;
    if (*printed == 0) poll(nullptr, 0, kFollowMilliseconds);
  }
  return ExitCode::done;
}

struct Verification {
  std::string what;
  Result<Value> answer;
};

// Each daemon walks its own stream; the archiver also computes its hash chain again.
std::vector<Verification> verify(const Site& site, const std::vector<std::string>& daemons) {
  HttpTimeouts patient;
  patient.read = std::chrono::minutes(10);
  patient.reply = std::chrono::minutes(10);
  std::vector<Verification> all;
  const auto ask = [&](std::string what, Result<DaemonClient> client, const std::string& target) {
    all.push_back(
        {std::move(what), client.ok() ? client->get_value(target) : Result<Value>(client.error())});
  };
  for (const std::string& name : daemons) {
    ask("stream of " + name, DaemonClient::ops(site, name, patient), "/admin/verify");
    if (name != "archiver") continue;
    ask("hash chain of the archive", DaemonClient::api(site, name, "desk", patient),
        "/api/v1/verify");
  }
  return all;
}

ExitCode worse(ExitCode a, ExitCode b) { return int(a) > int(b) ? a : b; }

Outcome run_verify(const Session& session, std::vector<std::string> daemons) {
  auto site = session.site();
  if (!site.ok()) return site.error();
  if (daemons.empty()) {
    for (const DaemonSeat& seat : kSeats) daemons.emplace_back(seat.name);
  }
  ExitCode code = ExitCode::done;
  TextTable table({"what", "verdict", ">checked", ">head", "remark"});
  Value all = Value::Array{};
  for (const Verification& one : verify(*site, daemons)) {
    Value told;
    told.set("what", one.what);
    if (!one.answer.ok()) {
      code = worse(code, exit_code_of(one.answer.error()));
      table.add({one.what, "no answer", "", "", one.answer.error().message});
      told.set("error", one.answer.error().message);
    } else {
      const Value& answer = *one.answer;
      const bool whole = boolean_at(answer, "ok") || boolean_at(answer, "whole");
      if (!whole) code = worse(code, ExitCode::negative);
      const std::string count = text_at(answer, "checked");
      table.add({one.what, whole ? "whole" : "DAMAGED",
                 count.empty() ? text_at(answer, "count") : count, text_at(answer, "head"),
                 text_at(answer, "error") + text_at(answer, "reason")});
      told.set("answer", answer);
    }
    all.push(std::move(told));
  }
  session.print(table.print(), all);
  return code;
}

std::vector<std::string> daemon_names() {
  std::vector<std::string> names;
  for (const DaemonSeat& seat : kSeats) names.emplace_back(seat.name);
  return names;
}

}  // namespace

void declare_stream(CLI::App& app, Session& session) {
  CLI::App* sub = app.add_subcommand("stream", "The streams of events");
  sub->require_subcommand(1);
  auto options = std::make_shared<TailOptions>();
  CLI::App* tail = sub->add_subcommand("tail", "Print events (--json: one object a line)");
  tail->add_option("daemon", options->daemon, "whose stream")
      ->required()
      ->check(CLI::IsMember(daemon_names()));
  tail->add_option("--from", options->from, "first sequence (default: the last --count)");
  tail->add_option("--count", options->count, "how many at most")
      ->capture_default_str()
      ->check(CLI::NonNegativeNumber);
  tail->add_flag("--follow", options->follow, "go on with what comes, until interrupted");
  tail->callback([&session, options] {
    session.run = [&session, options] { return run_tail(session, *options); };
  });
  auto daemons = std::make_shared<std::vector<std::string>>();
  CLI::App* check = sub->add_subcommand(
      "verify", "Walk streams for holes and damage, and the archive's hash chain (1: damaged)");
  check->add_option("daemon", *daemons, "default: all five")->check(CLI::IsMember(daemon_names()));
  check->callback([&session, daemons] {
    session.run = [&session, daemons] { return run_verify(session, *daemons); };
  });
}

}  // namespace jieban
