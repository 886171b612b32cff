#include "daemons/notifier/last_call/round.h"

#include <algorithm>

#include "common/base/log.h"

namespace jieban {
namespace {

class Round {
 public:
  Round(const LastCall& call, const OpenChannel& open) : call_(call), open_(open) {}

  // By the first channel of the means that takes it.
  bool tell(const std::string& person, const std::string& method, const NotifierRules& rules) {
    return std::ranges::any_of(rules.channels, [&](const ChannelRule& channel) {
      return channel.method == method && tell_over(person, channel);
    });
  }

 private:
  bool tell_over(const std::string& person, const ChannelRule& channel) {
    const bool group = row_of(channel.kind).group;
    if (group && groups_.contains(channel.name)) return true;
    OutgoingNotice notice;
    notice.source = "jieban-last-call";
    notice.notice_id = call_.id + ":" + person + ":" + channel.name;
    notice.topic = call_.topic;
    notice.text = call_.text;
    notice.time = call_.at;
    notice.person = person;
    const DeliveryReport report = open_(channel)->deliver(notice);
    const bool taken = report.outcome == DeliveryOutcome::accepted;
    log(taken ? LogLevel::notice : LogLevel::error, "last_call",
        {{"channel", channel.name},
         {"outcome", to_string(report.outcome)},
         {"error", report.error.value_or("")}});
    if (taken && group) groups_.insert(channel.name);
    return taken;
  }

  const LastCall& call_;
  const OpenChannel& open_;
  std::set<std::string> groups_;
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
                                 const NotifierRules& rules, const OpenChannel& open) {
  Round round(call, open);
  std::set<std::string> told;
  for (const std::string& person : persons) {
    const bool taken = std::ranges::any_of(
        methods, [&](const std::string& method) { return round.tell(person, method, rules); });
    if (taken) told.insert(person);
  }
  return told;
}

}  // namespace jieban
