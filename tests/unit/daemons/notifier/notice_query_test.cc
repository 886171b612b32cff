// Goal: the latest first, page by page, each notice once; a slip in a filter finds nothing.
#include "daemons/notifier/notice_query.h"

#include "common/json/json.h"
#include "tests/unit/daemons/notifier/door_harness.h"

namespace jieban {
namespace {

struct NoticeQueryTest : testing::Test {
  NoticeQueryTest() {
    harness.go_on();
    for (int i = 0; i < 7; ++i) {
      NoticeRow row = notice_row("n" + std::to_string(i), i % 2 == 0 ? "A1" : "A2");
      row.created_at = noon() + std::chrono::seconds(i / 2);  // two at a time
      if (i == 3) row.state = NoticeState::abandoned;
      if (i == 5) row.channel = "desk";
      harness.plant(row);
    }
  }
  std::string ids(const NoticeFilter& filter) {
    auto page = list_notices(harness.fold(), harness.core.tables, filter);
    EXPECT_TRUE(page.ok());
    std::string found;
    for (const NoticeRow& row : page->notices) found += row.notice_id;
    return found + (page->next ? "+" : "");
  }
  static Result<NoticeFilter> read(const HttpHeaders& query) { return read_notice_filter(query); }
  DoorHarness harness;
};

TEST_F(NoticeQueryTest, TheLatestComeFirst) { EXPECT_EQ(ids({}), "n6n5n4n3n2n1n0"); }

TEST_F(NoticeQueryTest, EachStandsOnOnePage) {
  NoticeFilter filter;
  filter.page_size = 3;
  std::string all;
  for (int pages = 0; pages < 3; ++pages) {
    auto page = list_notices(harness.fold(), harness.core.tables, filter);
    ASSERT_TRUE(page.ok());
    for (const NoticeRow& row : page->notices) all += row.notice_id;
    ASSERT_EQ(page->next.has_value(), pages < 2);
    if (page->next) filter.below = read({{"below", *page->next}})->below;
  }
  EXPECT_EQ(all, "n6n5n4n3n2n1n0");
}

TEST_F(NoticeQueryTest, APageThatIsJustFullIsTheLast) {
  NoticeFilter filter;
  filter.page_size = 7;
  EXPECT_EQ(ids(filter), "n6n5n4n3n2n1n0");
  filter.page_size = 6;
  EXPECT_EQ(ids(filter), "n6n5n4n3n2n1+");
}

TEST_F(NoticeQueryTest, FiltersNarrow) {
  EXPECT_EQ(ids(*read({{"state", "abandoned"}})), "n3");
  EXPECT_EQ(ids(*read({{"channel", "desk"}})), "n5");
  EXPECT_EQ(ids(*read({{"order_no", "A2"}})), "n5n3n1");
  EXPECT_EQ(ids(*read({{"order_no", "A2"}, {"page_size", "2"}})), "n5n3+");
  EXPECT_EQ(ids(*read({{"from", "2026-02-03T12:00:02"}})), "n6n5n4");
  EXPECT_EQ(ids(*read({{"order_no", "A3"}})), "");
}

TEST_F(NoticeQueryTest, WhomItCallsAndOfWhichAlertNarrowToo) {
  for (const char* id : {"c1", "c2", "c3"}) {
    NoticeRow row = notice_row(id, "A3");
    row.created_at = noon();
    row.alert = std::string("a-") + id;
    row.person = "p-li";
    if (row.notice_id == "c2") row.person = "p-zhou";
    if (row.notice_id == "c3") row.person.reset();
    if (row.notice_id == "c3") row.persons = {"p-wu", "p-li"};
    harness.plant(row);
  }
  EXPECT_EQ(ids(*read({{"person", "p-li"}})), "c3c1") << "also as one of several of a list";
  EXPECT_EQ(ids(*read({{"person", "p-zhou"}})), "c2");
  EXPECT_EQ(ids(*read({{"alert", "a-c3"}})), "c3");
  EXPECT_EQ(ids(*read({{"person", "p-li"}, {"alert", "a-c1"}})), "c1");
  EXPECT_EQ(ids(*read({{"person", "p-nobody"}})), "");
}

TEST_F(NoticeQueryTest, AQuestionThatIsWrongIsRefused) {
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"stat", "sent"},
                                                        {"state", "gone"},
                                                        {"from", "gestern"},
                                                        {"below", "zz"},
                                                        {"below", "00"},
                                                        {"page_size", "0"},
                                                        {"page_size", "201"},
                                                        {"page_size", "x"}}) {
    auto filter = read({{name, value}});
    ASSERT_FALSE(filter.ok()) << name << "=" << value;
    EXPECT_EQ(filter.error().code, ErrorCode::invalid);
  }
}

TEST_F(NoticeQueryTest, OneIsFoundByItsId) {
  auto row = find_notice(harness.fold(), harness.core.tables, "n3");
  ASSERT_TRUE(row.ok());
  EXPECT_EQ(row->state, NoticeState::abandoned);
  for (const std::string& id :
       {std::string("n9"), std::string(), std::string("n\0003", 3), std::string(600, 'n')}) {
    auto missing = find_notice(harness.fold(), harness.core.tables, id);
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  }
}

TEST(NoticeValue, TellsTheCourseOfANotice) {
  NoticeRow row = notice_row("n1", "A1");
  row.state = NoticeState::waiting;
  row.attempts = 2;
  row.failures = 1;
  row.possible_repeat = true;
  row.error = "503";
  const Value value = notice_value(row);
  EXPECT_EQ(*value.find("id"), Value("n1"));
  EXPECT_EQ(*value.find("state"), Value("waiting"));
  EXPECT_EQ(*value.find("attempts"), Value(uint64_t{2}));
  EXPECT_EQ(*value.find("possible_repeat"), Value(true));
  EXPECT_EQ(*value.find("error"), Value("503"));
  EXPECT_EQ(*value.find("due_at"), Value("2026-02-03 12:00:00"));
  row.state = NoticeState::sent;
  row.error.reset();
  EXPECT_TRUE(notice_value(row).find("due_at")->is_null());
  EXPECT_TRUE(notice_value(row).find("error")->is_null());
}

TEST(NoticeValue, AListTellsItsMembersAndAnAnswerWhoseItIs) {
  NoticeRow row = notice_row("n1+", "A1");
  EXPECT_EQ(notice_value(row, {}).find("members"), nullptr) << "no list";
  row.persons = {"p-li", "p-wu"};
  row.steps = {NoticeMark{"acknowledged", noon(), "cli", "p-zhou"},
               NoticeMark{"answered", noon(), "reply", std::nullopt, "p-zhou"}};
  NoticeRow one = notice_row("n1", "A1");
  one.person = "p-li";
  one.alert = "a1";
  NoticeRow alarm = notice_row("n2", "");
  alarm.item = "收件程序停了";
  const std::string told = to_json(notice_value(row, {one, alarm}));
  for (const char* part : {R"("persons":["p-li","p-wu"])",
                           R"({"id":"n1","order_no":"A1","says":"A1","orders":1,)"
                           R"("person":"p-li","alert":"a1","state":"queued"})",
                           R"("says":"收件程序停了")", R"("detail":"cli","by":"p-zhou")",
                           R"("detail":"reply","after":"p-zhou")"}) {
    EXPECT_NE(told.find(part), std::string::npos) << part << "\n" << told;
  }
}

}  // namespace
}  // namespace jieban
