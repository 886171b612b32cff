#include "common/domain/command_argument.h"
#include "daemons/router/audit_rules.h"
#include "daemons/router/router.h"

namespace jieban {
namespace {

// The text by which a unit answers, if the door told what it is like.
const TextFacts* reply_of(const CommandRequest& request) {
  if (!request.texts) return nullptr;
  auto found = request.texts->find(std::string(kCommandText));
  return found == request.texts->end() ? nullptr : &found->second;
}

}  // namespace

Result<void> Router::load_rules(const Event& event, Step& step) {
  auto loaded = decode_payload<RulesLoaded>(event.payload);
  if (!loaded.ok()) return loaded.error();
  if (loaded->name == kAuditRules) return checklists_.load(event, step);
  auto rules = decode_payload<RouterRules>(loaded->content.data);
  if (!rules.ok()) return rules.error();
  // One that cannot be read would refuse every order to come.
  if (rules->calendar) {
    auto calendar = parse_calendar(*rules->calendar);
    if (!calendar.ok()) return calendar.error();
  }
  return book_.load(event, step);
}

Result<std::optional<AuditCase>> Router::open_audit(const Event& event,
                                                    const CommandRequest& request,
                                                    const Case& at) const {
  if (material_command(request.command) == nullptr) return std::optional<AuditCase>();
  auto lists = checklists_.current(at.step.store());
  if (!lists.ok()) return lists.error();
  const bool asked = *lists != nullptr && !(*lists)->lists.empty();
  if (!asked && request.command != "attach") return std::optional<AuditCase>();
  auto known = materials_.get(at.step.store(), make_key(at.order_id));
  if (!known.ok()) return known.error();
  return std::optional<AuditCase>(
      open_case({at.order, *at.course, request, event.actor, event.occurred_at},
                known->value_or(OrderMaterial()), asked ? *lists : nullptr));
}

Result<void> Router::keep_material(const AuditCase& audit, const CommandRequest& request,
                                   const Case& at, OrderMove& told) {
  told.audit = audit.note;
  Step& step = at.step;
  const TextFacts* reply = reply_of(request);
  const bool compares = audit.command->compares && audit.policy != nullptr && reply != nullptr &&
                        is_comparable(audit.policy->reuse, *reply) && at.order.lead_unit;
  if (compares) {
    auto reuse = reuse_.note(
        audit.policy->reuse,
        {*at.order.lead_unit, at.order_id, at.order.order_no, reply->signature->data}, step);
    if (!reuse.ok()) return reuse.error();
    told.reuse = *reuse;
  }
  if (audit.command->record.empty() && request.command != "attach") return {};
  return materials_.put(step.store(), make_key(at.order_id), audit.material);
}

}  // namespace jieban
