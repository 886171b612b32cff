// GoAlert's deduplication and bundles: every row.
#include "common/alerting/bundle.h"
#include "common/json/json.h"
#include "tests/oracles/alertmanager.h"

namespace jieban::oracles {
namespace {

const Timestamp kStart = from_micros(1'700'000'000'000'000);

PendingMessage message_of(const Value& said) {
  PendingMessage message;
  message.id = text_at(said, "id");
  message.destination = is_given(said, "dest") ? text_at(said, "dest") : "here";
  message.group = "service";
  message.bundle = is_given(said, "type");
  if (is_given(said, "alert")) message.subject = to_json(member(said, "alert"));
  message.created_at = is_given(said, "at_s") ? kStart + Duration(micros_of(member(said, "at_s")))
                                              : utc(text_at(said, "created"), "2026-03-02");
  message.sent = is_given(said, "sent");
  return message;
}

std::vector<PendingMessage> messages_of(const Value& row) {
  std::vector<PendingMessage> messages;
  for (const Value& said : *member(row, "in").array()) messages.push_back(message_of(said));
  return messages;
}

std::vector<std::string> texts_of(const Value& list) {
  std::vector<std::string> texts;
  for (const Value& each : *list.array()) texts.push_back(*each.string());
  return texts;
}

void check_dedup(const Value& row) {
  const Deduplicated out = deduplicate(messages_of(row));
  std::vector<std::string> kept;
  for (const PendingMessage& each : out.kept) kept.push_back(each.id);
  EXPECT_EQ(kept, texts_of(member(row, "expected_kept")));
  std::map<std::string, std::vector<std::string>> merged;
  for (const auto& [id, gone] : *member(row, "expected_merged").object())
    merged[id] = texts_of(gone);
  EXPECT_EQ(out.merged, merged);
}

// A new bundle has an id of its own here; there the caller gives one.
void check_bundle(const Value& row) {
  const auto out = bundle(messages_of(row));
  const Value::Array& expected = *member(row, "expected_out").array();
  ASSERT_EQ(out.size(), expected.size());
  EXPECT_TRUE(out[0].bundle);
  EXPECT_EQ(out[0].created_at, message_of(expected[0]).created_at);
  EXPECT_EQ(out[0].children, texts_of(member(row, "expected_children")));
}

TEST(GoAlertBundles, EveryRowAgrees) {
  TABLE_OR_SKIP(rows) = rows_of("goalert_dedup_bundle.json");
  for (const Value& row : rows) {
    SCOPED_TRACE(text_at(row, "case"));
    is_given(row, "expected_kept") ? check_dedup(row) : check_bundle(row);
  }
  EXPECT_EQ(rows.size(), 3U);
}

}  // namespace
}  // namespace jieban::oracles
