#include "daemons/notifier/digest_text.h"

#include <algorithm>
#include <set>

#include "common/base/text.h"
#include "daemons/notifier/channels/message_cut.h"
#include "daemons/notifier/channels/message_limits.h"
#include "daemons/notifier/channels/sms_text.h"

namespace jieban {
namespace {

struct ListRoom {
  ChannelKind kind = ChannelKind::spool;
  size_t most = 0;
  TextUnit unit = TextUnit::bytes;
};

// Where a gateway takes more: some 500 order numbers. A row and an event hold it.
constexpr size_t kListBytesMax = 8000;
static_assert(kListBytesMax <= kDingtalkTextMax && 2 * kListBytesMax <= kFeishuBodyMax,
              "Feishu's limit is that of the body, in which a line break takes two bytes");
// A long message costs by its parts: three are our proposal, no vendor's limit.
constexpr size_t kListSmsParts = 3;
constexpr size_t kListSmsCharacters = kListSmsParts * kUcs2UnitsOfPart;
static_assert(kListSmsCharacters <= kUmsCharactersMax && kListSmsParts <= kSmsPartsMax);

constexpr ListRoom kRooms[] = {
    {ChannelKind::wecom_robot, kWecomTextMax, TextUnit::bytes},
    {ChannelKind::ums_sms, kListSmsCharacters, TextUnit::characters},
    {ChannelKind::sgip_sms, kListSmsCharacters, TextUnit::characters},
    {ChannelKind::kannel_sms, kListSmsCharacters, TextUnit::characters},
    {ChannelKind::smstools_sms, kListSmsCharacters, TextUnit::characters},
};
constexpr ListRoom kElsewhere = {ChannelKind::webhook, kListBytesMax, TextUnit::bytes};

// For what is put before a text on its way out: the mark of a possible repeat, a name.
constexpr size_t kSpareBytes = 96;
constexpr size_t kSpareCharacters = 16;
// A link is put in on the way out: it is not known here (ack_link.h).
constexpr size_t kSpareLink = 256;

constexpr size_t kItemCharactersMax = 60;
constexpr std::string_view kListPlace = "{list}";

const ListRoom& room_of(ChannelKind kind) {
  const auto* found = std::ranges::find(kRooms, kind, &ListRoom::kind);
  return found == std::end(kRooms) ? kElsewhere : *found;
}

size_t length_in(TextUnit unit, std::string_view text) {
  return unit == TextUnit::bytes ? text.size() : character_count(text);
}

std::string rest_of(size_t items) { return "\n…（余" + std::to_string(items) + "条）"; }

// The alarms first: nobody finds them in a list of orders elsewhere.
std::vector<std::string> items_of(const std::vector<DigestMember>& members) {
  std::vector<std::string> items;
  std::set<std::string_view> seen;
  for (const bool alarms : {true, false}) {
    for (const DigestMember& each : members) {
      if (each.order_no.empty() == alarms && seen.insert(each.item).second) {
        items.push_back(each.item);
      }
    }
  }
  return items;
}

std::string list_within(const std::vector<std::string>& items, size_t most, TextUnit unit) {
  std::string list;
  size_t used = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    const size_t left = items.size() - i;
    const size_t next = used + 1 + length_in(unit, items[i]);
    const size_t with_rest = next + (left > 1 ? length_in(unit, rest_of(left - 1)) : 0);
    if (with_rest > most) {
      const std::string rest = rest_of(left);
      return used + length_in(unit, rest) <= most ? list + rest : list;
    }
    list += "\n" + items[i];
    used = next;
  }
  return list;
}

std::string matters_of(const DigestCount& count) {
  std::string text;
  if (count.orders > 0) text = std::to_string(count.orders) + "件工单";
  if (count.alarms == 0) return text;
  return text + (text.empty() ? "" : "、") + std::to_string(count.alarms) + "项告警";
}

}  // namespace

// Calls of one alert, to several people, are about the same orders.
DigestCount count_members(const std::vector<DigestMember>& members) {
  std::map<std::string_view, const DigestMember*> alerts;
  std::set<std::string_view> orders;
  DigestCount count;
  const auto add = [&](const DigestMember& each) {
    if (each.order_no.empty()) {
      count.alarms += each.orders;
    } else if (each.orders > 1) {
      count.orders += each.orders;
    } else {
      orders.insert(each.order_no);
    }
  };
  for (const DigestMember& each : members) {
    if (!each.alert) {
      add(each);
      continue;
    }
    const DigestMember*& most = alerts[*each.alert];
    if (most == nullptr || most->orders < each.orders) most = &each;
  }
  for (const auto& [alert, each] : alerts) add(*each);
  count.orders += orders.size();
  return count;
}

std::optional<std::string> list_item(const NoticeSubject& subject, bool urgent) {
  std::string item(first_characters(subject.order_no, kItemCharactersMax));
  if (item.empty()) {
    item = first_characters(clean_line(subject.summary), kItemCharactersMax);
    if (item.empty()) return std::nullopt;
  }
  const uint64_t count = subject.count.value_or(1);
  const char* of_what = subject.order_no.empty() ? "项" : "件";
  if (count > 1) item += "等" + std::to_string(count) + of_what;
  if (urgent && !subject.order_no.empty() && !subject.community.empty()) {
    item += " " + clean_line(subject.community + " " + subject.category);
  }
  return item;
}

DigestMember member_of(const NoticeRow& row) {
  DigestMember member;
  member.notice_id = row.notice_id;
  member.order_no = row.order_no;
  member.orders = row.orders.value_or(1);
  member.alert = row.alert;
  member.person = row.person;
  const std::string otherwise = row.order_no.empty() ? clean_line(row.text) : row.order_no;
  member.item = row.item.value_or(std::string(first_characters(otherwise, kItemCharactersMax)));
  return member;
}

std::string digest_text(std::string_view words, const std::vector<DigestMember>& members,
                        ChannelKind kind, const std::map<std::string, std::string>& unit_names,
                        const std::string& ack) {
  const DigestCount count = count_members(members);
  NoticeSubject subject;
  subject.count = count.all();
  subject.matters = matters_of(count);
  subject.ack = ack;
  const auto first = std::ranges::find_if(
      members, [](const DigestMember& each) { return !each.order_no.empty(); });
  if (first != members.end()) subject.order_no = first->order_no;
  std::string around = render_text(words, subject, unit_names);
  // A street's words from before there were lists: what they leave out would be told to nobody.
  if (with_list(around, "") == around) around += kListPlace;
  const ListRoom& room = room_of(kind);
  const size_t spare = (room.unit == TextUnit::bytes ? kSpareBytes : kSpareCharacters) +
                       (has_link(around) ? kSpareLink : 0);
  const size_t taken = length_in(room.unit, with_list(around, "")) + spare;
  return with_list(
      around, list_within(items_of(members), room.most - std::min(room.most, taken), room.unit));
}

}  // namespace jieban
