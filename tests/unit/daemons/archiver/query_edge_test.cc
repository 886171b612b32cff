// Goal: over HTTP the archive answers those it knows, and says clearly what was wrong.
#include "daemons/archiver/query_edge.h"

#include "common/http/client.h"
#include "common/json/json.h"
#include "tests/unit/daemons/archiver/day.h"

namespace jieban {
namespace {

using namespace archiver_test;
using enum OrderState;

class FixedClock : public Clock {
 public:
  Timestamp now() const override { return local("2026-07-18 13:00:00"); }
};

Result<std::string> only_wang(const HttpRequest& request) {
  if (request.header("authorization") == "Bearer wang") return std::string("wang");
  return Error{ErrorCode::unauthenticated, "this token is not known"};
}

struct QueryEdgeTest : testing::Test {
  Place place;
  Streams streams;
  Inbox inbox;
  MetricRegistry metrics;
  FixedClock clock;
  std::vector<Parameter> parameters = archiver_parameters();
  Settings settings = *parse_settings(
      "api: {address: '127.0.0.1:0'}\nreport: {street_name: 月坛街道}\n", "test", parameters);
  EdgeContext context{"110102007", "archiver", settings, clock, inbox, *place.fold, metrics};
  QueryEdge edge{place.core.tables(), only_wang};

  QueryEdgeTest() {
    OrderWish wish;
    say_order(streams, wish);
    say_move(streams, wish, new_order, "sign", local("2026-07-18 09:05:00"));
    streams.deliver(place);
    auto started = edge.start(context);
    EXPECT_TRUE(started.ok()) << started.error().message;
  }
  ~QueryEdgeTest() override { edge.stop(); }

  HttpReply get(const std::string& target, const std::string& token = "wang") {
    HttpCall call;
    call.url = "http://127.0.0.1:" + std::to_string(edge.port()) + target;
    call.headers = {{"Authorization", "Bearer " + token}};
    auto reply = http_call(call);
    EXPECT_TRUE(reply.ok()) << reply.error().message;
    return reply.ok() ? *reply : HttpReply();
  }
  Value get_json(const std::string& target, int status = 200) {
    HttpReply reply = get(target);
    EXPECT_EQ(reply.status, status) << reply.body;
    auto value = parse_json(reply.body);
    EXPECT_TRUE(value.ok());
    return value.ok() ? *value : Value();
  }
};

TEST_F(QueryEdgeTest, ListsOrders) {
  Value page = get_json("/api/v1/orders?state=SIGNED&order_no=YT");
  ASSERT_EQ(page.find("orders")->array()->size(), 1U);
  EXPECT_EQ(*(*page.find("orders")->array())[0].find("order_no"), Value("YT-1"));
  EXPECT_TRUE(get_json("/api/v1/orders?state=NEW").find("orders")->array()->empty());
}

TEST_F(QueryEdgeTest, ShowsOneOrderWithItsTimeline) {
  Value view = get_json("/api/v1/orders/YT-1?round=1");
  EXPECT_EQ(view.find("timeline")->array()->size(), 4U);
  EXPECT_EQ(*view.find("order")->find("state_label"), Value("已签收"));
}

TEST_F(QueryEdgeTest, CountsAndVerifies) {
  EXPECT_EQ(*get_json("/api/v1/counts").find("total"), Value(1));
  EXPECT_TRUE(get_json("/api/v1/records?kind=contact").find("records")->array()->empty());
  Value chain = get_json("/api/v1/verify");
  EXPECT_EQ(*chain.find("whole"), Value(true));
  EXPECT_EQ(*chain.find("count"), Value(4));
}

TEST_F(QueryEdgeTest, ReportsInBothForms) {
  Value report = get_json("/api/v1/reports/daily?date=2026-07-18");
  EXPECT_EQ(*report.find("received"), Value(1));
  HttpReply text = get("/api/v1/reports/daily?date=2026-07-18&format=markdown");
  EXPECT_EQ(text.status, 200);
  EXPECT_EQ(text.headers["content-type"], "text/markdown; charset=utf-8");
  EXPECT_TRUE(text.body.starts_with("# 月坛街道市民热线日报（2026-07-18）")) << text.body;
}

TEST_F(QueryEdgeTest, TellsTheMaterialOfAWeekInBothForms) {
  Value week = get_json("/api/v1/reports/weekly?date=2026-07-18");
  EXPECT_EQ(*week.find("week"), Value("2026年第29周"));
  EXPECT_TRUE(week.find("units")->array()->empty());
  HttpReply text = get("/api/v1/reports/weekly?date=2026-07-18&format=markdown");
  EXPECT_EQ(text.headers["content-type"], "text/markdown; charset=utf-8");
  EXPECT_TRUE(text.body.starts_with("# 月坛街道工单材料周报（2026年第29周）")) << text.body;
  get_json("/api/v1/reports/weekly", 400);
  get_json("/api/v1/reports/weekly?date=2026-07-20", 400);  // has not begun
  get_json("/api/v1/reports/weekly?date=2026-07-18&unit=x", 400);
}

TEST_F(QueryEdgeTest, ListsHandOversAndSaysWhichThereIsNot) {
  EXPECT_TRUE(get_json("/api/v1/handovers").find("handovers")->array()->empty());
  EXPECT_EQ(*get_json("/api/v1/handovers/7", 404).find("detail"), Value("there is no hand-over 7"));
  get_json("/api/v1/handovers/seven", 400);
  get_json("/api/v1/handovers/7/sealed", 404);
  get_json("/api/v1/handovers/7/sealed?x=1", 400);
  get_json("/api/v1/handovers?form=2026-07-18", 400);
}

TEST_F(QueryEdgeTest, AsksEverybodyWhoTheyAre) {
  for (const char* target :
       {"/api/v1/orders", "/api/v1/orders/YT-1", "/api/v1/counts", "/api/v1/records?kind=contact",
        "/api/v1/reports/daily?date=2026-07-18", "/api/v1/reports/weekly?date=2026-07-18",
        "/api/v1/handovers", "/api/v1/handovers/1", "/api/v1/handovers/1/sealed",
        "/api/v1/verify"}) {
    EXPECT_EQ(get(target, "li").status, 401) << target;
  }
}

TEST_F(QueryEdgeTest, SaysWhatIsWrongWithAQuestion) {
  EXPECT_EQ(*get_json("/api/v1/orders/YT-2", 404).find("detail"), Value("no such order: YT-2"));
  Value wrong = get_json("/api/v1/orders?stat=NEW", 400);
  EXPECT_NE(wrong.find("detail")->string()->find("'stat'"), std::string::npos);
  get_json("/api/v1/orders?page_size=201", 400);
  get_json("/api/v1/orders/a%00b", 400);
  get_json("/api/v1/reports/daily", 400);
  get_json("/api/v1/reports/daily?date=2026-07-20", 400);  // has not begun
  get_json("/api/v1/verify?fast=1", 400);
}

}  // namespace
}  // namespace jieban
