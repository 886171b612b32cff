// Digests: one notice that tells of many, and stands for each of them.
#include <algorithm>
#include <set>

#include "common/base/check.h"
#include "common/domain/topics.h"
#include "daemons/notifier/digest_text.h"
#include "daemons/notifier/notifier.h"

namespace jieban {
namespace {

// Where a street has no words of its own for it.
struct DigestWords {
  bool call;
  bool urgent;
  std::string_view name;  // of the template
  std::string_view otherwise;
};
constexpr DigestWords kDigestWords[] = {
    {true, true, "digest.urgent", "【紧急汇总】{matters}，请立即处理。{ack}{list}"},
    {true, false, "digest", "【汇总提醒】{matters}待处理。{ack}{list}"},
    // Nobody answers to a board.
    {false, false, "digest.board", "【汇总】{matters}。{list}"},
};

constexpr std::string_view kManyTopics = "digest";

// The one value that all of them have; `otherwise` when they differ.
template <class Value>
Value common_of(const std::vector<NoticeRow>& rows, Value NoticeRow::*field, Value otherwise) {
  const auto same = [&](const NoticeRow& each) { return each.*field == rows.front().*field; };
  return std::ranges::all_of(rows, same) ? rows.front().*field : otherwise;
}

// All of one destination, and all urgent or none. Where one of them may be out, so may a part of
// what the digest says.
NoticeRow digest_of(const std::vector<NoticeRow>& members, std::string id, Timestamp now) {
  const NoticeRow& first = members.front();
  NoticeRow digest;
  digest.notice_id = std::move(id);
  digest.channel = first.channel;
  digest.topic = common_of(members, &NoticeRow::topic, std::string(kManyTopics));
  digest.cause_stream = first.cause_stream;
  digest.cause_sequence = first.cause_sequence;
  digest.order_id = first.order_id;
  digest.order_no = first.order_no;
  digest.created_at = digest.due_at = now;
  digest.possible_repeat = std::ranges::any_of(members, &NoticeRow::possible_repeat);
  digest.person = common_of(members, &NoticeRow::person, {});
  digest.alert = common_of(members, &NoticeRow::alert, {});
  const auto call = std::ranges::find_if(members, is_call);
  if (call != members.end()) digest.method = call->method;
  digest.urgent = first.urgent;
  digest.shared = first.shared;
  return digest;
}

// Each once; of a list that is one person's nobody beside him.
std::optional<std::vector<std::string>> persons_of(const NoticeRow& digest,
                                                   const std::vector<DigestMember>& members) {
  std::set<std::string> persons;
  for (const DigestMember& each : members) {
    if (each.person) persons.insert(*each.person);
  }
  if (digest.person || persons.empty()) return std::nullopt;
  return std::vector<std::string>(persons.begin(), persons.end());
}

void put_in_words(NoticeRow& digest, const std::vector<DigestMember>& members,
                  const NotifierRules& rules) {
  const bool urgent = digest.urgent.value_or(false);
  const auto* words = std::ranges::find_if(kDigestWords, [&](const DigestWords& each) {
    return each.call == is_call(digest) && each.urgent == urgent;
  });
  CHECK(words != std::end(kDigestWords));
  const auto own = rules.templates.find(std::string(words->name));
  const ChannelRule* channel = rules.find_channel(digest.channel);
  NoticeSubject answer;
  answer.code = digest_code(digest.notice_id);
  digest.orders = count_members(members).all();
  digest.persons = persons_of(digest, members);
  digest.text = digest_text(
      own == rules.templates.end() ? words->otherwise : std::string_view(own->second), members,
      channel == nullptr ? ChannelKind::spool : channel->kind, rules.unit_names,
      render_text(rules.ack_words(digest.channel), answer, rules.unit_names));
}

}  // namespace

Result<void> Notifier::make_digest(const PaceVerdict& verdict, const NotifierRules& rules,
                                   Step& step) {
  std::vector<NoticeRow> rows;
  for (const std::string& id : verdict.digest) {
    auto row = existing(id, step);
    if (!row.ok()) return row.error();
    RETURN_IF_ERROR(renew_words(*row, step));
    rows.push_back(std::move(*row));
  }
  if (!verdict.into.empty()) return join_digest(verdict.into, rows, rules, step);
  auto id = new_digest_id(rows.front().notice_id, step);
  if (!id.ok()) return id.error();
  NoticeRow digest = digest_of(rows, *id, step.now());
  std::vector<DigestMember> members;
  RETURN_IF_ERROR(merge_into(digest.notice_id, rows, members, step));
  put_in_words(digest, members, rules);
  return queue(digest, step);
}

// A list that waits takes in what comes before it goes.
Result<void> Notifier::join_digest(const std::string& id, const std::vector<NoticeRow>& rows,
                                   const NotifierRules& rules, Step& step) {
  auto found = existing(id, step);
  if (!found.ok()) return found.error();
  auto members = tables_.members(step.store(), id);
  if (!members.ok()) return members.error();
  RETURN_IF_ERROR(merge_into(id, rows, *members, step));
  std::vector<NoticeRow> all = rows;
  all.push_back(*found);
  NoticeRow digest = *found;
  digest.topic = common_of(all, &NoticeRow::topic, std::string(kManyTopics));
  digest.alert = common_of(all, &NoticeRow::alert, {});
  digest.person = common_of(all, &NoticeRow::person, {});
  digest.possible_repeat = std::ranges::any_of(all, &NoticeRow::possible_repeat);
  put_in_words(digest, *members, rules);
  RETURN_IF_ERROR(tables_.write(step.store(), &*found, digest));
  step.signal({kDueSignal, 0, digest.channel});
  return {};
}

// Behind those that the list has.
Result<void> Notifier::merge_into(const std::string& digest, const std::vector<NoticeRow>& rows,
                                  std::vector<DigestMember>& members, Step& step) {
  uint64_t place = members.empty() ? 0 : members.back().place;
  for (const NoticeRow& row : rows) {
    members.push_back(member_of(row));
    members.back().place = ++place;
    RETURN_IF_ERROR(tables_.put_member(step.store(), digest, members.back()));
    NoticeRow merged = row;
    merged.state = NoticeState::merged;
    merged.digest = digest;
    NoticeStep told;
    told.digest = digest;
    RETURN_IF_ERROR(settle(&row, merged, topics::kNoticeMerged, std::move(told), step));
  }
  return {};
}

// Never one that there was: what was told by an earlier list is not what this one tells.
Result<std::string> Notifier::new_digest_id(const std::string& first, Step& step) const {
  for (uint64_t nth = 0;; ++nth) {
    std::string id = digest_id(first, nth);
    auto known = tables_.find(step.store(), id);
    if (!known.ok()) return known.error();
    if (!*known) return id;
  }
}

// The calls and notices that this one stands for: itself, or those of its list.
Result<std::vector<DigestMember>> Notifier::told_by(const NoticeRow& row, Step& step) const {
  auto members = tables_.members(step.store(), row.notice_id);
  if (!members.ok()) return members.error();
  if (members->empty()) members->push_back(member_of(row));
  return members;
}

Result<std::vector<std::string>> Notifier::alerts_of(const std::string& notice_id,
                                                     Step& step) const {
  auto row = existing(notice_id, step);
  if (!row.ok()) return row.error();
  auto members = told_by(*row, step);
  if (!members.ok()) return members.error();
  std::set<std::string> alerts;
  for (const DigestMember& each : *members) {
    if (each.alert) alerts.insert(*each.alert);
  }
  return std::vector<std::string>(alerts.begin(), alerts.end());
}

// Null where it has none, or has gone out, or is just going: then it says what it says.
Result<std::optional<NoticeRow>> Notifier::open_digest_of(const NoticeRow& member,
                                                          Step& step) const {
  auto digest = tables_.find(step.store(), member.digest.value_or(""));
  if (!digest.ok()) return digest.error();
  if (*digest && !is_open((*digest)->state)) digest->reset();
  return digest;
}

// Nobody needs to hear it any more, and so the list does not say it.
Result<void> Notifier::leave_digest(const NoticeRow& member, Step& step) {
  auto digest = open_digest_of(member, step);
  if (!digest.ok()) return digest.error();
  if (!*digest) return {};
  auto members = tables_.members(step.store(), (*digest)->notice_id);
  if (!members.ok()) return members.error();
  const auto found = std::ranges::find(*members, member.notice_id, &DigestMember::notice_id);
  if (found == members->end()) return {};
  RETURN_IF_ERROR(tables_.erase_member(step.store(), (*digest)->notice_id, found->place));
  members->erase(found);
  NoticeRow gone = member;
  const std::string_view topic = cancel(gone);
  RETURN_IF_ERROR(settle(&member, gone, topic, {}, step));
  if (members->empty()) return withdraw((*digest)->notice_id, step);
  return rewrite_digest(**digest, *members, step);
}

// What a call has become while it waits in a list, the list says. False when it has gone already.
Result<bool> Notifier::renew_member(const NoticeRow& member, const NoticeRow& wanted, Step& step) {
  auto digest = open_digest_of(member, step);
  if (!digest.ok()) return digest.error();
  if (!*digest) return false;
  auto members = tables_.members(step.store(), (*digest)->notice_id);
  if (!members.ok()) return members.error();
  const auto found = std::ranges::find(*members, member.notice_id, &DigestMember::notice_id);
  if (found == members->end()) return false;
  NoticeRow renewed = member;
  renewed.text = wanted.text;
  renewed.orders = wanted.orders;
  renewed.item = wanted.item;
  RETURN_IF_ERROR(tables_.write(step.store(), &member, renewed));
  const uint64_t place = found->place;
  *found = member_of(renewed);
  found->place = place;
  RETURN_IF_ERROR(tables_.put_member(step.store(), (*digest)->notice_id, *found));
  RETURN_IF_ERROR(rewrite_digest(**digest, *members, step));
  return true;
}

Result<void> Notifier::rewrite_digest(const NoticeRow& digest,
                                      const std::vector<DigestMember>& members, Step& step) {
  auto rules = rules_in_force(step);
  if (!rules.ok()) return rules.error();
  NoticeRow renewed = digest;
  put_in_words(renewed, members, **rules);
  return tables_.write(step.store(), &digest, renewed);
}

}  // namespace jieban
