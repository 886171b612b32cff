#include "daemons/notifier/last_call/round.h"

#include <algorithm>
#include <array>

#include "common/base/log.h"

namespace jieban {
namespace {

// First what was not begun, then what was, and may be out.
enum class Turn { fresh, repeats };
constexpr std::array<Turn, 2> kTurns = {Turn::fresh, Turn::repeats};

class Round {
 public:
  Round(const LastCall& call, const OpenChannel& open, RoundNotes& notes)
      : call_(call), open_(open), notes_(notes), begun_(notes.open) {}

  // By the first channel of the means that takes it.
  bool tell(Turn turn, const std::string& person, const std::string& method,
            const NotifierRules& rules) {
    return std::ranges::any_of(rules.channels, [&](const ChannelRule& channel) {
      return channel.method == method && tell_over(turn, person, channel);
    });
  }

 private:
  bool tell_over(Turn turn, const std::string& person, const ChannelRule& channel) {
    const bool group = row_of(channel.kind).group;
    const std::string key = person + " " + channel.name;
    const bool repeat = begun_.contains(key);
    if (repeat != (turn == Turn::repeats)) return false;
    const bool had = group && notes_.groups.contains(channel.name);
    const bool taken = had || deliver(person, channel.name, repeat, *open_(channel));
    if (taken && group) notes_.groups.insert(channel.name);
    if (taken) notes_.told(person);
    notes_.keep();
    return taken;
  }
  bool deliver(const std::string& person, const std::string& channel, bool repeat, Channel& way) {
    const std::string key = person + " " + channel;
    notes_.open.insert(key);
    notes_.keep();
    OutgoingNotice notice;
    notice.source = "jieban-last-call";
    notice.notice_id = call_.id + ":" + person + ":" + channel;
    notice.topic = call_.topic;
    notice.text = call_.text;
    notice.time = call_.at;
    notice.person = person;
    notice.possible_repeat = repeat;
    const DeliveryReport report = way.deliver(notice);
    const bool taken = report.outcome == DeliveryOutcome::accepted;
    log(taken ? LogLevel::notice : LogLevel::error, "last_call",
        {{"channel", channel},
         {"outcome", to_string(report.outcome)},
         {"error", report.error.value_or("")}});
    if (report.outcome != DeliveryOutcome::unknown) notes_.open.erase(key);
    return taken;
  }

  const LastCall& call_;
  const OpenChannel& open_;
  RoundNotes& notes_;
  const std::set<std::string> begun_;  // by earlier looks
};

}  // namespace

std::set<std::string> called_persons(const RotaBook& book, const std::string& role,
                                     const std::vector<std::string>& listed) {
  std::set<std::string> out(listed.begin(), listed.end());
  for (const Person& person : book.persons) {
    if (std::ranges::find(person.roles, role) != person.roles.end()) out.insert(person.id);
  }
  return out;
}

std::set<std::string> call_round(const LastCall& call, const std::set<std::string>& persons,
                                 const std::vector<std::string>& methods,
                                 const NotifierRules& rules, const OpenChannel& open,
                                 RoundNotes notes) {
  Round round(call, open, notes);
  std::set<std::string> told;
  for (const Turn turn : kTurns) {
    for (const std::string& person : persons) {
      if (told.contains(person)) continue;
      const bool taken = std::ranges::any_of(methods, [&](const std::string& method) {
        return round.tell(turn, person, method, rules);
      });
      if (taken) told.insert(person);
    }
  }
  return told;
}

}  // namespace jieban
