// HandoverWatch: a shift has ended and nobody has signed the watch over (DOMAIN §13.3).
//
//   handover.missing  so long after somebody's shift on the watched rota ended, without a signature
//                     since shortly before that end; over with the next signature
// Goes by the rota as it stands when the time is up, with all changes. Nobody is watched before the
// first hand-over that was ever signed: a street that does not keep a log is not called for one. Of
// several ends that went by unseen only the last is told.
// Fails: as the store does. Thread rule: the loop's thread.
#pragma once

#include "daemons/notifier/callout/callouts.h"

namespace jieban {

struct WatchedShift {
  Timestamp signed_at;  // the last signature; Timestamp::min() after it was withdrawn
  Timestamp from;       // ends before it have been seen to
  Timestamp look_at;    // the next end, or when to look for one

  template <class Visit>
  static void fields(Visit& visit) {
    visit("signed_at", &WatchedShift::signed_at);
    visit("from", &WatchedShift::from);
    visit("look_at", &WatchedShift::look_at);
  }
};

class HandoverWatch {
 public:
  Result<void> open(TableOpener& opener);
  // The outgoing person signed at that instant, or has taken the signature back.
  Result<void> signed_out(Timestamp at, Callouts& callouts, CallSink& sink, Step& step) const;
  Result<void> withdrawn(Callouts& callouts, Step& step) const;
  // The rota, a change of it or the ladders are others.
  Result<void> rules_changed(Callouts& callouts, Step& step) const;
  Result<void> tick(Callouts& callouts, CallSink& sink, Step& step) const;
  Result<Timestamp> next_due(const Callouts& callouts, const Transaction& store) const;

 private:
  Result<void> put(WatchedShift row, const Callouts& callouts, Step& step) const;

  Table<WatchedShift> shift_;  // one row
};

}  // namespace jieban
