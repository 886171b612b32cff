#include "daemons/notifier/last_call/outage.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "common/json/json.h"

namespace jieban {
namespace {

struct InstantField {
  const char* name;
  std::optional<Timestamp> Outage::*member;
};
constexpr std::array<InstantField, 4> kInstants = {{{"since", &Outage::since},
                                                    {"told_at", &Outage::told_at},
                                                    {"back_at", &Outage::back_at},
                                                    {"round_at", &Outage::round_at}}};

struct NamesField {
  const char* name;
  std::set<std::string> Outage::*member;
};
constexpr std::array<NamesField, 4> kNames = {{{"reached", &Outage::reached},
                                               {"heard", &Outage::heard},
                                               {"open", &Outage::open},
                                               {"groups", &Outage::groups}}};

void forget_calls(Outage& outage) {
  outage.open.clear();
  outage.groups.clear();
}

// Who may have heard of it, for all that is known, hears that it is over.
void begin_good_news(Outage& outage, Timestamp now) {
  outage.back_at = now;
  for (const std::string& call : outage.open) outage.heard.insert(call.substr(0, call.find(' ')));
  forget_calls(outage);
}

OutageWord look_again(Outage& outage, Timestamp now, const OutageRules& rules) {
  if (!outage.since) return OutageWord::nothing;
  if (!outage.back_at || *outage.back_at > now) begin_good_news(outage, now);
  const bool over = outage.heard.empty() || now - *outage.back_at >= rules.repeat;
  if (over) outage = Outage();
  return over ? OutageWord::nothing : OutageWord::over;
}

}  // namespace

OutageWord look(Outage& outage, bool works, Timestamp now, const OutageRules& rules) {
  if (works) return look_again(outage, now, rules);
  // Another outage; who has not heard that the last one is over need hear of neither twice.
  if (outage.back_at) {
    Outage next;
    next.heard = std::move(outage.heard);
    outage = std::move(next);
  }
  // A clock that was set back must not hold a call back.
  if (!outage.since || *outage.since > now) outage.since = now;
  if (outage.told_at && *outage.told_at > now) outage.told_at = now;
  if (now - *outage.since < rules.after) return OutageWord::nothing;
  if (outage.told_at && now - *outage.told_at >= rules.repeat) {
    outage.told_at.reset();
    outage.round_at.reset();
    outage.reached.clear();
    forget_calls(outage);
  }
  if (!outage.round_at || *outage.round_at > now) outage.round_at = now;
  return OutageWord::down;
}

std::set<std::string> still_to_tell(const Outage& outage, OutageWord word,
                                    const std::set<std::string>& persons) {
  if (word == OutageWord::over) return outage.heard;
  std::set<std::string> left;
  std::ranges::set_difference(persons, outage.reached, std::inserter(left, left.end()));
  return left;
}

void note_told(Outage& outage, OutageWord word, const std::set<std::string>& told, Timestamp now) {
  if (word == OutageWord::over) {
    for (const std::string& person : told) outage.heard.erase(person);
    if (outage.heard.empty()) outage = Outage();
    return;
  }
  if (!told.empty() && !outage.told_at) outage.told_at = now;
  outage.reached.insert(told.begin(), told.end());
  outage.heard.insert(told.begin(), told.end());
}

std::string round_id(const Outage& outage, OutageWord word) {
  const auto& round = word == OutageWord::over ? outage.back_at : outage.round_at;
  return "last-call:" + std::to_string(to_micros(outage.since.value_or(Timestamp()))) + ":" +
         std::to_string(to_micros(round.value_or(Timestamp())));
}

std::string print_outage(const Outage& outage) {
  Value value{Value::Object{}};
  for (const InstantField& field : kInstants) {
    const auto& instant = outage.*field.member;
    if (instant) value.set(field.name, to_micros(*instant));
  }
  for (const NamesField& field : kNames) {
    Value list{Value::Array{}};
    for (const std::string& name : outage.*field.member) list.push(Value(name));
    if (!list.array()->empty()) value.set(field.name, std::move(list));
  }
  return to_json(value) + "\n";
}

Outage parse_outage(std::string_view text) {
  auto value = parse_json(text);
  if (!value.ok()) return {};
  Outage outage;
  for (const InstantField& field : kInstants) {
    const Value* found = value->find(field.name);
    if (found == nullptr || found->integer() == nullptr) continue;
    outage.*field.member = from_micros(*found->integer());
  }
  for (const NamesField& field : kNames) {
    const Value* found = value->find(field.name);
    if (found == nullptr || found->array() == nullptr) continue;
    for (const Value& name : *found->array()) {
      if (name.string() != nullptr) (outage.*field.member).insert(*name.string());
    }
  }
  return outage.since ? outage : Outage();
}

}  // namespace jieban
