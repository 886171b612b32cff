// OwnAlerts: what the notifier sees by itself, and has to call somebody for.
//
//   channel.down  a channel failed some times in a row, or once where somebody has to mend it (a
//                 key that is none, DOMAIN §15.2 and §15.4); over with the first message it takes
//   feed.silent   no new order has come from the city for too long, by the hour
//   import.silent nobody has brought a file or a push for too long, be it without news, by the
//                 limit of the hour in which its age reaches it (DOMAIN §14.2; feed_limit.h)
//   rota.gap      nobody is on duty at some time of the next seven days (PRODUCTS row 25): one each
//                 (rota_gaps.h); the label `gap` is its beginning
// A channel's failure and its end are also told in the stream (ChannelChange), ladders or not.
// Each is an alert of no order, routed like all others; a call about a channel goes over another
// one (Notifier::call). Nothing is raised before ladders are loaded.
// Fails: as the store does. Thread rule: the loop's thread.
#pragma once

#include <span>
#include <string>

#include "common/alerting/heartbeat.h"
#include "common/duty/weekly_window.h"
#include "daemons/notifier/callout/callouts.h"
#include "daemons/notifier/delivery.h"

namespace jieban {

struct ChannelHealth {
  uint64_t failures = 0;       // in a row
  std::optional<bool> down{};  // and told so

  template <class Visit>
  static void fields(Visit& visit) {
    visit("failures", &ChannelHealth::failures);
    visit("down", &ChannelHealth::down);
  }
};

// What is looked at by the clock.
struct WatchClock {
  std::optional<Timestamp> fed_at{};  // the last order from the city
  bool silent = false;                // and told so
  Timestamp rota_due;                 // when the rota is looked at again
  std::optional<HeartbeatRow> imports{};

  template <class Visit>
  static void fields(Visit& visit) {
    visit("fed_at", &WatchClock::fed_at);
    visit("silent", &WatchClock::silent);
    visit("rota_due", &WatchClock::rota_due);
    visit("imports", &WatchClock::imports);
  }
};

class OwnAlerts {
 public:
  static constexpr uint64_t kFailuresMax = 3;
  static constexpr Duration kRotaPause = std::chrono::hours(1);

  Result<void> open(TableOpener& opener);
  // Of an attempt on a channel.
  Result<void> attempted(const std::string& channel, DeliveryOutcome outcome, Callouts& callouts,
                         CallSink& sink, Step& step) const;
  // A new order came from the city at that instant.
  Result<void> fed(Timestamp at, Callouts& callouts, CallSink& sink, Step& step) const;
  // A file or a push was done at that instant.
  Result<void> imported(Timestamp at, Callouts& callouts, CallSink& sink, Step& step) const;
  // The rota, a change of it or the ladders are others.
  Result<void> rules_changed(Step& step) const;
  Result<void> tick(Callouts& callouts, CallSink& sink, Step& step) const;
  Result<Timestamp> next_due(const Callouts& callouts, const Transaction& store) const;
  // Those that somebody was told of.
  Result<std::vector<std::string>> channels_down(const Transaction& store) const;

 private:
  struct Watched;
  static std::span<const Watched> watched();
  Result<void> heard(const Watched& what, Timestamp at, Callouts& callouts, CallSink& sink,
                     Step& step) const;
  Result<void> look_at_beats(Callouts& callouts, CallSink& sink, Step& step) const;
  Result<void> look_at_rota(Callouts& callouts, CallSink& sink, Step& step) const;
  Result<WatchClock> clock(const Transaction& store) const;

  Table<ChannelHealth> health_;  // by channel
  Table<WatchClock> clock_;      // one row
};

}  // namespace jieban
