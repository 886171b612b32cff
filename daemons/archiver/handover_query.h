// The hand-overs of the watch, from the archive: what was signed, by whom, and whether the log that
// stands here is the one that was signed (common/domain/handover.h).
//
// Fails: `not_found` for a number that nobody has signed out, `invalid` for no number, `corrupt`
// and `io` of the store. Thread rule: any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/base/value.h"
#include "common/domain/handover.h"
#include "daemons/archiver/archive.h"

namespace jieban {

struct Signature {
  std::string by;
  Timestamp at;
};

struct ShiftNote {
  Signature noted;
  std::string kind;
  uint64_t sequence = 0;  // in the router's stream
  std::optional<SealedBox> sealed;
};

// Emergencies that did not keep a signature from being taken, and who let them pass.
struct Release {
  std::vector<std::string> order_nos;
  std::string by;
};

// Somebody was shown what was written by hand.
struct ShownText {
  Signature shown;
  std::string role;
};

struct SignedHandover {
  HandoverMove out;  // with the section as it was frozen
  Signature signed_out;
  uint64_t sequence = 0;  // of the first signature, in the router's stream
  std::optional<Signature> signed_in;
  std::optional<Release> released_in;  // under which the second one was taken
  std::optional<Signature> withdrawn;
  std::optional<Signature> reviewed;
  std::string log;               // made anew from the frozen section
  std::string computed_hash;     // of that log
  std::vector<ShiftNote> notes;  // of the watch; find_handover only
  std::vector<ShownText> shown;  // find_handover only

  // What was signed is what stands here, and all signatures are under the same log.
  bool intact() const { return same_hash && out.log_hash == computed_hash; }
  bool same_hash = true;
};

// Those that were signed out in the span, the earliest first; what was done with them later too.
Result<std::vector<SignedHandover>> list_handovers(const Archive& archive, Timestamp from,
                                                   Timestamp to);
Result<SignedHandover> find_handover(const Archive& archive, const std::string& number);

// {handovers: [...]}, without the logs
Value handovers_value(const std::vector<SignedHandover>& handovers);
// All of it; {"unsigned": {count, order_nos}, ...} by the names of the section's fields;
// {alarms: [{alert, topic, since, acknowledged_by}], alarms_beyond, channel_failures: [{channel,
// since}], import_lag_seconds}
Value handover_value(const SignedHandover& handover);

}  // namespace jieban
