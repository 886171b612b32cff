// The words of a notice: a template of the street's own, filled from fields that are safe to tell.
//
// A notice leaves the house, so it can name order number, category, community, clock, percent,
// deadline and lead unit, and nothing else: no other field exists for a template. What a topic does
// not know (an order that was dispatched has no percent) its template cannot name either. Fields
// that somebody typed are masked as they are filled in (safe_text.h), wherever they come from.
// What fails and how: check_template returns `invalid` with what is wrong and what is allowed.
// render_text cannot fail. Thread rule: pure functions, any thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/result.h"

namespace jieban {

// An event that may become a notice.
struct NoticeTopic {
  std::string_view name;
  std::span<const std::string_view> placeholders;
  bool deadline = false;  // it has a clock and a percentage
};

std::span<const NoticeTopic> notice_topics();
const NoticeTopic* find_notice_topic(std::string_view name);
// What {ack} becomes is a text of its own, with {code} and {link}. No event.
const NoticeTopic& ack_topic();

// A call's text may have a link in it, which is not known until the call goes out: render_text
// leaves {link} as it stands, and with_link puts the link there.
bool has_link(std::string_view text);
std::string with_link(std::string_view text, std::string_view link);
// So has a digest's text its list (digest_text.h).
std::string with_list(std::string_view text, std::string_view list);

// What a notice is about.
struct NoticeSubject {
  std::string order_no;
  std::string category;
  std::string community;
  std::string clock;
  std::optional<uint64_t> percent;
  std::optional<Timestamp> deadline;
  std::string lead_unit;
  std::optional<uint64_t> count{};  // of how many orders it tells
  std::string summary{};            // of an alert of others: what our own rules say of it
  std::string code{};               // to answer with
  std::string matters{};            // of a digest: how many orders and alarms, in words
  std::string ack{};                // how to answer, in words; may be empty
};

// Bounds the text of a notice: a long text message has 402 characters (DOMAIN §15.1).
constexpr size_t kTemplateBytesMax = 1024;
constexpr size_t kFieldBytesMax = 256;

Result<void> check_template(std::string_view text, const NoticeTopic& topic);

// `unit_names` gives units the name that people know; a unit without one keeps its code.
// REQUIRES: check_template accepted the template.
std::string render_text(std::string_view text, const NoticeSubject& subject,
                        const std::map<std::string, std::string>& unit_names);

}  // namespace jieban
