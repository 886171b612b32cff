#include "daemons/notifier/callout/work_hours.h"

namespace jieban {

Result<WorkCalendar> load_work_calendar(const std::string& path) {
  WorkCalendar rules;
  if (path.empty()) return rules;
  auto texts = read_calendar_texts(path);
  if (!texts.ok()) return texts.error().context("rules.calendar");
  auto calendar = parse_calendar(*texts);
  if (!calendar.ok()) return calendar.error().context("rules.calendar");
  rules.version = calendar->name();
  rules.texts = std::move(*texts);
  return rules;
}

Result<void> WorkHours::load(const Event& event, Step& step) {
  auto loaded = decode_payload<RulesLoaded>(event.payload);
  if (!loaded.ok()) return loaded.error();
  auto rules = decode_payload<WorkCalendar>(loaded->content.data);
  if (!rules.ok()) return rules.error();
  if (rules->texts) {
    auto calendar = parse_calendar(*rules->texts);
    if (!calendar.ok()) return calendar.error();
  }
  return book_.load(event, step);
}

Result<const Calendar*> WorkHours::calendar(const Transaction& store) const {
  auto rules = book_.current(store);
  if (!rules.ok()) return rules.error();
  if (*rules == nullptr || !(*rules)->texts) return static_cast<const Calendar*>(nullptr);
  return parsed_.calendar(*(*rules)->texts, book_.parses());
}

std::function<Timestamp(Timestamp, Duration)> counting_by(const Calendar* calendar) {
  if (calendar == nullptr) return {};
  return [calendar](Timestamp from, Duration work) {
    const auto at = calendar->add(from, work);
    return at.ok() ? *at : from + work;
  };
}

}  // namespace jieban
