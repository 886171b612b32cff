#include "daemons/notifier/rules_edge.h"

#include "common/base/log.h"
#include "daemons/notifier/notice_rules_file.h"
#include "daemons/notifier/notifier.h"

namespace jieban {

Result<void> RulesEdge::start(const EdgeContext& context) {
  context_.emplace(context);
  return reload();
}

Result<void> RulesEdge::reload() {
  const Settings& settings = context_->settings;
  auto rules =
      load_notice_rules(settings.text("notices.rules"), settings.text("notices.spool_root"));
  if (!rules.ok()) return rules.error();
  auto done = [version = rules->version](const GroupAnswer& answer) {
    const Error* why = answer.error ? &*answer.error : nullptr;
    if (why == nullptr && !answer.answers.at(0).ok()) why = &answer.answers.at(0).error();
    if (why == nullptr) {
      log(LogLevel::info, "notice_rules",
          {{"version", version}, {"outcome", *answer.answers.at(0)}});
    } else {
      log(LogLevel::error, "notice_rules_refused", {{"version", version}, {"why", why->message}});
    }
  };
  InputGroup group;
  group.inputs.push_back(rules_input(Notifier::kRulesName, *rules));
  group.done = done;
  return context_->inbox.submit(std::move(group));
}

}  // namespace jieban
