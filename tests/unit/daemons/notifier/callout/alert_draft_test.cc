// Goal: what an event is an alert of, in labels that routes can ask for and that name no person.
#include "daemons/notifier/callout/alert_draft.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"
#include "daemons/notifier/callout/callout.h"

namespace jieban {
namespace {

DeadlineAlert alert_of_clock(const std::string& clock, const std::string& order_class) {
  DeadlineAlert alert;
  alert.order_no = "A-1";
  alert.clock = clock;
  alert.percent = 75;
  alert.deadline = *parse_local("2026-03-10 10:00:00");
  alert.order_class = order_class;
  alert.category = "城市管理";
  alert.lead_unit = "urban_office";
  alert.level = "yellow";
  return alert;
}

TEST(AlertDraft, TheMissingSignatureOfAnEmergencyIsItsOwnTopic) {
  EXPECT_EQ(label_of(draft_of(alert_of_clock("sign", "emergency")).labels, kTopicLabel),
            "emergency.unsigned");
  EXPECT_EQ(label_of(draft_of(alert_of_clock("sign", "general")).labels, kTopicLabel),
            "order.unsigned");
  EXPECT_EQ(label_of(draft_of(alert_of_clock("due", "emergency")).labels, kTopicLabel), "deadline");
}

TEST(AlertDraft, AnEmergencyIsAsSevereAsItsClassWhateverTheColour) {
  EXPECT_EQ(label_of(draft_of(alert_of_clock("due", "emergency")).labels, kSeverityLabel),
            "emergency");
  EXPECT_EQ(label_of(draft_of(alert_of_clock("due", "general")).labels, kSeverityLabel), "yellow");
}

TEST(AlertDraft, EachClockIsAnAlertOfItsOwn) {
  EXPECT_NE(draft_of(alert_of_clock("due", "general")).what,
            draft_of(alert_of_clock("contact", "general")).what);
}

TEST(AlertDraft, AMissingLabelIsLeftOut) {
  DeadlineAlert alert = alert_of_clock("due", "general");
  alert.lead_unit.clear();
  EXPECT_FALSE(draft_of(alert).labels.contains(kUnitLabel));
  EXPECT_TRUE(check_labels(draft_of(alert).labels).ok());
}

// A category that no tree knows and a community are what somebody typed.
TEST(AlertDraft, NoNumberOfAPersonGetsIntoALabel) {
  DeadlineAlert alert = alert_of_clock("due", "general");
  alert.order_no = "250912101108115409";
  alert.category = "无此类别13900000123";
  alert.community = "真武庙社区 139 0000 0123";
  const LabelSet labels = draft_of(alert).labels;
  EXPECT_EQ(label_of(labels, "category"), "无此类别***");
  EXPECT_EQ(label_of(labels, "community"), "真武庙社区 ***");
  EXPECT_EQ(label_of(labels, kOrderLabel), alert.order_no) << "the order's own number";
}

TEST(AlertDraft, ALongLabelEndsAtACharacter) {
  DeadlineAlert alert = alert_of_clock("due", "general");
  alert.category.clear();
  for (int i = 0; i < 100; ++i) alert.category += "市";
  const std::string category = label_of(draft_of(alert).labels, "category");
  EXPECT_LE(category.size(), kLabelValueMax);
  EXPECT_TRUE(is_utf8(category));
}

TEST(AlertDraft, OnlyWhatNeedsSomebodyIsAnAlertOfAState) {
  const auto topic = [](const StateMove& move) {
    const auto draft = state_draft(move, {});
    EXPECT_LE(draft.has_value(), may_alert(move.topic)) << move.topic;
    return draft ? label_of(draft->labels, kTopicLabel) : "";
  };
  EXPECT_EQ(topic({"order.rejected", OrderState::rejected}), "order.rejected");
  EXPECT_EQ(topic({"order.unrouted", OrderState::signed_in}), "order.unrouted");
  EXPECT_EQ(topic({"order.dispatched", OrderState::dispatched}), "order.unaccepted");
  EXPECT_EQ(topic({"order.reassigned", OrderState::dispatched}), "order.unaccepted");
  EXPECT_EQ(topic({"order.return_refused", OrderState::dispatched}), "order.unaccepted");
  EXPECT_EQ(topic({"order.return_refused", OrderState::handling}), "");
  EXPECT_EQ(topic({"order.audit_failed", OrderState::handling}), "order.audit_failed");
  EXPECT_EQ(topic({"order.visited", OrderState::visited, "UNSATISFIED"}), "order.unsatisfied");
  EXPECT_EQ(topic({"order.visited", OrderState::visited, "FAIR"}), "");
  EXPECT_EQ(topic({"order.signed", OrderState::signed_in}), "");
}

TEST(AlertDraft, AHandOverThatWaitsNamesItsShiftsAndWhoSigned) {
  const AlertDraft draft = handover_draft({12, "NIGHT", "DAY", "p-li"});
  EXPECT_EQ(label_of(draft.labels, kTopicLabel), "handover.waiting");
  EXPECT_EQ(label_of(draft.labels, "handover"), "12");
  EXPECT_EQ(label_of(draft.labels, kSeverityLabel), "critical") << "it rings a telephone";
  EXPECT_TRUE(check_labels(draft.labels).ok());
  EXPECT_EQ(subject_of(draft.labels, draft.annotations).summary,
            "第 12 次交班（NIGHT 交 DAY），p-li 已签字，无人接班");
}

TEST(AlertDraft, TheSubjectSaysWhatTheAlertSaid) {
  const AlertDraft draft = draft_of(alert_of_clock("due", "general"));
  const NoticeSubject subject = subject_of(draft.labels, draft.annotations);
  EXPECT_EQ(subject.order_no, "A-1");
  EXPECT_EQ(subject.lead_unit, "urban_office");
  EXPECT_EQ(subject.percent, 75U);
  EXPECT_EQ(subject.deadline, parse_local("2026-03-10 10:00:00"));
  EXPECT_FALSE(subject_of({}, {{"deadline", "soon"}}).deadline.has_value());
}

}  // namespace
}  // namespace jieban
