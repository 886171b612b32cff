// What operators read: orders, refusals, the state of the daemons, the life cycle.
#include <gtest/gtest.h>

#include "common/base/file.h"
#include "common/domain/lifecycle.h"
#include "common/json/json.h"
#include "tools/jieban/command_call.h"
#include "tools/jieban/handover_text.h"
#include "tools/jieban/lifecycle_text.h"
#include "tools/jieban/order_text.h"
#include "tools/jieban/record_text.h"
#include "tools/jieban/session.h"
#include "tools/jieban/status_text.h"
#include "tools/site/client.h"
#include "tools/site/event_note.h"

namespace jieban {
namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(OrderText, AListShowsStatesInChinese) {
  const std::string text = order_list_text(*parse_json(
      R"({"orders":[{"order_no":"1","state":"SIGNED","order_class":"emergency"}],"next":17})"));
  EXPECT_TRUE(has(text, "已签收")) << text;
  EXPECT_TRUE(has(text, "紧急")) << text;
  EXPECT_TRUE(has(text, "--cursor 17")) << text;
}

TEST(OrderText, AnEmptyListSaysSo) {
  EXPECT_EQ(order_list_text(*parse_json(R"({"orders":[],"next":null})")), "没有符合条件的工单。\n");
}

TEST(OrderText, AnOrderShowsItsTimeline) {
  const std::string text = order_text(*parse_json(
      R"({"order":{"order_no":"1","state":"DISPATCHED","lead_unit":"gas_company"},
          "timeline":[{"at":"2026-03-10 08:00:00","topic":"order.dispatched","label":"派单",
                       "actor":"li","payload":{"order_no":"1","rule":"gas"}}]})"));
  EXPECT_TRUE(has(text, "【已派单】")) << text;
  EXPECT_TRUE(has(text, "2026-03-10 08:00:00  派单  li      rule=gas")) << text;
}

TEST(OrderText, AnOrderSaysWhyItIsRoutedAsItIs) {
  const std::string text = order_text(*parse_json(
      R"({"order":{"order_no":"1","state":"SIGNED","tags":["housing","safety"],
                   "suggestion":"TERRITORY","repeat_of":"A-0","cluster_of":null},
          "routing":{"stage":"directory","code":"chosen","rule":"heating","rules_version":"7",
                     "contact":"供热值班室","template_reply":"1）受理：__"},
          "timeline":[]})"));
  EXPECT_TRUE(has(text, "联系方式    供热值班室\n  答复模板    1）受理：__\n")) << text;
  EXPECT_TRUE(has(text, "七有五性    住有所居，安全性\n")) << text;
  EXPECT_TRUE(has(text, "建议退单    TERRITORY 属地不符\n")) << text;
  EXPECT_TRUE(has(text, "重复于      A-0\n")) << text;
  EXPECT_FALSE(has(text, "聚集于")) << text;
  EXPECT_TRUE(has(text, "派单依据    派单目录，采用 heating（规则版本 7）\n")) << text;
}

TEST(OrderText, ARefusalGivesTheReason) {
  const Value refused =
      *parse_json(R"({"outcome":"refused","code":"state","reason":"工单当前为“待签收”"})");
  EXPECT_TRUE(has(command_text("1", "complete", refused), "办结：被拒绝。工单当前为“待签收”"));
  const Value done = *parse_json(R"({"outcome":"done","state":"SIGNED"})");
  EXPECT_TRUE(has(command_text("1", "sign", done), "签收：完成，现为“已签收”"));
}

TEST(EventNote, SealedPartsAndHashesAreLeftOut) {
  EXPECT_EQ(event_note(*parse_json(
                R"({"order_no":"1","sealed":{"box":"00"},"hashes":{"a":"b"},"lead_unit":"x",
                    "assist_units":["y","z"],"queue":null,"facts":{"round":1,"category":"c"}})")),
            "lead_unit=x assist_units=[y,z] facts={category=c}");
}

TEST(StatusText, TheWorstConditionIsShown) {
  EXPECT_EQ(condition(*parse_json(R"({"ready":true,"stalled":false})")), "ready");
  EXPECT_EQ(condition(*parse_json(R"({"ready":false})")), "catching up");
  EXPECT_EQ(condition(*parse_json(R"({"ready":true,"intake_refused":true})")), "store full");
  EXPECT_EQ(condition(*parse_json(R"({"ready":true,"stalled":true})")), "STALLED");
}

TEST(StatusText, ARowHasACellForEachHeading) {
  const Value status = *parse_json(
      R"({"head":9,"ready":true,"upstreams":[{"stream":"110102007.router","applied":4,"head":7,
          "lag":3,"diverged":false}],"consumers":[{"name":"archiver","lag":2}],"quarantine":0,
          "store":{"used_bytes":1,"map_bytes":17179869184},"now":"2026-03-10 08:00:00"})");
  const auto row = status_row("router", status);
  EXPECT_EQ(row.size(), status_headings().size());
  EXPECT_EQ(row[3], "router 4/7");
  EXPECT_EQ(row[4], "3");
  EXPECT_EQ(row[5], "2");
  EXPECT_EQ(row[7], "1MiB of 16GiB");
  EXPECT_EQ(down_row("router", {ErrorCode::unavailable, "x"})[1], "DOWN");
  EXPECT_EQ(down_row("router", {}).size(), status_headings().size());
}

TEST(LifecycleText, EveryTransitionIsInEveryFormat) {
  for (const char* format : {"text", "markdown", "dot"}) {
    const std::string text = lifecycle_text(format);
    for (const Transition& row : lifecycle()) {
      // The picture leaves out what moves nothing.
      if (row.to == row.from && std::string_view(format) == "dot") continue;
      EXPECT_TRUE(has(text, std::string(row.command))) << format;
      EXPECT_TRUE(has(text, std::string(row.chinese))) << format;
    }
  }
  EXPECT_TRUE(lifecycle_text("dot").starts_with("digraph"));
  EXPECT_EQ(lifecycle_value().array()->size(), lifecycle().size());
}

TEST(LifecycleText, ThePageInTheDocumentationIsWhatTheProgramPrints) {
  auto page = read_file(JIEBAN_SOURCE_DIR "/daemons/LIFECYCLE.md", size_t{1} << 20U);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(*page, lifecycle_text("markdown"))
      << "write it anew: jieban lifecycle --format markdown > daemons/LIFECYCLE.md";
}

TEST(RecordText, ARecordShowsItsFieldsAndWhatIsSealed) {
  const std::string text = record_list_text(*parse_json(
      R"({"records":[{"at":"2026-03-10 08:00:00","order_no":"1","label":"申请退单","actor":"li",
          "role":"team_leader","fields":{"reason_code":"DUTY","sealed_fields":"basis"}}],
          "next":"00ff"})"));
  EXPECT_TRUE(has(text, "申请退单")) << text;
  EXPECT_TRUE(has(text, "reason_code=DUTY 密封=basis")) << text;
  EXPECT_TRUE(has(text, "--cursor 00ff")) << text;
  EXPECT_EQ(record_list_text(*parse_json(R"({"records":[],"next":null})")),
            "没有符合条件的记录。\n");
}

TEST(HandoverText, ALogIsShownAsItWasSignedWithItsSignatures) {
  const Value handover = *parse_json(
      R"({"handover":12,"shift_out":"NIGHT","shift_in":"DAY","log":"交接班日志（格式 1）\n",
          "log_hash":"00ff","intact":true,"signed_out_by":"li",
          "signed_out_at":"2026-03-10 08:29:30","signed_in_by":null,"signed_in_at":null,
          "notes":[{"at":"2026-03-10 03:00:00","by":"li","kind":"equipment"}]})");
  const std::string text = handover_text(handover);
  EXPECT_TRUE(text.starts_with("交接班日志（格式 1）\n")) << text;
  EXPECT_TRUE(has(text, "哈希：00ff（一致）\n")) << text;
  EXPECT_TRUE(has(text, "交班签字：2026-03-10 08:29:30 li\n")) << text;
  EXPECT_TRUE(has(text, "接班签字：—\n")) << text;
  EXPECT_TRUE(has(text, "记事：2026-03-10 03:00:00 li 设备状态\n")) << text;
}

TEST(HandoverText, WhatWasWrittenByHandIsShownOrWhoMayReadIt) {
  const std::string text = handover_text(*parse_json(
      R"({"log":"","written":[{"topic":"handover.signed_out","label":"交班签字",
          "at":"2026-03-10 08:29:30","by":"li",
          "texts":{"instructions":"夜间巡查\n两次","text":"无"}},
          {"topic":"handover.noted","label":"值班记事","at":"2026-03-10 03:00:00","by":"li",
           "texts":null,"why":"密钥已不在，无法打开"}],"written_refused":null,
          "readings":[{"at":"2026-03-10 09:00:00","by":"zhou","role":"team_leader"}]})"));
  EXPECT_TRUE(has(text,
                  "手写（交班签字）：2026-03-10 08:29:30 li\n  领导交办：夜间巡查\n    两次\n"
                  "  内容：无\n"))
      << text;
  EXPECT_TRUE(has(text, "03:00:00 li\n  密钥已不在，无法打开\n")) << text;
  EXPECT_TRUE(has(text, "查阅：2026-03-10 09:00:00 zhou 班组长\n")) << text;
  EXPECT_TRUE(has(handover_text(*parse_json(R"({"log":"","written_refused":"可查阅的：坐席"})")),
                  "手写内容未显示：可查阅的：坐席\n"));
}

TEST(HandoverText, AnOverrideBetweenTheSignaturesIsShownBelowTheLog) {
  const Value handover = *parse_json(
      R"({"handover":2,"log":"交接班日志（格式 3）\n","released_by":null,
          "signed_in_released":["YT-7","YT-8"],"signed_in_released_by":"boss"})");
  EXPECT_TRUE(has(handover_text(handover), "接班放行：YT-7、YT-8，批准人 boss\n"));
  Value list;
  list.set("handovers", Value::Array{handover});
  EXPECT_TRUE(has(handover_list_text(list), "boss")) << handover_list_text(list);
  EXPECT_FALSE(has(handover_text(*parse_json(R"({"log":""})")), "放行"));
}

TEST(HandoverText, AListSaysWhichLogIsNotTheSignedOne) {
  const std::string text = handover_list_text(*parse_json(
      R"({"handovers":[{"handover":1,"shift_out":"DAY","shift_in":"NIGHT","intact":false}]})"));
  EXPECT_TRUE(has(text, "DAY→NIGHT")) << text;
  EXPECT_TRUE(has(text, "不一致")) << text;
  EXPECT_EQ(handover_list_text(*parse_json(R"({"handovers":[]})")), "这段时间没有交接班。\n");
}

TEST(HandoverText, AnAnswerSaysWhoHasTheWatchOrWhatIsInTheWay) {
  EXPECT_EQ(street_command_text("handover_out",
                                *parse_json(R"({"outcome":"done","state":"signed_out"})")),
            "交班签字：完成，现为“待接班”。\n");
  const Value refused = *parse_json(R"({"outcome":"refused","reason":"有未处置完的紧急工单"})");
  EXPECT_EQ(street_command_text("handover_in", refused),
            "接班签字：被拒绝。有未处置完的紧急工单\n");
  EXPECT_EQ(exit_of_outcome(refused), ExitCode::negative);
}

TEST(ExitCodes, EachKindOfErrorHasItsOwn) {
  EXPECT_EQ(exit_code_of({ErrorCode::refused, ""}), ExitCode::negative);
  EXPECT_EQ(exit_code_of({ErrorCode::not_found, ""}), ExitCode::negative);
  EXPECT_EQ(exit_code_of({ErrorCode::unavailable, ""}), ExitCode::unreachable);
  EXPECT_EQ(exit_code_of({ErrorCode::invalid, ""}), ExitCode::usage);
  EXPECT_EQ(exit_code_of({ErrorCode::io, ""}), ExitCode::io);
  EXPECT_EQ(exit_code_of(configuration_error(invalid("x"))), ExitCode::configuration);
}

TEST(Client, AnErrorAnswerBecomesAnErrorInTheDaemonsWords) {
  const auto error_of = [](int status, const std::string& json) {
    return value_of({status, json, *parse_json(json)}).error();
  };
  EXPECT_EQ(error_of(404, R"({"detail":"no such order: 1"})").code, ErrorCode::not_found);
  EXPECT_EQ(error_of(404, R"({"detail":"no such order: 1"})").message, "no such order: 1");
  EXPECT_EQ(error_of(409, R"({"reason":"不行"})").code, ErrorCode::refused);
  EXPECT_EQ(error_of(503, R"({})").code, ErrorCode::full);
  EXPECT_EQ(error_of(418, R"({})").code, ErrorCode::invalid);
  EXPECT_EQ(error_of(500, R"({})").message, "HTTP 500");
  EXPECT_TRUE(value_of({200, "{}", Value::Object{}}).ok());
}

}  // namespace
}  // namespace jieban
