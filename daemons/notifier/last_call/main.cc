// jieban-last-call: calls the team leader when the notifier, which calls for all else, can't.
//
// One look: systemd's timer starts it each minute. It needs no daemon, no bus and no store; the
// channels, the rota and the contacts are the notifier's own files, or, where one is wrong, which
// keeps a notifier from starting, the copy of when it was good (last_good.h). What it has to
// remember is on disk before each call and after it: it may be ended at any instruction, as by
// systemd when gateways are slow, and the next look goes on from there. Two looks never overlap:
// the second leaves it to the first.
// Exit codes: 0 nothing to tell, or told, or another look is under way; 64 usage; 74 the state
// can't be written: it is told at once and with each look; or a copy can't, and all else is well;
// 75 somebody could not be told: the next look tries him again; 78 configuration: a file is wrong,
// in quiet times too, and whom it called it called by the copy.
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
#include "daemons/notifier/last_call/last_good.h"
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

// As they are.
struct FilesThemselves {
  template <class Loader>
  auto load(const std::string& /*name*/, const std::string& path, const Loader& loader) {
    return loader(path);
  }
};

template <class Files>
Result<Book> read_book(const Settings& settings, Files& files) {
  const auto load_rules = [&settings](const std::string& path) {
    return load_notice_rules(path, settings.text("spool.directory"));
  };
  auto rules = files.load("notices.yaml", settings.text("rules.notices"), load_rules);
  if (!rules.ok()) return rules.error();
  auto rota = files.load("rota.yaml", settings.text("rules.rota"), load_rota_book);
  if (!rota.ok()) return rota.error();
  auto contacts = files.load("contacts.yaml", settings.text("contacts.file"), load_contacts);
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
                           const std::set<std::string>& persons, const RoundNotes& notes) {
  static const SystemClock clock;
  const OpenChannel open = addressed_channels(real_channels({}, clock),
                                              [&](std::string_view id, std::string_view method) {
                                                return book.contacts.address_of(id, method);
                                              });
  return call_round(words, persons, settings.list("call.methods"), book.rules, open, notes);
}

int fail(int code, const Error& error) {
  log(LogLevel::error, "last_call_failed", {{"why", error.message}});
  return code;
}

// The file between two looks.
class Memory {
 public:
  explicit Memory(const std::string& path) : path_(path) {}
  Outage recall() const {
    auto kept = read_file(path_, kStateBytesMax);
    return kept.ok() ? parse_outage(*kept) : Outage();
  }
  void keep(const Outage& outage) {
    auto written = write_file(path_, print_outage(outage));
    if (!written.ok()) fault_ = written.error();
  }
  const std::optional<Error>& fault() const { return fault_; }

 private:
  const std::string& path_;
  std::optional<Error> fault_;
};

// Calls those who are left, and notes whom it reached.
int tell(const Settings& settings, const Book& book, OutageWord word, const NotifierHealth& health,
         Outage& outage, Memory& memory, Timestamp now) {
  const Timestamp since = outage.since.value_or(now);
  LastCall words;
  words.id = round_id(outage, word);
  words.topic = word == OutageWord::over ? "notifier.up" : "notifier.down";
  words.text = text_of(settings, word, health, since);
  words.at = now;
  const auto left = still_to_tell(outage, word, book.persons);
  const RoundNotes notes{outage.open, outage.groups,
                         [&](const std::string& person) { note_told(outage, word, {person}, now); },
                         [&] { memory.keep(outage); }};
  const auto told = call(settings, book, words, left, notes);
  const bool calls_nobody = word == OutageWord::down && book.persons.empty();
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
  auto lock = lock_file(path + ".lock");
  if (!lock.ok() && lock.error().code == ErrorCode::conflict) {
    log(LogLevel::notice, "last_call_under_way", {});
    return 0;
  }
  Memory memory(path);
  Outage outage = memory.recall();
  const Timestamp now = SystemClock().now();
  // What can't be kept never gets old, so it is told at once; and it is seen in quiet times.
  memory.keep(outage);
  const Duration after = memory.fault() ? Duration::zero() : settings.duration("watch.after");
  const NotifierHealth health = health_at(settings.text("watch.url"));
  const OutageRules rules{after, settings.duration("watch.repeat")};
  const OutageWord word = look(outage, health.works(), now, rules);
  LastGood files(settings.text("watch.copies"));
  const auto book = read_book(settings, files);
  int code = 0;
  if (book.ok() && word != OutageWord::nothing) {
    code = tell(settings, *book, word, health, outage, memory, now);
  }
  memory.keep(outage);
  // In quiet times too, so that the copies are those of the last good minute.
  auto kept = files.keep();
  if (files.fault() && code == 0) code = fail(kConfiguration, *files.fault());
  if (!kept.ok() && code == 0) code = fail(kState, kept.error());
  return memory.fault() ? fail(kState, *memory.fault()) : code;
}

int check(const Settings& settings) {
  FilesThemselves files;
  auto book = read_book(settings, files);
  return book.ok() ? 0 : fail(kConfiguration, book.error());
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
  return check(*settings);
}
