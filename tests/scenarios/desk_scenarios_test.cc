// Goal: the acceptance scenarios of DOMAIN §19 about the desk's work, under their numbers, from the
// door to the archive, by the rules that are shipped.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "common/base/crc32c.h"
#include "common/base/file.h"
#include "common/domain/topics.h"
#include "common/json/json.h"
#include "daemons/archiver/answers.h"
#include "daemons/archiver/record_query.h"
#include "daemons/archiver/report_text.h"
#include "daemons/archiver/verify.h"
#include "daemons/notifier/channel.h"
#include "daemons/receiver/intake/import_folder.h"
#include "tests/scenarios/channel_payloads.h"
#include "tests/scenarios/desk.h"
#include "tests/support/alias_files.h"
#include "tests/support/workbook_builder.h"
#include "tools/jieban/archive_dossier.h"
#include "tools/jieban/order_text.h"
#include "tools/jieban/record_text.h"

namespace jieban {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Texts = std::vector<std::string>;

class DeskClock : public Clock {
 public:
  explicit DeskClock(const FiveCores& desk) : desk_(desk) {}
  Timestamp now() const override { return desk_.now(); }

 private:
  const FiveCores& desk_;
};

// The watched folder, before a receiver's core.
struct Imports {
  Desk& desk;
  TempDir dir;
  DeskClock clock{desk};
  ImportFolder folder{
      {dir.root(), "import", {}},
      shipped_aliases("aliases.yaml"),
      {[this](auto& batch_id, auto&, auto orders) { return submit(batch_id, orders); },
       [](std::string_view bytes) { return std::to_string(crc32c(bytes)); }},
      clock};

  explicit Imports(Desk& before) : desk(before) {}

  Result<ImportOutcome> submit(const std::string& batch_id, const std::vector<Submission>& orders) {
    ImportOutcome outcome;
    const Texts answers = desk.submit(orders, batch_id);
    for (size_t i = 0; i < orders.size(); ++i) {
      const OrderOutcome each = answers[i] == "new"       ? OrderOutcome::added
                                : answers[i] == "updated" ? OrderOutcome::updated
                                                          : OrderOutcome::unchanged;
      outcome.taken.push_back({orders[i].order_no, each});
    }
    return outcome;
  }

  // "new updated unchanged rejected", of the result file.
  Texts import(const std::string& name, const std::string& bytes) {
    std::ofstream(dir.path(name), std::ios::binary) << bytes;
    for (int scan = 0; scan < 2; ++scan) EXPECT_TRUE(folder.scan_once().ok());
    std::string done;
    for (const auto& each : std::filesystem::directory_iterator(dir.path("done"))) {
      done = std::max(done, each.path().string());
    }
    auto text = read_file(done + "/result.json", 1 << 20);
    CHECK(text.ok());
    auto result = parse_json(*text);
    CHECK(result.ok());
    Texts counts;
    for (const char* key : {"new", "updated", "unchanged", "rejected"}) {
      counts.push_back(std::to_string(*result->find(key)->integer()));
    }
    return counts;
  }
};

TEST(Scenario01, AWorkbookIsTakenInOnceAndASecondTimeChangesNothing) {
  Desk desk;
  Imports imports(desk);
  const std::string rows = inline_rows({{"某街道 12345 工单"},
                                        {"导出时间：2026-03-10"},
                                        {"工单编号", "主要内容", "来电时间"},
                                        {"YT-1", "路灯不亮", "2026年3月9日 4时5分"},
                                        {"YT-2", "井盖缺失", "#46090.5"},
                                        {"YT-3", "", "2026/3/9 下午 3:05"},
                                        {"YT-4", "占道经营", "20260309040506"},
                                        {"YT-1", "路灯仍不亮", "2026-03-09"}});
  const std::string book = build_workbook({rows, "", "", WorkbookParts().sheets});
  EXPECT_EQ(imports.import("a.xlsx", book), (Texts{"3", "1", "0", "1"}));
  EXPECT_EQ(desk.told("router", topics::kOrderOpened).size(), 3U);
  EXPECT_EQ(desk.told("router", topics::kOrderAmended).size(), 1U);
  EXPECT_EQ(count_orders(desk.archive())->total, 3U);
  EXPECT_EQ(desk.summary("YT-1").updates, 1U);
  const size_t before = desk.told("receiver").size() + desk.told("router").size();
  desk.advance(minutes(1));
  EXPECT_EQ(imports.import("a-again.xlsx", book).back(), "1");
  EXPECT_EQ(desk.told("receiver").size() + desk.told("router").size(), before);
  EXPECT_EQ(desk.set_aside(), Texts());
}

TEST(Scenario05, AfterTwoBouncesOnlyTheTeamLeaderAssignsAndTheUnitKeepsIt) {
  Desk desk;
  const std::string order_no = "260310000001";
  const Said bounce{"unit_bounce", "unit", {{"reason_code", "DUTY"}}};
  desk.submit(Desk::leak(order_no));
  desk.bring(order_no, "sign");
  desk.take(order_no, bounce);
  desk.take(order_no, {"dispatch", "seat", {{"lead_unit", "property_company"}}});
  desk.take(order_no, bounce);
  const Said third{"dispatch", "seat", {{"lead_unit", "urban_office"}}};
  const std::string reason = desk.refusal(order_no, third);
  EXPECT_TRUE(reason.starts_with("bounce_cap ")) << reason;
  EXPECT_NE(reason.find("班组长"), std::string::npos) << reason;
  desk.take(order_no, {"dispatch", "team_leader", {{"lead_unit", "urban_office"}}});
  EXPECT_TRUE(desk.refusal(order_no, bounce).starts_with("designated ")) << "the unit keeps it";
  const OrderSummary summary = desk.summary(order_no);
  EXPECT_EQ(summary.state, OrderState::dispatched);
  EXPECT_EQ(summary.lead_unit, "urban_office");
  // What was asked for and refused stands in the archive too.
  const OrderView view = desk.view(order_no);
  EXPECT_EQ(std::ranges::count_if(view.timeline,
                                  [](const TimelineEntry& entry) {
                                    return entry.event.topic == topics::kCommandRefused;
                                  }),
            2);
}

Report report_of(Desk& desk, const std::string& day) {
  auto period = daily_period(day, desk.now());
  CHECK(period.ok());
  auto report = make_report(desk.archive(), *period);
  CHECK(report.ok());
  return std::move(*report);
}

TEST(Scenario06, AReturnAfterTheWindowNeedsAnOverrideWhichTheReportCounts) {
  Desk desk(shipped_five_rules(), "2026-03-09 08:00:00");
  const std::string order_no = "260309000001";
  desk.submit(Desk::leak(order_no));
  desk.bring(order_no, "sign");
  desk.advance(hours(25));
  EXPECT_EQ(desk.changes_of(order_no, "return"), (Texts{"started", "lapsed"})) << "in silence";
  desk.take(order_no, {"draft_return",
                       "seat",
                       {{"reason_code", "LEGAL_CHANNEL"}, {"evidence", "doc-1"}},
                       {{"basis", "依据"}}});
  const std::string reason = desk.refusal(order_no, {"request_return", "team_leader"});
  EXPECT_TRUE(reason.starts_with("return_window ")) << reason;
  EXPECT_NE(reason.find("override=yes"), std::string::npos) << reason;
  EXPECT_EQ(report_of(desk, "2026-03-10").late_returns, 0U);
  desk.take(order_no, {"request_return", "team_leader", {{"override", "yes"}}});
  desk.advance_to("2026-03-10 13:00:00");
  const Report report = report_of(desk, "2026-03-10");
  EXPECT_EQ(report.late_returns, 1U);
  EXPECT_NE(report_markdown(report, "月坛街道").find("越窗退单 1 件"), std::string::npos);
}

TEST(Scenario07, AnExtensionIsApprovedOnlyWhenTheHotlineWasTold) {
  Desk desk;
  const std::string order_no = "260310000001";
  Submission order = Desk::leak(order_no);
  order.due_at = parse_local("2026-03-12 12:00:00");
  desk.submit(order);
  desk.bring(order_no, "accept");
  desk.take(
      order_no,
      {"extend_request", "unit", {{"reason_code", "MATERIAL"}, {"due_at", "2026-03-15 12:00"}}});
  Said approval{"extend_approved", "team_leader", {{"caller_told_at", "2026-03-10 08:00"}}};
  const std::string reason = desk.refusal(order_no, approval);
  EXPECT_TRUE(reason.starts_with("extension_proofs ")) << reason;
  EXPECT_NE(reason.find("hotline_told_at"), std::string::npos) << reason;
  EXPECT_EQ(desk.summary(order_no).due(), order.due_at) << "nothing has moved";
  approval.arguments["hotline_told_at"] = "2026-03-10 08:00";
  desk.take(order_no, approval);
  EXPECT_EQ(format_local(desk.running(order_no, ClockKind::due)->deadline), "2026-03-15 12:00:00");
  EXPECT_EQ(desk.changes_of(order_no, "due"), (Texts{"started", "superseded", "started"}));
  EXPECT_EQ(format_local(*desk.summary(order_no).due()), "2026-03-15 12:00:00");
}

// The notices of every topic and the calls as each kind of channel sends them, every answer of the
// archive, every stream.
TEST(Scenario15, OfAConfidentialOrderNothingPersonalGoesOut) {
  FiveRules rules = shipped_five_rules();
  rules.notices.channels.front().topics = {"deadline.warned", "deadline.breached",
                                           "order.dispatched", "order.unrouted"};
  Desk desk(rules);
  const Texts personal = {"秘密标题",    "秘密内容原文", "王某某",
                          "13900000123", "样例胡同九号", "秘密办理情况"};
  Submission order = Desk::leak("260310000001");
  order.confidential = true;
  order.title = personal[0];
  order.content = personal[1];
  order.caller_name = personal[2];
  order.caller_phone = personal[3];
  order.address = personal[4];
  desk.submit(order);
  desk.bring(order.order_no, "accept");
  desk.take(order.order_no, {"stage_report", "unit", {}, {{"text", personal[5]}}});
  desk.advance(hours(200));
  std::string out;
  size_t notices = 0;
  size_t calls = 0;
  for (const Event& event : desk.told("notifier", topics::kNoticeQueued)) {
    const auto step = decode_payload<NoticeStep>(event.payload);
    ASSERT_TRUE(step.ok());
    OutgoingNotice notice{event.stream, step->notice_id,   event.topic, step->order_no,
                          *step->text,  event.occurred_at, 1,           false};
    notice.address = "13800138000";
    out += readable_payloads(notice);
    calls += step->person ? 1 : 0;
    ++notices;
  }
  EXPECT_GE(notices, 3U);
  EXPECT_GE(calls, 1U);
  const Report report = report_of(desk, "2026-03-11");
  out += report_markdown(report, "月坛街道") + to_json(report_value(report));
  out += to_json(view_value(desk.view(order.order_no)));
  out += to_json(page_value(*list_orders(desk.archive(), {})));
  RecordFilter records;
  records.kind = "stage_report";
  const std::string listed = to_json(records_value(*list_records(desk.archive(), records)));
  EXPECT_NE(listed.find(order.order_no), std::string::npos) << "the record is there";
  out += listed;
  // What the command line prints, and the pages that it writes for an appeal.
  const Value view = view_value(desk.view(order.order_no));
  out += order_list_text(page_value(*list_orders(desk.archive(), {}))) + order_text(view);
  out += record_list_text(records_value(*list_records(desk.archive(), records)));
  DossierContent dossier;
  add_archive(view, dossier);
  EXPECT_FALSE(dossier.more.empty());
  for (const DossierPage& page : dossier.more) out += page.bytes;
  for (const auto& [column, text] : dossier.order) out += text;
  for (const char* daemon : {"receiver", "router", "sla-watcher", "notifier", "archiver"}) {
    for (const Event& event : desk.told(daemon)) out += event.payload;
  }
  EXPECT_NE(out.find(order.order_no), std::string::npos);
  for (const std::string& each : personal) EXPECT_EQ(out.find(each), std::string::npos) << each;
}

TEST(Scenario17, AllButOneOfManyIsNotAllOfThem) {
  constexpr int kOrders = 2500;
  Desk desk(shipped_five_rules(), "2026-03-10 08:00:00");
  for (int from = 0; from < kOrders; from += 500) {
    std::vector<Submission> orders;
    for (int i = from; i < from + 500; ++i) {
      orders.push_back(Desk::leak(std::to_string(260310000001 + i)));
    }
    desk.submit(orders, "batch-from-" + std::to_string(from));
  }
  for (int i = 1; i < kOrders; ++i) {
    desk.take(std::to_string(260310000001 + i), {"sign", "seat"});
  }
  desk.advance_to("2026-03-10 13:00:00");
  const Report report = report_of(desk, "2026-03-10");
  EXPECT_EQ(report.signed_rate, (Rate{kOrders - 1, kOrders}));  // 99.96 %
  const std::string text = report_markdown(report, "月坛街道");
  EXPECT_NE(text.find("99.9%"), std::string::npos) << text;
  EXPECT_EQ(text.find("签收率 100"), std::string::npos) << text;
}

}  // namespace
}  // namespace jieban
