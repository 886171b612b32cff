#include "tools/player/player.h"

#include <unistd.h>

#include <cstdio>
#include <optional>

#include "common/crypto/random.h"
#include "common/json/json.h"
#include "tools/player/inspection.h"
#include "tools/player/performance.h"
#include "tools/player/summary.h"
#include "tools/player/venue.h"
#include "tools/site/setup.h"

namespace jieban {
namespace {

// The sample day, half past one to midnight, passes in about a minute.
constexpr int64_t kDaySpeed = 1300;
// Files: a morning in forty seconds, so that the desk can keep its signing times for a thousand
// orders that come at once.
constexpr int64_t kFileSpeed = 360;
constexpr std::string_view kFileMorning = "2026-03-10 08:00:00";
constexpr std::chrono::hours kFileMorningLength{4};
constexpr std::chrono::milliseconds kPause{50};

// Orders belong to the time of their creation, which lies anywhere in files of one's own.
constexpr std::string_view kFileReportFrom = "2000-01-01 00:00:00";

struct Programme {
  Timetable timetable;
  Timestamp report_from;
  Timestamp report_to;
  int64_t speed = 1;
  std::vector<ScriptedPush> pushes;
  std::vector<ScriptedFile> files;
  DeskRules rules;
};

Result<Programme> make_programme(const PlayerOptions& options) {
  auto script = DayScript::load(options.project + "/tools/sample_day");
  if (!script.ok()) return script.error();
  auto rules = DeskRules::read(script->operators);
  if (!rules.ok()) return rules.error();
  Programme programme;
  programme.rules = std::move(*rules);
  if (options.inputs.empty()) {
    programme.timetable = {script->begin, script->end, true};
    programme.report_from = script->end - std::chrono::hours(24);
    programme.report_to = script->end;
    programme.speed = kDaySpeed;
    programme.pushes = std::move(script->pushes);
    programme.files = {{script->export_at, script->export_file}};
  } else {
    const Timestamp begin = *parse_local(kFileMorning);
    programme.timetable = {begin, begin + kFileMorningLength, false};
    programme.report_from = *parse_local(kFileReportFrom);
    programme.report_to = programme.timetable.end;
    programme.speed = kFileSpeed;
    for (const std::string& file : options.inputs) programme.files.push_back({begin, file});
  }
  if (options.speed > 0) programme.speed = options.speed;
  return programme;
}

void write(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

Screen make_screen(const PlayerOptions& options) {
  if (options.json) return Screen(Screen::Mode::silent);
  return Screen(isatty(STDOUT_FILENO) == 1 ? Screen::Mode::block : Screen::Mode::lines);
}

std::string addresses_text(const Site& site) {
  std::string text = "\nThe daemons stay up until Ctrl-C. root " + site.root + "\n";
  for (const DaemonSeat& seat : kSeats) {
    const SiteDaemon& daemon = site.daemon(seat.name);
    text += "  " + std::string(seat.name) + "  http://" + daemon.ops_address + "/metrics";
    if (!daemon.api_address.empty()) text += "  http://" + daemon.api_address + "/api/v1/orders";
    text += "\n";
  }
  const std::string program = program_directory() + "/jieban --root " + site.root;
  return text + "Try:\n  " + program + " status\n  " + program + " order list --limit 10\n  " +
         program + " stream tail router --count 10\n  " + program + " stream verify\n";
}

class Demonstration {
 public:
  Demonstration(const PlayerOptions& options, Interrupts& interrupts)
      : options_(options), interrupts_(interrupts), screen_(make_screen(options)) {}

  Result<int> run() {
    auto programme = make_programme(options_);
    if (!programme.ok()) return programme.error();
    auto venue = Venue::make(wish(*programme));
    if (!venue.ok()) return venue.error();
    screen_.say("Starting five daemons in " + venue->site().root + " ...");
    Fleet fleet(venue->site(), program_directory(), venue->logs());
    RETURN_IF_ERROR(fleet.start([this] { return interrupts_.wait(kPause); }));
    auto good = perform(*venue, std::move(*programme), fleet);
    if (!good.ok()) return good.error();
    if (options_.keep) stay(venue->site(), fleet);
    return *good ? 0 : 1;
  }

 private:
  VenueWish wish(const Programme& programme) const {
    return {.root = options_.root,
            .port_base = options_.port_base,
            .origin = programme.timetable.begin,
            .speed = programme.speed,
            .rules = options_.project + "/config"};
  }

  Result<bool> perform(const Venue& venue, Programme programme, Fleet& fleet) {
    const Duration started = monotonic_now();
    auto feed = Feed::make(venue.site(), std::move(programme.pushes), std::move(programme.files));
    if (!feed.ok()) return feed.error();
    auto performance = Performance::prepare(venue.site(), venue.clock(), programme.timetable,
                                            std::move(programme.rules), std::move(*feed));
    if (!performance.ok()) return performance.error();
    RETURN_IF_ERROR((*performance)->play(fleet, interrupts_, screen_));
    auto summary = inspect(venue, **performance, programme);
    if (!summary.ok()) return summary.error();
    summary->real_seconds = std::chrono::duration<double>(monotonic_now() - started).count();
    write(options_.json ? to_json(summary_value(*summary), 2) + "\n" : summary_text(*summary));
    return summary->good();
  }

  Result<Summary> inspect(const Venue& venue, const Performance& performance,
                          const Programme& programme) {
    Summary summary;
    summary.accounts = &performance.feed().accounts();
    summary.board = &performance.board();
    summary.remarks = performance.feed().remarks();
    for (const std::string& refusal : performance.refusals()) summary.remarks.push_back(refusal);
    summary.commands_refused = performance.commands_refused();
    auto caught_up = archive_caught_up(venue.site(), [this] { return interrupts_.wait(kPause); });
    if (!caught_up.ok()) return caught_up.error();
    if (!*caught_up) summary.remarks.emplace_back("the archive has not caught up in time");
    auto incomplete = incomplete_orders(venue.site(), summary.accounts->orders());
    if (!incomplete.ok()) return incomplete.error();
    summary.incomplete = std::move(*incomplete);
    auto verdict = verify_archive(venue.site());
    if (!verdict.ok()) return verdict.error();
    summary.archive = std::move(*verdict);
    auto report = archive_report(venue.site(), programme.report_from, programme.report_to);
    if (!report.ok()) return report.error();
    summary.report = std::move(*report);
    return summary;
  }

  void stay(const Site& site, Fleet& fleet) {
    screen_.say(addresses_text(site));
    while (interrupts_.wait(std::chrono::seconds(1))) {
      auto alive = fleet.check();
      if (alive.ok()) continue;
      std::fprintf(stderr, "jieban-demo: %s\n", alive.error().message.c_str());
      return;
    }
  }

  const PlayerOptions& options_;
  Interrupts& interrupts_;
  Screen screen_;
};

}  // namespace

Result<int> play_demonstration(const PlayerOptions& options) {
  RETURN_IF_ERROR(initialise_crypto());
  auto interrupts = Interrupts::take();
  if (!interrupts.ok()) return interrupts.error();
  auto code = Demonstration(options, *interrupts).run();
  constexpr int kInterrupted = 130;
  if (!code.ok() && interrupts->interrupted()) return kInterrupted;
  return code;
}

}  // namespace jieban
