#include "daemons/router/contract_guards.h"

#include "daemons/router/argument_reader.h"

namespace jieban::guards {
namespace {

// What became of the rectification that the command names; null when this order has none such.
const std::string* rectification_of(const GuardContext& context) {
  if (!context.course.rectifications) return nullptr;
  const auto found =
      context.course.rectifications->find(argument(context.request, "rectification"));
  return found == context.course.rectifications->end() ? nullptr : &found->second;
}

}  // namespace

Unmet miss_fields(const GuardContext& context) {
  return first_of({require_code(context.request, "figure", CodeSet::miss_figure),
                   require_code(context.request, "cause", CodeSet::miss_cause),
                   require_argument(context.request, "evidence")});
}

Unmet miss_agreed(const GuardContext& context) {
  const bool theirs = !argument(context.request, "agreed").empty();
  return theirs && context.role != Role::team_leader ? Unmet("") : std::nullopt;
}

Unmet rectification_fields(const GuardContext& context) {
  Unmet fault = first_of({require_argument(context.request, "rectification"),
                          require_text(context.request, "matter"),
                          require_argument(context.request, "evidence"),
                          allow_past(context.request, "happened_at", context.now)});
  if (fault) return fault;
  const auto by = time_argument(context.request, "rectify_by");
  const Timestamp demanded = time_argument(context.request, "happened_at").value_or(context.now);
  return by && *by < demanded ? Unmet("rectify_by 早于要求时间") : std::nullopt;
}

Unmet rectification_new(const GuardContext& context) {
  const bool full =
      context.course.rectifications && context.course.rectifications->size() >= kHistoryMax;
  return full || rectification_of(context) != nullptr ? Unmet("") : std::nullopt;
}

Unmet rectification_open(const GuardContext& context) {
  const std::string* state = rectification_of(context);
  if (state == nullptr) return "";
  const bool refusing = context.request.command == "refuse_rectification";
  const bool open =
      *state == kRectificationDemanded || (*state == kRectificationRefused && !refusing);
  return open ? std::nullopt : Unmet("");
}

Unmet rectification_proof(const GuardContext& context) {
  return first_of({require_argument(context.request, "evidence"),
                   allow_past(context.request, "happened_at", context.now)});
}

}  // namespace jieban::guards
