// True and false positives with invented texts: a template with other numbers and places is found,
// two honest replies about the same kind of trouble are not.
#include "common/audit/text_signature.h"

#include <gtest/gtest.h>

#include <functional>

namespace jieban {
namespace {

uint64_t hash(std::string_view gram) { return std::hash<std::string_view>()(gram); }

const std::vector<std::string> kPlaces = {"甲一社区", "乙二社区", "甲", "槐树南街", "柳树北街"};

std::string signature(const std::string& text) {
  return text_signature(normalised_for_reuse(text, kPlaces), hash);
}

const std::string kReply =
    "2026年3月10日，工作人员到甲一社区槐树南街12号楼现场核查，发现楼道堆放杂物属实。当日已联系物业"
    "公司"
    "清理完毕，并告知居民不得占用消防通道，后续将加强巡查，防止反弹。已电话向诉求人反馈，诉求人表示"
    "认可。";
const std::string kTemplate =
    "2026年4月2日,工作人员到乙二社区柳树北街7号楼现场核查，发现楼道堆放杂物属实。  "
    "当日已联系物业公司"
    "清理完毕，并告知居民不得占用消防通道，后续将加强巡查，防止反弹。已电话向诉求人反馈，诉求人表示"
    "认可。";
const std::string kHonest =
    "3月12日上午，社区网格员与物业经理一同查看了4单元楼道，堆物为两户居民的旧家具。经劝说，一户当天"
    "搬走，"
    "另一户约定周六由子女协助清运，社区周日复查已清空。诉求人来电确认满意，物业在单元门张贴了提示"
    "。";

TEST(TextSignature, ATemplateWithOtherNumbersAndPlacesIsTheSameText) {
  EXPECT_EQ(likeness(signature(kReply), signature(kTemplate)), 1000u);
}

TEST(TextSignature, TwoHonestRepliesAboutTheSameTroubleAreFarApart) {
  EXPECT_LT(likeness(signature(kReply), signature(kHonest)), 200u);
}

TEST(TextSignature, AnAddedSentenceIsLikeAndNotTheSame) {
  const uint64_t permille =
      likeness(signature(kReply),
               signature(kReply + "另经核实，该户系独居老人，已转养老驿站提供上门服务。"));
  EXPECT_GT(permille, 600u);
  EXPECT_LT(permille, 950u);
}

TEST(TextSignature, WithoutThePlacesListedAnotherStreetMakesADifference) {
  const auto plain = [](const std::string& text) {
    return text_signature(normalised_for_reuse(text, {}), hash);
  };
  EXPECT_LT(likeness(plain(kReply), plain(kTemplate)), 1000u);
}

TEST(TextSignature, AnotherKeyGivesAnotherSignature) {
  const std::string text = normalised_for_reuse(kReply, kPlaces);
  const auto keyed = [](std::string_view gram) { return hash(gram) ^ 0x5bd1e995; };
  EXPECT_LT(likeness(text_signature(text, hash), text_signature(text, keyed)), 50u);
}

TEST(TextSignature, TooShortATextHasNone) {
  EXPECT_EQ(text_signature("一二", hash), "");
  EXPECT_EQ(text_signature("一二三", hash).size(), 2 * kSignatureSlots);
  EXPECT_EQ(likeness("", ""), 0u);
}

TEST(NormalisedForReuse, NumbersPlacesBlanksAndSignsGo) {
  EXPECT_EQ(normalised_for_reuse("甲一社区 12 号、３４号。OK?", kPlaces), "@#号#号OK");
}

}  // namespace
}  // namespace jieban
