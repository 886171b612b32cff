// A round: the same words to some persons, each by the first means that takes them.
//
// A group is told once, however many are in it. What a gateway refuses, or cannot be known to have
// taken, goes on by the person's next means: to be told twice is better here than not at all.
// Logs channels and outcomes, never a person. Thread rule: one thread.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "common/duty/rota.h"
#include "daemons/notifier/channel.h"
#include "daemons/notifier/notice_rules.h"

namespace jieban {

struct LastCall {
  std::string id;     // of the notice; the person's follows
  std::string topic;  // "notifier.down"
  std::string text;
  Timestamp at;
};

// Those of `listed`, and whoever has the role; each once.
std::set<std::string> called_persons(const RotaBook& book, const std::string& role,
                                     const std::vector<std::string>& listed);

// Those who were told.
std::set<std::string> call_round(const LastCall& call, const std::set<std::string>& persons,
                                 const std::vector<std::string>& methods,
                                 const NotifierRules& rules, const OpenChannel& open);

}  // namespace jieban
