// Goal: an operator reads in Chinese what was asked for, by whom, and where it stands.
#include "tools/jieban/rota_change_text.h"

#include <gtest/gtest.h>

#include "common/json/json.h"

namespace jieban {
namespace {

const char* const kSwapRecord =
    R"({"id":"s1","kind":"swap","state":"accepted","rota":"seat","from":"2026-02-03 20:30:00",)"
    R"("until":"2026-02-04 08:30:00","asked_by":"a","asked_by_name":"坐席甲",)"
    R"("asked_at":"2026-02-03 12:00:00","asked_reason":"有事","accepted_by":"e",)"
    R"("accepted_by_name":"机动","accepted_at":"2026-02-03 13:00:00","warnings":["连续夜班"]})";

bool has_part(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(RotaChangeText, AnAnswerSaysWhereTheChangeStandsAndWhatItBreaks) {
  const auto answer = [](const std::string& word) {
    return rota_answer_text(
        *parse_json(R"({"id":"s1","answer":")" + word + R"(","change":)" + kSwapRecord + "}"));
  };
  EXPECT_EQ(answer("taken"), "已记录：s1（待批准）\n注意：连续夜班\n");
  EXPECT_EQ(answer("repeated"), "先前已记录，没有变化：s1（待批准）\n注意：连续夜班\n");
  EXPECT_EQ(rota_answer_text(*parse_json(R"({"id":"s1","answer":"taken"})")), "已记录：s1\n");
}

TEST(RotaChangeText, AListNamesThePersonsAndTheLastWord) {
  const std::string list = rota_changes_text(*parse_json(
      std::string(R"({"changes":[)") + kSwapRecord +
      R"(,{"id":"l1","kind":"leave","state":"in_force","person_name":"坐席乙","asked_by_name":"坐席乙",)"
      R"("asked_at":"2026-02-03 12:00:00","asked_reason":"体检"},)"
      R"({"id":"o1","kind":"override","state":"withdrawn","add_name":"机动","remove_name":"坐席丙",)"
      R"("withdrawn_by_name":"班长","withdrawn_at":"2026-02-03 14:00:00","withdrawn_reason":"不用了"},)"
      R"({"id":"s2","kind":"swap","state":"lapsed","asked_by_name":"坐席甲"}]})"));
  for (const char* part :
       {"坐席甲→机动", "待批准", "机动 2026-02-03 13:00:00", "坐席乙", "2026-02-03 12:00:00：体检",
        "减坐席丙 加机动", "已撤回", "：不用了", "坐席甲→（待接）", "已过期"}) {
    EXPECT_TRUE(has_part(list, part)) << part << " in\n" << list;
  }
  EXPECT_EQ(rota_changes_text(*parse_json(R"({"changes":[]})")), "没有符合条件的排班变更。\n");
}

}  // namespace
}  // namespace jieban
