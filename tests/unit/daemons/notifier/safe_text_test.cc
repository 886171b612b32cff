// Goal: no number by which a person is known and no mail address stays in a free text, however it
// is written; what routes and silences ask for stays as it is.
#include "daemons/notifier/safe_text.h"

#include <gtest/gtest.h>

#include "common/base/bytes.h"
#include "common/base/text.h"

namespace jieban {
namespace {

struct SafeCase {
  const char* written;
  const char* safe;
};

TEST(SafeText, NumbersOfPersonsAreMaskedHoweverTheyAreWritten) {
  for (const SafeCase& each : {
           SafeCase{"来电人王某某13900000123，请回电", "来电人王某某***，请回电"},
           SafeCase{"139-0000-0123", "***"},
           SafeCase{"139 0000 0123", "***"},
           SafeCase{"1 3 9 0 0 0 0 0 1 2 3", "***"},
           SafeCase{"139.0000.0123", "***"},
           SafeCase{"139 - 0000 - 0123", "***"},
           SafeCase{"+86 139 0000 0123", "+***"},
           SafeCase{"0086-139-0000-0123", "***"},
           SafeCase{"+8613900000123", "+***"},
           SafeCase{"tel13900000123x", "tel***x"},
           SafeCase{"１３９００００１２３４", "***"},
           SafeCase{"一三九零零零零零一二三", "***"},
           SafeCase{"1390\u200B0000\u200B123", "***"},
           SafeCase{"139\u00AD0000\u2011"
                    "0123",
                    "***"},
           SafeCase{"1.13900000123 2.13900000124", "1.*** 2.***"},
           SafeCase{"010-66051234", "***"},
           SafeCase{"(010) 6605 1234", "(***"},
           SafeCase{"0311 8765 4321", "***"},
           SafeCase{"66051234转3", "***转3"},
           SafeCase{"110101199003071234", "***"},
           SafeCase{"11010119900307123X。", "***。"},
           SafeCase{"110101 1990 0307 123x", "***"},
           SafeCase{"6222021234567890123", "***"},
           SafeCase{"li.si+a@street.example.cn，速办", "***，速办"},
           SafeCase{"李四li@example.com.", "李四***."},
           SafeCase{"li＠example.com", "***"},
           SafeCase{"li@example.com.1234567.service", "***.***.service"},
       }) {
    EXPECT_EQ(safe_text(each.written), each.safe) << each.written;
  }
}

TEST(SafeText, WhatRulesAskForStaysAsItIs) {
  for (const char* ordinary : {"",
                               "router",
                               "jieban-sla-watcher",
                               "urban_office",
                               "JiebanDaemonDown",
                               "127.0.0.1:9101",
                               "13.196.110.229:9101",
                               "[2001:db8::13]:9100",
                               "95%",
                               "95.24%",
                               "端口 9101 9102 9103 9104",
                               "自 2026-03-10 08:30 起没有来单",
                               "2026-03-10 2026-03-12",
                               "2026-03-10T10:00:00Z",
                               "08:30-20:30",
                               "1.2.3-rc1",
                               "5e-06",
                               "123456 个事件",
                               "有工单等待签收已达 15m 30s",
                               "postgresql@15-main.service",
                               "getty@tty1",
                               "user@host",
                               "@all",
                               "18446",
                               "市政设施>燃气",
                               "住房城乡建设>物业管理>电梯故障",
                               "第 12 次交班（NIGHT 交 DAY），p-li 已签字，无人接班",
                               "三里河一区社区",
                               "二〇二六年三月",
                               "{job=\"node\"}",
                               "通道“短信”连续发送失败"}) {
    EXPECT_EQ(safe_text(ordinary), ordinary);
  }
}

TEST(SafeText, WhatNobodySeesGoesAndALineIsOneLine) {
  EXPECT_EQ(safe_text("a\nb\r\tc\x01"
                      "d\x7F"),
            "a b  c d ");
  EXPECT_EQ(safe_text("a\u200B\u202E\uFEFF\u0085z"), "a z");
  EXPECT_EQ(safe_text("\xFF\xFE"), "***") << "no UTF-8";
}

TEST(SafeText, IsNeverLongerThanAskedFor) {
  const std::string text(300, 'x');
  EXPECT_EQ(safe_text(text, 10), "xxxxxxxxx…");
  EXPECT_EQ(safe_text("工单工单", 4), "工单工单");
  EXPECT_EQ(safe_text("工单工单工", 4), "工单工…");
  EXPECT_EQ(safe_text("13900000123", 4), "***") << "masked first, cut then";
}

// Of every mix of these: safe stays safe, and no mobile number is in it.
TEST(SafeText, OfAnyMixNoNumberStaysAndSafeStaysSafe) {
  const std::string parts[] = {"139", "0000", "0123", " ", "-", ".", "a@b.cn", "单元", "X", "2026"};
  constexpr size_t kParts = std::size(parts);
  size_t many = 1;
  for (size_t length = 1; length <= 4; ++length) {
    many *= kParts;
    for (size_t number = 0; number < many; ++number) {
      std::string text;
      for (size_t rest = number, i = 0; i < length; ++i, rest /= kParts)
        text += parts[rest % kParts];
      const std::string safe = safe_text(text);
      ASSERT_EQ(safe_text(safe), safe) << text;
      ASSERT_EQ(safe.find('@'), std::string::npos) << text;
      std::string bare = safe;
      for (const char* between : {" ", "-"}) replace_all(bare, between, "");
      ASSERT_EQ(bare.find("13900000123"), std::string::npos) << text;
    }
  }
}

}  // namespace
}  // namespace jieban
