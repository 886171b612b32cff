#include "daemons/archiver/questions.h"

#include <algorithm>
#include <initializer_list>

#include "common/config/scalar.h"
#include "common/domain/livelihood_tag.h"

namespace jieban {
namespace {

Result<void> only(const HttpHeaders& query, std::initializer_list<std::string_view> known) {
  for (const auto& [name, value] : query) {
    if (std::ranges::find(known, name) != known.end()) continue;
    std::string names;
    for (std::string_view each : known) names += (names.empty() ? "" : ", ") + std::string(each);
    return invalid("there is no parameter '" + name +
                   "'; known are: " + (names.empty() ? "none" : names));
  }
  return {};
}

std::string text_of(const HttpHeaders& query, std::string_view name) {
  auto found = query.find(name);
  return found == query.end() ? std::string() : found->second;
}

// Empty when the parameter is not there.
template <class T, class Parse>
Result<std::optional<T>> read_one(const HttpHeaders& query, std::string_view name, Parse parse,
                                  std::string_view how) {
  auto found = query.find(name);
  if (found == query.end()) return std::optional<T>();
  std::optional<T> value = parse(found->second);
  if (value) return value;
  return invalid(std::string(name) + " is written like " + std::string(how));
}

Result<std::optional<Timestamp>> read_time(const HttpHeaders& query, std::string_view name) {
  return read_one<Timestamp>(query, name, parse_local, "2026-07-18T12:00:00");
}

std::optional<uint64_t> parse_positive(std::string_view text) {
  auto number = parse_integer(text);
  if (!number.ok() || *number < 1) return std::nullopt;
  return uint64_t(*number);
}

Result<std::optional<uint64_t>> read_number(const HttpHeaders& query, std::string_view name) {
  return read_one<uint64_t>(query, name, parse_positive, "42");
}

std::optional<OrderState> parse_state(std::string_view text) {
  OrderState state{};
  if (!from_string(text, state)) return std::nullopt;
  return state;
}

std::string state_names() {
  std::string names;
  for (OrderState state : all_order_states()) {
    names += (names.empty() ? "" : ", ") + std::string(to_string(state));
  }
  return names;
}

// By its code or its Chinese.
Result<std::string> read_tag(const HttpHeaders& query) {
  const std::string text = text_of(query, "tag");
  if (text.empty()) return text;
  const LivelihoodTag* tag = find_livelihood_tag(text);
  if (tag != nullptr) return std::string(tag->code);
  return invalid("tag is one of 七有五性, such as housing or 住有所居");
}

std::optional<ReportFormat> parse_format(std::string_view text) {
  if (text == "json") return ReportFormat::json;
  if (text == "markdown") return ReportFormat::markdown;
  return std::nullopt;
}

}  // namespace

Result<OrderFilter> read_order_filter(const HttpHeaders& query) {
  RETURN_IF_ERROR(only(query, {"state", "class", "community", "category", "order_no",
                               "received_from", "received_to", "tag", "below", "page_size"}));
  OrderFilter filter;
  auto state = read_one<OrderState>(query, "state", parse_state, "one of " + state_names());
  if (!state.ok()) return state.error();
  filter.state = *state;
  filter.order_class = text_of(query, "class");
  filter.community = text_of(query, "community");
  filter.category = text_of(query, "category");
  filter.order_no = text_of(query, "order_no");
  auto tag = read_tag(query);
  if (!tag.ok()) return tag.error();
  filter.tag = *tag;
  auto from = read_time(query, "received_from");
  if (!from.ok()) return from.error();
  filter.received_from = *from;
  auto to = read_time(query, "received_to");
  if (!to.ok()) return to.error();
  filter.received_to = *to;
  auto below = read_number(query, "below");
  if (!below.ok()) return below.error();
  filter.below = *below;
  auto page_size = read_number(query, "page_size");
  if (!page_size.ok()) return page_size.error();
  filter.page_size = page_size->value_or(filter.page_size);
  return filter;
}

Result<RecordFilter> read_record_filter(const HttpHeaders& query) {
  RETURN_IF_ERROR(only(query, {"kind", "order_no", "from", "to", "below", "page_size"}));
  RecordFilter filter;
  filter.kind = text_of(query, "kind");
  filter.order_no = text_of(query, "order_no");
  filter.below = text_of(query, "below");
  auto from = read_time(query, "from");
  if (!from.ok()) return from.error();
  filter.from = *from;
  auto to = read_time(query, "to");
  if (!to.ok()) return to.error();
  filter.to = *to;
  auto page_size = read_number(query, "page_size");
  if (!page_size.ok()) return page_size.error();
  filter.page_size = page_size->value_or(filter.page_size);
  return filter;
}

Result<std::optional<uint64_t>> read_round(const HttpHeaders& query) {
  RETURN_IF_ERROR(only(query, {"round"}));
  return read_number(query, "round");
}

Result<ReportQuestion> read_report_question(const HttpHeaders& query, Timestamp now) {
  RETURN_IF_ERROR(only(query, {"date", "from", "to", "format"}));
  auto from = read_time(query, "from");
  if (!from.ok()) return from.error();
  auto to = read_time(query, "to");
  if (!to.ok()) return to.error();
  auto format = read_one<ReportFormat>(query, "format", parse_format, "json or markdown");
  if (!format.ok()) return format.error();
  std::string date = text_of(query, "date");
  bool is_free = *from && *to && date.empty();
  bool is_daily = !*from && !*to && !date.empty();
  if (!is_free && !is_daily) return invalid("a report needs either date, or from and to");
  auto period = is_daily ? daily_period(date, now) : free_period(**from, **to, now);
  if (!period.ok()) return period.error();
  return ReportQuestion{*period, format->value_or(ReportFormat::json)};
}

Result<WeekQuestion> read_week_question(const HttpHeaders& query, Timestamp now) {
  RETURN_IF_ERROR(only(query, {"date", "format"}));
  auto format = read_one<ReportFormat>(query, "format", parse_format, "json or markdown");
  if (!format.ok()) return format.error();
  auto week = week_of(text_of(query, "date"), now);
  if (!week.ok()) return week.error();
  return WeekQuestion{std::move(*week), format->value_or(ReportFormat::json)};
}

Result<SpanQuestion> read_span_question(const HttpHeaders& query, Timestamp now) {
  constexpr std::chrono::days kSpan{31};
  RETURN_IF_ERROR(only(query, {"from", "to"}));
  auto from = read_time(query, "from");
  if (!from.ok()) return from.error();
  auto to = read_time(query, "to");
  if (!to.ok()) return to.error();
  // What is told in this very instant is asked for too.
  const Timestamp end = to->value_or(now + std::chrono::seconds(1));
  return SpanQuestion{from->value_or(end - kSpan), end};
}

Result<void> refuse_parameters(const HttpHeaders& query) { return only(query, {}); }

}  // namespace jieban
