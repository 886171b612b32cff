// RouteNote: why an order is routed as it is, as it is kept with the order's events.
//
// In codes that are for ever; what they mean is common/routing/route_trace.h. A plain value.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace jieban {

struct RouteNote {
  std::optional<std::string> stage;       // that settled who leads: "directory", "fallback"
  std::optional<std::string> code;        // how: "chosen", "no_rule", "held", "bounced"
  std::optional<std::string> suggestion;  // a return reason (DOMAIN §5.3): it seems not to be ours
  std::optional<std::string> suggested_by;
  std::optional<std::string> suggested_unit;
  std::optional<std::string> repeat_of;  // order number, as the next one; DOMAIN §5.4
  std::optional<std::string> cluster_of;
  std::optional<bool> says_repeat;               // the text says that it is not the first time
  std::optional<std::vector<std::string>> tags;  // 七有五性
  std::optional<std::string> contact;            // of the rule, or of the unit that leads
  std::optional<std::string> template_reply;     // of the rule: where the reply may begin

  template <class Visit>
  static void fields(Visit& visit) {
    visit("stage", &RouteNote::stage);
    visit("code", &RouteNote::code);
    visit("suggestion", &RouteNote::suggestion);
    visit("suggested_by", &RouteNote::suggested_by);
    visit("suggested_unit", &RouteNote::suggested_unit);
    visit("repeat_of", &RouteNote::repeat_of);
    visit("cluster_of", &RouteNote::cluster_of);
    visit("says_repeat", &RouteNote::says_repeat);
    visit("tags", &RouteNote::tags);
    visit("contact", &RouteNote::contact);
    visit("template_reply", &RouteNote::template_reply);
  }
  bool operator==(const RouteNote&) const = default;
};

}  // namespace jieban
