// jieban-last-call: calls the team leader when the notifier, which calls for all else, is silent.
//
// One look: systemd's timer starts it each minute. It needs no daemon, no bus and no store; the
// channels and the contacts are the notifier's own.
// Exit codes: 0 nothing to tell, or told; 64 usage; 74 the state can't be written; 75 nobody could
// be told: the next look tries again; 78 configuration.
#include <cstdio>
#include <string_view>

#include "common/base/file.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "common/duty/rota_file.h"
#include "common/http/client.h"
#include "daemons/notifier/addressed_channel.h"
#include "daemons/notifier/contacts_file.h"
#include "daemons/notifier/last_call/outage.h"
#include "daemons/notifier/last_call/parameters.h"
#include "daemons/notifier/last_call/round.h"
#include "daemons/notifier/notice_rules_file.h"

namespace {

using namespace jieban;

constexpr int kUsage = 64;
constexpr int kState = 74;
constexpr int kNobody = 75;
constexpr int kConfiguration = 78;
constexpr size_t kStateBytesMax = 4096;

struct Book {
  NotifierRules rules;
  std::set<std::string> persons;
  Contacts contacts;
};

Result<Book> read_book(const Settings& settings) {
  auto rules = load_notice_rules(settings.text("rules.notices"), settings.text("spool.directory"));
  if (!rules.ok()) return rules.error();
  auto rota = load_rota_book(settings.text("rules.rota"));
  if (!rota.ok()) return rota.error();
  auto contacts = load_contacts(settings.text("contacts.file"));
  if (!contacts.ok()) return contacts.error();
  auto persons = called_persons(*rota, settings.text("call.role"), settings.list("call.persons"));
  return Book{std::move(*rules), std::move(persons), std::move(*contacts)};
}

bool answers(const std::string& url) {
  HttpCall call;
  call.url = url;
  auto reply = http_call(call);
  return reply.ok() && reply->status == 200;
}

// How many were told.
Result<size_t> tell(const Settings& settings, OutageWord word, Timestamp since, Timestamp now) {
  auto book = read_book(settings);
  if (!book.ok()) return book.error();
  const bool down = word == OutageWord::down;
  LastCall call;
  call.id = "last-call:" + std::to_string(to_micros(since)) + ":" + std::to_string(to_micros(now));
  call.topic = down ? "notifier.down" : "notifier.up";
  call.text = settings.text(down ? "call.down" : "call.over");
  call.at = now;
  replace_all(call.text, "{since}", format_local(since));
  static const SystemClock clock;
  const OpenChannel open = addressed_channels(real_channels({}, clock),
                                              [&](std::string_view id, std::string_view method) {
                                                return book->contacts.address_of(id, method);
                                              });
  return call_round(call, book->persons, settings.list("call.methods"), book->rules, open);
}

int fail(int code, const Error& error) {
  log(LogLevel::error, "last_call_failed", {{"why", error.message}});
  return code;
}

int run(const Settings& settings) {
  const std::string& path = settings.text("watch.state");
  auto kept = read_file(path, kStateBytesMax);
  const Outage before = kept.ok() ? parse_outage(*kept) : Outage();
  Outage outage = before;
  const Timestamp now = SystemClock().now();
  const OutageRules rules{settings.duration("watch.after"), settings.duration("watch.repeat")};
  const OutageWord word = look(outage, answers(settings.text("watch.url")), now, rules);
  int code = 0;
  if (word != OutageWord::nothing) {
    auto told = tell(settings, word, before.since.value_or(now), now);
    if (!told.ok()) code = fail(kConfiguration, told.error());
    if (told.ok() && *told == 0) {
      code = fail(kNobody, {ErrorCode::unavailable, "nobody could be told"});
    }
    // What reached nobody is told with the next look.
    if (code != 0 && word == OutageWord::over) outage = before;
    if (code == 0 && word == OutageWord::down) outage.told_at = now;
  }
  if (outage == before) return code;
  auto written = write_file(path, print_outage(outage));
  return written.ok() ? code : fail(kState, written.error());
}

struct Arguments {
  std::string config;
  bool check = false;
  bool print = false;
};

std::optional<Arguments> read_arguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--config" && i + 1 < argc) {
      arguments.config = argv[++i];
    } else if (argument == "--check-config") {
      arguments.check = true;
    } else if (argument == "--print-config") {
      arguments.print = true;
    } else {
      return std::nullopt;
    }
  }
  if (arguments.config.empty()) return std::nullopt;
  return arguments;
}

}  // namespace

int main(int argc, char** argv) {
  auto arguments = read_arguments(argc, argv);
  if (!arguments) {
    std::fputs("usage: jieban-last-call --config FILE [--check-config | --print-config]\n", stderr);
    return kUsage;
  }
  auto settings = load_settings(arguments->config, last_call_parameters());
  if (!settings.ok()) return fail(kConfiguration, settings.error());
  if (arguments->print) return std::puts(print_settings(*settings).c_str()) < 0 ? kState : 0;
  if (!arguments->check) return run(*settings);
  auto book = read_book(*settings);
  return book.ok() ? 0 : fail(kConfiguration, book.error());
}
