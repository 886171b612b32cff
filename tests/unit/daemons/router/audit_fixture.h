// A router with checklists of its own: a photo and a long enough text are required, manners are a
// person's business.
#pragma once

#include "common/audit/text_signature.h"
#include "daemons/router/audit_rules.h"
#include "tests/unit/daemons/router/walks.h"

namespace jieban {

inline Checklists audit_lists() {
  ItemRule photo;
  photo.kind = "attachments";
  photo.attachments = {"photo"};
  ItemRule text;
  text.kind = "text";
  text.record = "hand_in";
  text.text = "text";
  text.characters = 20;
  ItemRule contact;
  contact.kind = "within";
  contact.record = "contact";
  contact.minutes = {{"utility", 120}};
  Checklist list;
  list.id = "six";
  list.version = "9";
  list.items = {
      {"has_site", "有现场", true, false, true, 1, "试", {photo}, {}},
      {"has_text", "有过程", true, false, true, 1, "试", {text}, {}},
      {"polite", "答复规范", false, false, true, 1, "试", {}, {}},
      {"contact_in_time", "联系及时", true, true, false, 1, "试", {contact}, {}},
  };
  Checklists lists;
  lists.version = "lists-1";
  lists.lists = {list};
  return lists;
}

class AuditFixture : public RouterFixture {
 public:
  explicit AuditFixture(const Checklists& lists = audit_lists()) : RouterFixture(desk_rules()) {
    load_lists(lists);
  }
  // An order of the unit's, brought to HANDLING.
  void handle(uint64_t order_id, const std::string& unit = "heating_company") {
    receive(order_id, heating_order("A-" + std::to_string(order_id)));
    as("seat-1", "seat");
    command(order_id, "sign");
    command(order_id, "dispatch", {{"lead_unit", unit}});
    as("unit-1", "unit").command(order_id, "accept");
    CHECK(state(order_id) == OrderState::handling);
  }
  StepOutcome load_lists(const Checklists& lists) {
    return input(rules_input(std::string(kAuditRules), lists));
  }
  AuditFixture& as(const std::string& who, const std::string& in_role) {
    RouterFixture::as(who, in_role);
    return *this;
  }
  // A command with a text of this length and signature; the first event that it leads to.
  Event say(uint64_t order_id, const std::string& word, Arguments arguments = {},
            uint64_t characters = 0, const std::string& signature = "") {
    CommandRequest request;
    request.order_no = "A-" + std::to_string(order_id);
    request.command = word;
    request.idempotency_key = "k";
    request.role = role;
    request.arguments = std::move(arguments);
    if (characters > 0) {
      request.sealed = SealedBox{Bytes{"key"}, Bytes{"box"}};
      TextFacts facts{characters, {}, std::nullopt};
      if (!signature.empty()) facts.signature = Bytes{signature};
      request.texts = FactsByText{{"text", facts}};
    }
    auto outcome = event("receiver", std::string(topics::kCommandPrefix) + word, order_id, request);
    return events_of(outcome).front();
  }
  OrderMove hand_in(uint64_t order_id, uint64_t characters = 30,
                    const std::string& signature = "") {
    const Event told = as("unit-1", "unit").say(order_id, "hand_in", {}, characters, signature);
    CHECK(told.topic == "order.handed_in");
    return payload_of<OrderMove>(told);
  }
  OrderMaterial material(uint64_t order_id) {
    Transaction txn = read();
    auto row = core().materials().get(txn, make_key(order_id));
    CHECK(row.ok());
    return row->value_or(OrderMaterial());
  }
};

inline std::string refusal_code(const Event& event) {
  if (event.topic != topics::kCommandRefused) return "";
  return payload_of<CommandRefusal>(event).code;
}
inline std::string refusal_reason(const Event& event) {
  return payload_of<CommandRefusal>(event).reason;
}

}  // namespace jieban
