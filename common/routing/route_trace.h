// What a routing decision tried, and why each thing did or did not hold.
//
// The rows are written by the code that decides (route_decision.h), which is compiled twice: with
// RouteTrace, and with NoTrace, which costs nothing. A verdict's code is for machines and for ever;
// its Chinese is what people read. Fails: never. Thread rule: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jieban {

// In the order in which they are tried (DOMAIN §5.2).
enum class RouteStage : uint8_t {
  emergency,  // the emergency screen, which also gives every other order its class
  not_ours,
  repeat,
  directory,
  community_guard,  // of a rule of the directory that matched
  fallback,
  by_hand,  // none of the above: a person named the unit
};

std::string_view to_string(RouteStage stage);   // "not_ours"
std::string_view to_chinese(RouteStage stage);  // "辖区与职责"

enum class RouteVerdict : uint8_t {
  matched,
  chosen,
  outranked,
  not_yet_valid,
  expired,
  category,
  community,
  keywords,
  order_type,
  lexicon,
  urgency,
  no_directory,
  ours,
  not_ours,
  not_known,
  switched_off,
  no_earlier_order,
  repeat,
  cluster,
  says_repeat,
  says_nothing,
  community_lead,
  community_unknown,
  on_duty_list,
  held,
  no_rule,
  bounced,
  named,
};

std::string_view to_string(RouteVerdict verdict);   // "not_yet_valid"
std::string_view to_chinese(RouteVerdict verdict);  // "尚未生效"
bool from_string(std::string_view text, RouteStage& out);
bool from_string(std::string_view text, RouteVerdict& out);

struct TraceRow {
  RouteStage stage = RouteStage::emergency;
  std::string rule;  // its id; "" where the stage has no rules
  RouteVerdict verdict = RouteVerdict::matched;
  std::string wanted;  // the condition that decided, or what came of it
};

struct NoTrace {
  void note(RouteStage, std::string_view, RouteVerdict, std::string_view = {}) const {}
  void choose(std::string_view) const {}
  static constexpr bool kOn = false;
};

class RouteTrace {
 public:
  void note(RouteStage stage, std::string_view rule, RouteVerdict verdict,
            std::string_view wanted = {}) {
    rows_.push_back({stage, std::string(rule), verdict, std::string(wanted)});
  }
  // Of the rules of the directory that matched this one wins; the others are outranked.
  void choose(std::string_view rule);
  const std::vector<TraceRow>& rows() const { return rows_; }
  static constexpr bool kOn = true;

 private:
  std::vector<TraceRow> rows_;
};

}  // namespace jieban
