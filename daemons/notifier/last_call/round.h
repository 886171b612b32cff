// A round: the same words to some persons, each by the first means that takes them.
//
// A group is told once, however many are in it. What a gateway refuses, or cannot be known to have
// taken, goes on by the person's next means: to be told twice is better here than not at all. The
// program may be ended at any instruction, and a look that goes on with the round repeats only what
// had no answer: under its own id, marked as a possible repeat, and when all other means of all
// persons were tried, so that a gateway that hangs holds up nobody else.
// Logs channels and outcomes, never a person. Thread rule: one thread.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "common/duty/rota.h"
#include "daemons/notifier/channel.h"
#include "daemons/notifier/notice_rules.h"

namespace jieban {

struct LastCall {
  std::string id;     // of the round; person and channel follow
  std::string topic;  // "notifier.down"
  std::string text;
  Timestamp at;
};

// What is known of the round's calls (outage.h), and those who keep it.
struct RoundNotes {
  std::set<std::string>& open;
  std::set<std::string>& groups;
  std::function<void(const std::string& person)> told;
  std::function<void()> keep;  // before each call and after it; on disk when it returns
};

// Those of `listed`, and whoever has the role; each once.
std::set<std::string> called_persons(const RotaBook& book, const std::string& role,
                                     const std::vector<std::string>& listed);

// Those who were told.
std::set<std::string> call_round(const LastCall& call, const std::set<std::string>& persons,
                                 const std::vector<std::string>& methods,
                                 const NotifierRules& rules, const OpenChannel& open,
                                 RoundNotes notes);

}  // namespace jieban
