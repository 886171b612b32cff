#include "daemons/notifier/notice_text.h"

#include <algorithm>
#include <array>

#include "common/base/bytes.h"
#include "common/base/text.h"
#include "common/domain/code_set.h"
#include "common/domain/topics.h"
#include "daemons/notifier/safe_text.h"

namespace jieban {
namespace {

using namespace std::string_view_literals;

constexpr std::array kAlertPlaceholders = {"order_no"sv, "category"sv, "community"sv, "clock"sv,
                                           "percent"sv,  "deadline"sv, "lead_unit"sv};
constexpr std::array kDispatchPlaceholders = {"order_no"sv, "category"sv, "community"sv,
                                              "lead_unit"sv};
constexpr std::array kOrderPlaceholders = {"order_no"sv, "category"sv, "community"sv};

constexpr std::array kCallPlaceholders = {"order_no"sv, "category"sv, "community"sv, "clock"sv,
                                          "percent"sv,  "deadline"sv, "lead_unit"sv, "count"sv,
                                          "summary"sv,  "code"sv,     "link"sv,      "ack"sv};
constexpr std::array kDigestPlaceholders = {"order_no"sv, "count"sv, "matters"sv, "list"sv,
                                            "ack"sv};
// Nobody answers to a board.
constexpr std::array kBoardPlaceholders = {"order_no"sv, "count"sv, "matters"sv, "list"sv};
constexpr std::array kAckPlaceholders = {"code"sv, "link"sv};
constexpr NoticeTopic kAckTopic = {"ack"sv, kAckPlaceholders};

constexpr std::array<NoticeTopic, 22> kTopics = {{
    {topics::kDeadlineWarned, kAlertPlaceholders, true},
    {topics::kDeadlineBreached, kAlertPlaceholders, true},
    {"order.dispatched"sv, kDispatchPlaceholders, false},
    {topics::kOrderUnrouted, kOrderPlaceholders, false},
    // What is said in a call, by the topic of the alert; "call" for all others.
    {"call"sv, kCallPlaceholders, false},
    {"call.deadline"sv, kCallPlaceholders, false},
    {"call.emergency.unsigned"sv, kCallPlaceholders, false},
    {"call.order.unsigned"sv, kCallPlaceholders, false},
    {"call.order.unaccepted"sv, kCallPlaceholders, false},
    {"call.order.rejected"sv, kCallPlaceholders, false},
    {"call.order.audit_failed"sv, kCallPlaceholders, false},
    {"call.order.unsatisfied"sv, kCallPlaceholders, false},
    {"call.order.unrouted"sv, kCallPlaceholders, false},
    {"call.rota.gap"sv, kCallPlaceholders, false},
    {"call.channel.down"sv, kCallPlaceholders, false},
    {"call.feed.silent"sv, kCallPlaceholders, false},
    {"call.import.silent"sv, kCallPlaceholders, false},
    {"call.handover.missing"sv, kCallPlaceholders, false},
    {"call.handover.waiting"sv, kCallPlaceholders, false},
    {"digest"sv, kDigestPlaceholders, false},
    {"digest.board"sv, kBoardPlaceholders, false},
    {"digest.urgent"sv, kDigestPlaceholders, false},
}};

// An order that is not dispatched yet has no unit; a gap in a sentence would look like a fault.
constexpr std::string_view kNotSet = "未定";

constexpr std::string_view kLink = "{link}";
constexpr std::string_view kList = "{list}";

using UnitNames = std::map<std::string, std::string>;

struct Placeholder {
  std::string_view name;
  std::string (*fill)(const NoticeSubject&, const UnitNames&);
  bool free = false;   // somebody typed it
  bool empty = false;  // may be nothing at all
};
constexpr std::array<Placeholder, 14> kPlaceholders = {{
    {"order_no", [](const NoticeSubject& s, const UnitNames&) { return s.order_no; }},
    {"category", [](const NoticeSubject& s, const UnitNames&) { return s.category; }, true},
    {"community", [](const NoticeSubject& s, const UnitNames&) { return s.community; }, true},
    {"clock",
     [](const NoticeSubject& s, const UnitNames&) {
       return std::string(code_chinese(CodeSet::clock, s.clock));
     },
     true},
    {"percent",
     [](const NoticeSubject& s, const UnitNames&) {
       return s.percent ? std::to_string(*s.percent) : std::string();
     }},
    {"deadline",
     [](const NoticeSubject& s, const UnitNames&) {
       constexpr size_t kToTheMinute = 16;
       return s.deadline ? format_local(*s.deadline).substr(0, kToTheMinute) : std::string();
     }},
    {"lead_unit",
     [](const NoticeSubject& s, const UnitNames& names) {
       auto found = names.find(s.lead_unit);
       return found == names.end() ? s.lead_unit : found->second;
     },
     true},
    {"count", [](const NoticeSubject& s,
                 const UnitNames&) { return s.count ? std::to_string(*s.count) : std::string(); }},
    {"summary", [](const NoticeSubject& s, const UnitNames&) { return s.summary; }, true},
    {"code", [](const NoticeSubject& s, const UnitNames&) { return s.code; }},
    {"link", [](const NoticeSubject&, const UnitNames&) { return std::string(kLink); }},
    {"matters", [](const NoticeSubject& s, const UnitNames&) { return s.matters; }},
    {"list", [](const NoticeSubject&, const UnitNames&) { return std::string(kList); }},
    {"ack", [](const NoticeSubject& s, const UnitNames&) { return s.ack; }, false, true},
}};

// Without what could be a person's number, and without what would be filled in on the way out.
std::string freed(const std::string& text) {
  std::string safe = safe_text(text);
  replace_all(safe, kLink, "｛link｝");
  return safe;
}

// Cut between characters, never inside of one.
std::string cut(std::string text) {
  if (text.size() <= kFieldBytesMax) return text;
  size_t end = kFieldBytesMax;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text;
}

std::string fill(std::string_view name, const NoticeSubject& subject, const UnitNames& names) {
  for (const Placeholder& placeholder : kPlaceholders) {
    if (placeholder.name != name) continue;
    std::string text = placeholder.fill(subject, names);
    text = cut(placeholder.free ? freed(text) : std::move(text));
    return text.empty() && !placeholder.empty ? std::string(kNotSet) : text;
  }
  return {};
}

Error unknown_placeholder(std::string_view name, const NoticeTopic& topic) {
  std::string allowed;
  for (std::string_view known : topic.placeholders) allowed += " {" + std::string(known) + "}";
  return invalid("a text for " + std::string(topic.name) + " cannot name {" + std::string(name) +
                 "}; it can name" + allowed);
}

}  // namespace

bool has_link(std::string_view text) { return text.find(kLink) != std::string_view::npos; }

std::string with_link(std::string_view text, std::string_view link) {
  std::string linked(text);
  replace_all(linked, kLink, link);
  return linked;
}

std::string with_list(std::string_view text, std::string_view list) {
  std::string listed(text);
  replace_all(listed, kList, list);
  return listed;
}

std::span<const NoticeTopic> notice_topics() { return kTopics; }

const NoticeTopic& ack_topic() { return kAckTopic; }

const NoticeTopic* find_notice_topic(std::string_view name) {
  for (const NoticeTopic& topic : kTopics) {
    if (topic.name == name) return &topic;
  }
  return nullptr;
}

Result<void> check_template(std::string_view text, const NoticeTopic& topic) {
  if (text.empty()) return invalid("the text is empty");
  if (text.size() > kTemplateBytesMax) {
    return Error{ErrorCode::limit,
                 "the text is longer than " + std::to_string(kTemplateBytesMax) + " bytes"};
  }
  if (!is_utf8(text)) return invalid("the text is not UTF-8");
  while (true) {
    size_t at = text.find_first_of("{}");
    if (at == std::string_view::npos) return {};
    size_t end = text.find_first_of("{}", at + 1);
    if (text[at] != '{' || end == std::string_view::npos || text[end] != '}') {
      return invalid("'{' and '}' stand around the name of a field and nowhere else");
    }
    std::string_view name = text.substr(at + 1, end - at - 1);
    const auto& known = topic.placeholders;
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return unknown_placeholder(name, topic);
    }
    text.remove_prefix(end + 1);
  }
}

std::string render_text(std::string_view text, const NoticeSubject& subject,
                        const std::map<std::string, std::string>& unit_names) {
  std::string out;
  while (true) {
    size_t at = text.find('{');
    out += text.substr(0, at);
    if (at == std::string_view::npos) return out;
    size_t end = text.find('}', at);
    CHECK(end != std::string_view::npos);
    out += fill(text.substr(at + 1, end - at - 1), subject, unit_names);
    text.remove_prefix(end + 1);
  }
}

}  // namespace jieban
