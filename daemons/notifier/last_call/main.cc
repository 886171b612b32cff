// jieban-last-call: calls the team leader when the notifier, which calls for all else, can't.
//
// One look: systemd's timer starts it each minute. It needs no daemon, no bus and no store; the
// channels and the contacts are the notifier's own.
// Exit codes: 0 nothing to tell, or told; 64 usage; 74 the state can't be written: it is told at
// once and with each look; 75 somebody could not be told: the next look tries him again; 78
// configuration.
#include <cstdio>
#include <string_view>

#include "common/base/file.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "common/duty/rota_file.h"
#include "common/http/client.h"
#include "daemons/notifier/addressed_channel.h"
#include "daemons/notifier/contacts_file.h"
#include "daemons/notifier/last_call/health.h"
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
constexpr size_t kStateBytesMax = 64 << 10;

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

NotifierHealth health_at(const std::string& url) {
  HttpCall call;
  call.url = url;
  NotifierHealth health = health_of(http_call(call));
  if (!health.works()) log(LogLevel::warning, "notifier_ails", {{"said", health.said}});
  return health;
}

std::string text_of(const Settings& settings, OutageWord word, const NotifierHealth& health,
                    Timestamp since) {
  const char* down = health.answers ? "call.unable" : "call.down";
  std::string text = settings.text(word == OutageWord::over ? "call.over" : down);
  replace_all(text, "{since}", format_local(since));
  replace_all(text, "{why}", health.ailment);
  return text;
}

std::set<std::string> call(const Settings& settings, const Book& book, const LastCall& words,
                           const std::set<std::string>& persons) {
  static const SystemClock clock;
  const OpenChannel open = addressed_channels(real_channels({}, clock),
                                              [&](std::string_view id, std::string_view method) {
                                                return book.contacts.address_of(id, method);
                                              });
  return call_round(words, persons, settings.list("call.methods"), book.rules, open);
}

int fail(int code, const Error& error) {
  log(LogLevel::error, "last_call_failed", {{"why", error.message}});
  return code;
}

// Calls those who are left, and notes whom it reached.
int tell(const Settings& settings, OutageWord word, const NotifierHealth& health, Outage& outage,
         Timestamp now) {
  auto book = read_book(settings);
  if (!book.ok()) return fail(kConfiguration, book.error());
  const Timestamp since = outage.since.value_or(now);
  LastCall words;
  words.id = "last-call:" + std::to_string(to_micros(since)) + ":" + std::to_string(to_micros(now));
  words.topic = word == OutageWord::over ? "notifier.up" : "notifier.down";
  words.text = text_of(settings, word, health, since);
  words.at = now;
  const auto left = still_to_tell(outage, word, book->persons);
  const auto told = call(settings, *book, words, left);
  note_told(outage, word, told, now);
  const bool calls_nobody = word == OutageWord::down && book->persons.empty();
  if (told.size() == left.size() && !calls_nobody) return 0;
  const bool some = !told.empty() || !outage.reached.empty();
  return fail(
      kNobody,
      {ErrorCode::unavailable,
       some ? "not all could be told: " + std::to_string(left.size() - told.size()) + " left"
            : "nobody could be told"});
}

int run(const Settings& settings) {
  const std::string& path = settings.text("watch.state");
  auto kept = read_file(path, kStateBytesMax);
  Outage outage = kept.ok() ? parse_outage(*kept) : Outage();
  const Timestamp now = SystemClock().now();
  // What can't be kept never gets old, so it is told at once; and it is seen in quiet times.
  auto written = write_file(path, print_outage(outage));
  const Duration after = written.ok() ? settings.duration("watch.after") : Duration::zero();
  const NotifierHealth health = health_at(settings.text("watch.url"));
  const OutageRules rules{after, settings.duration("watch.repeat")};
  const OutageWord word = look(outage, health.works(), now, rules);
  const int code = word == OutageWord::nothing ? 0 : tell(settings, word, health, outage, now);
  if (written.ok()) written = write_file(path, print_outage(outage));
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
