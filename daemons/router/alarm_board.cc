#include "daemons/router/alarm_board.h"

#include <algorithm>

namespace jieban {
namespace {

OpenAlarm* find_alarm(AlarmBoard& board, const std::string& alert) {
  auto found = std::ranges::find(board.alarms, alert, &OpenAlarm::alert);
  return found == board.alarms.end() ? nullptr : &*found;
}

}  // namespace

bool is_named(const AlarmBoard& board, const std::string& alert) {
  return std::ranges::find(board.alarms, alert, &OpenAlarm::alert) != board.alarms.end();
}

std::optional<OpenAlarm> note_opened(AlarmBoard& board, const AlertStep& told, Timestamp at) {
  if (OpenAlarm* known = find_alarm(board, told.alert)) {
    known->acknowledged_by.clear();
    return std::nullopt;
  }
  board.alarms.push_back({told.alert, told.topic, at, {}});
  if (board.alarms.size() <= kHandoverAlarmsMax) return std::nullopt;
  OpenAlarm earliest = std::move(board.alarms.front());
  board.alarms.erase(board.alarms.begin());
  return earliest;
}

void note_acknowledged(AlarmBoard& board, const AlertStep& told) {
  OpenAlarm* known = find_alarm(board, told.alert);
  if (known == nullptr || !told.person) return;
  auto& by = known->acknowledged_by;
  const bool again = std::ranges::find(by, *told.person) != by.end();
  if (!again && by.size() < kAcknowledgersNamedMax) by.push_back(*told.person);
}

void note_resolved(AlarmBoard& board, const AlertStep& told) {
  std::erase_if(board.alarms, [&](const OpenAlarm& each) { return each.alert == told.alert; });
}

void note_failed(AlarmBoard& board, const ChannelChange& told, Timestamp at) {
  auto known = std::ranges::find(board.channels, told.channel, &DownChannel::channel);
  if (known == board.channels.end() && board.channels.size() < kHandoverAlarmsMax) {
    board.channels.push_back({told.channel, at});
  }
}

void note_recovered(AlarmBoard& board, const ChannelChange& told) {
  std::erase_if(board.channels,
                [&](const DownChannel& each) { return each.channel == told.channel; });
}

}  // namespace jieban
