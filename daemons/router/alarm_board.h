// AlarmBoard: what the notifier's stream says that is not over: alarms that people are called for,
// and channels that are down; for the log of a hand-over (DOMAIN §13.3). One small row.
//
// It stands as far as that stream was heard: while the notifier is away the board stays as it was,
// and nobody waits for it. Bounded: of more alarms than a log names the earliest go to a table of
// their own, one row each, and are counted here until they end or are told anew.
// Fails: never. Thread rule: plain values, pure functions.
#pragma once

#include <vector>

#include "common/domain/channel_change.h"
#include "common/domain/handover.h"
#include "common/domain/notice_step.h"

namespace jieban {

struct AlarmBoard {
  std::vector<OpenAlarm> alarms;  // the earliest first
  std::vector<DownChannel> channels;
  std::optional<uint64_t> beyond{};  // open alarms that are not named

  template <class Visit>
  static void fields(Visit& visit) {
    visit("alarms", &AlarmBoard::alarms);
    visit("channels", &AlarmBoard::channels);
    visit("beyond", &AlarmBoard::beyond);
  }
};

bool is_named(const AlarmBoard& board, const std::string& alert);
// An alarm that is told anew keeps its beginning, and nobody has acknowledged it yet. The earliest
// where there is no room for it.
std::optional<OpenAlarm> note_opened(AlarmBoard& board, const AlertStep& told, Timestamp at);
void note_acknowledged(AlarmBoard& board, const AlertStep& told);
void note_resolved(AlarmBoard& board, const AlertStep& told);
void note_failed(AlarmBoard& board, const ChannelChange& told, Timestamp at);
void note_recovered(AlarmBoard& board, const ChannelChange& told);

}  // namespace jieban
