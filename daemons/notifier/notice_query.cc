#include "daemons/notifier/notice_query.h"

#include <algorithm>
#include <array>

#include "common/base/bytes.h"
#include "common/config/scalar.h"
#include "daemons/notifier/digest_text.h"

namespace jieban {
namespace {

constexpr std::array<std::string_view, 8> kParameters = {
    "state", "channel", "order_no", "person", "alert", "from", "below", "page_size"};
constexpr size_t kIdBytesMax = 255;

Result<void> only_known(const HttpHeaders& query) {
  for (const auto& [name, value] : query) {
    if (std::ranges::find(kParameters, name) != kParameters.end()) continue;
    return invalid(
        "没有这个参数；可用：state, channel, order_no, person, alert, from, below, page_size");
  }
  return {};
}

const std::string* find_parameter(const HttpHeaders& query, std::string_view name) {
  auto found = query.find(name);
  return found == query.end() ? nullptr : &found->second;
}

bool calls_person(const NoticeRow& row, const std::string& person) {
  if (row.person == person) return true;
  return row.persons && std::ranges::find(*row.persons, person) != row.persons->end();
}

bool is_wanted(const NoticeFilter& filter, const NoticeRow& row) {
  if (filter.state && row.state != *filter.state) return false;
  if (!filter.channel.empty() && row.channel != filter.channel) return false;
  if (!filter.person.empty() && !calls_person(row, filter.person)) return false;
  if (!filter.alert.empty() && row.alert != filter.alert) return false;
  return filter.order_no.empty() || row.order_no == filter.order_no;
}

Value optional_text(const std::optional<std::string>& text) {
  return text ? Value(*text) : Value();
}

Value optional_number(const std::optional<uint64_t>& number) {
  return number ? Value(*number) : Value();
}

Value optional_time(const std::optional<Timestamp>& at) {
  return at ? Value(format_local(*at)) : Value();
}

}  // namespace

Result<NoticeFilter> read_notice_filter(const HttpHeaders& query) {
  RETURN_IF_ERROR(only_known(query));
  NoticeFilter filter;
  if (const std::string* text = find_parameter(query, "state")) {
    NoticeState state{};
    if (!from_string(*text, state)) {
      return invalid("state 应为 " + notice_state_names() + " 之一");
    }
    filter.state = state;
  }
  if (const std::string* text = find_parameter(query, "channel")) filter.channel = *text;
  if (const std::string* text = find_parameter(query, "order_no")) filter.order_no = *text;
  if (const std::string* text = find_parameter(query, "person")) filter.person = *text;
  if (const std::string* text = find_parameter(query, "alert")) filter.alert = *text;
  if (const std::string* text = find_parameter(query, "from")) {
    filter.from = parse_local(*text);
    if (!filter.from) return invalid("from 的写法如 2026-07-18T12:00:00");
  }
  if (const std::string* text = find_parameter(query, "below")) {
    auto place = from_hex(*text);
    if (!place || place->size() <= sizeof(uint64_t)) return invalid("below 应为上一页的 next");
    filter.below = std::move(*place);
  }
  if (const std::string* text = find_parameter(query, "page_size")) {
    auto size = parse_integer(*text);
    const bool fits = size.ok() && *size >= 1 && *size <= int64_t(kNoticePageMax);
    if (!fits) return invalid("page_size 应为 1 至 " + std::to_string(kNoticePageMax));
    filter.page_size = size_t(*size);
  }
  return filter;
}

Result<NoticePage> list_notices(const Fold& fold, const NoticeTables& tables,
                                const NoticeFilter& filter) {
  auto txn = fold.environment().read();
  if (!txn.ok()) return txn.error();
  NoticePage page;
  RETURN_IF_ERROR(tables.newest(*txn, filter.below, [&](NoticeRow row) {
    if (filter.from && row.created_at < *filter.from) return false;
    if (!is_wanted(filter, row)) return true;
    // One more shows that there is a next page.
    if (page.notices.size() == filter.page_size) {
      page.next = to_hex(notice_place(page.notices.back()));
      return false;
    }
    page.notices.push_back(std::move(row));
    return true;
  }));
  return page;
}

Result<NoticeRow> find_notice(const Fold& fold, const NoticeTables& tables, const std::string& id) {
  const Error missing{ErrorCode::not_found, "没有这条通知"};
  const bool is_key = !id.empty() && id.size() <= kIdBytesMax && id.find('\0') == std::string::npos;
  if (!is_key) return missing;
  auto txn = fold.environment().read();
  if (!txn.ok()) return txn.error();
  auto row = tables.find(*txn, id);
  if (!row.ok()) return row.error();
  if (!*row) return missing;
  return std::move(**row);
}

// In the order of the list. One that the sweep has taken meanwhile is left out.
Result<std::vector<NoticeRow>> list_members(const Fold& fold, const NoticeTables& tables,
                                            const std::string& id) {
  auto txn = fold.environment().read();
  if (!txn.ok()) return txn.error();
  auto members = tables.members(*txn, id);
  if (!members.ok()) return members.error();
  std::vector<NoticeRow> rows;
  for (const DigestMember& each : *members) {
    auto row = tables.find(*txn, each.notice_id);
    if (!row.ok()) return row.error();
    if (*row) rows.push_back(std::move(**row));
  }
  return rows;
}

Value notice_value(const NoticeRow& notice, const std::vector<NoticeRow>& members) {
  Value value = notice_value(notice);
  if (members.empty()) return value;
  Value::Array told;
  for (const NoticeRow& row : members) {
    const DigestMember member = member_of(row);
    Value made;
    made.set("id", member.notice_id).set("order_no", member.order_no);
    made.set("says", member.item).set("orders", member.orders);
    made.set("person", optional_text(member.person)).set("alert", optional_text(member.alert));
    made.set("state", to_string(row.state));
    told.push_back(std::move(made));
  }
  value.set("members", std::move(told));
  return value;
}

Value notice_value(const NoticeRow& notice) {
  Value value;
  value.set("id", notice.notice_id);
  value.set("channel", notice.channel);
  value.set("topic", notice.topic);
  value.set("person", optional_text(notice.person));
  if (notice.persons) {
    Value::Array persons(notice.persons->begin(), notice.persons->end());
    value.set("persons", std::move(persons));
  }
  value.set("method", optional_text(notice.method));
  value.set("alert", optional_text(notice.alert));
  value.set("order_no", notice.order_no);
  value.set("text", notice.text);
  value.set("state", to_string(notice.state));
  value.set("attempts", notice.attempts);
  value.set("failures", notice.failures);
  value.set("created_at", format_local(notice.created_at));
  // A notice whose attempt is under way, or which is settled, waits for nothing.
  const bool waits = notice.state == NoticeState::queued || notice.state == NoticeState::waiting;
  value.set("due_at", waits ? Value(format_local(notice.due_at)) : Value());
  value.set("possible_repeat", notice.possible_repeat);
  value.set("error", optional_text(notice.error));
  value.set("gateway_id", optional_text(notice.gateway_id));
  value.set("parts", optional_number(notice.parts));
  value.set("segments", optional_number(notice.segments));
  value.set("alphabet", optional_text(notice.alphabet));
  const bool awaited = notice.state == NoticeState::sent;
  value.set("receipt_by", awaited ? optional_time(notice.receipt_by) : Value());
  value.set("digest", optional_text(notice.digest));
  value.set("orders", optional_number(notice.orders));
  Value::Array steps;
  for (const NoticeMark& mark : notice.steps.value_or(std::vector<NoticeMark>())) {
    Value made;
    made.set("what", mark.what).set("at", format_local(mark.at)).set("detail", mark.detail);
    if (mark.by) made.set("by", *mark.by);
    if (mark.after) made.set("after", *mark.after);
    steps.push_back(std::move(made));
  }
  value.set("steps", std::move(steps));
  Value cause;
  cause.set("stream", notice.cause_stream);
  cause.set("sequence", notice.cause_sequence);
  value.set("cause", std::move(cause));
  return value;
}

Value notice_page_value(const NoticePage& page) {
  Value::Array notices;
  for (const NoticeRow& notice : page.notices) notices.push_back(notice_value(notice));
  Value value;
  value.set("notices", std::move(notices));
  value.set("next", optional_text(page.next));
  return value;
}

}  // namespace jieban
