#include "common/domain/words.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

// The five kinds of the law first, then what feeds add. 诉求 and 控烟 have no kind of their own.
constexpr std::array kOrderTypes = std::to_array<Word>({
    {"咨询", "consult"},          {"求助", "help"},
    {"投诉", "complaint"},        {"举报", "report"},
    {"建议", "suggestion"},       {"意见建议", "suggestion"},
    {"感谢", "praise"},           {"表扬", "praise"},
    {"感谢表扬", "praise"},       {"感谢/表扬", "praise"},
    {"撤单", "withdraw"},         {"骚扰", "nuisance"},
    {"无效", "invalid"},          {"其他", "other"},
    {"consult", "consult"},       {"help", "help"},
    {"complaint", "complaint"},   {"report", "report"},
    {"suggestion", "suggestion"}, {"praise", "praise"},
    {"withdraw", "withdraw"},     {"nuisance", "nuisance"},
    {"invalid", "invalid"},
});

constexpr std::array kUrgencies = std::to_array<Word>({
    {"一般", "normal"},
    {"普通", "normal"},
    {"正常", "normal"},
    {"不急", "normal"},
    {"紧急", "urgent"},
    {"加急", "urgent"},
    {"急", "urgent"},
    {"特急", "emergency"},
    {"突发", "emergency"},
    {"特别紧急", "emergency"},
    {"normal", "normal"},
    {"urgent", "urgent"},
    {"emergency", "emergency"},
});

constexpr std::array kCallerKinds = std::to_array<Word>({
    {"个人", "individual"},
    {"市民", "individual"},
    {"企业", "enterprise"},
    {"individual", "individual"},
    {"enterprise", "enterprise"},
});

constexpr std::array kGenders = std::to_array<Word>({
    {"男", "male"},
    {"女", "female"},
    {"先生", "male"},
    {"女士", "female"},
    {"male", "male"},
    {"female", "female"},
});

constexpr std::array kNatures = std::to_array<Word>({
    {"主办", "lead"},
    {"协办", "assist"},
    {"转办", "forward"},
    {"lead", "lead"},
    {"assist", "assist"},
    {"forward", "forward"},
});

constexpr std::array kSolved = std::to_array<Word>({
    {"解决", "solved"},
    {"已解决", "solved"},
    {"是", "solved"},
    {"部分解决", "partial"},
    {"未解决", "unsolved"},
    {"没解决", "unsolved"},
    {"否", "unsolved"},
    {"solved", "solved"},
    {"partial", "partial"},
    {"unsolved", "unsolved"},
});

constexpr std::array kSatisfied = std::to_array<Word>({
    {"满意", "satisfied"},
    {"非常满意", "satisfied"},
    {"是", "satisfied"},
    {"基本满意", "basic"},
    {"一般", "unsatisfied"},
    {"不满意", "unsatisfied"},
    {"非常不满意", "unsatisfied"},
    {"否", "unsatisfied"},
    {"未评价", "not_rated"},
    {"无法回访", "not_rated"},
    {"无人接听", "not_rated"},
    {"satisfied", "satisfied"},
    {"basic", "basic"},
    {"unsatisfied", "unsatisfied"},
    {"not_rated", "not_rated"},
});

constexpr std::array kSolveRounds = std::to_array<Word>({
    {"一次解决", "1"},
    {"二次解决", "2"},
    {"三次解决", "3"},
    {"一次", "1"},
    {"二次", "2"},
    {"三次", "3"},
    {"1", "1"},
    {"2", "2"},
    {"3", "3"},
});

constexpr std::array kSets = std::to_array<WordSet>({
    {"order_type", kOrderTypes, "other"},
    {"urgency", kUrgencies, ""},
    {"caller_kind", kCallerKinds, ""},
    {"caller_gender", kGenders, ""},
    {"order_nature", kNatures, ""},
    {"visit_solved", kSolved, ""},
    {"visit_satisfied", kSatisfied, ""},
    {"solve_round", kSolveRounds, ""},
});

struct FlagWord {
  std::string_view text;
  bool value;
};

constexpr std::array kFlags = std::to_array<FlagWord>({
    {"是", true},       {"否", false},         {"true", true},     {"false", false},
    {"1", true},        {"0", false},          {"Y", true},        {"N", false},
    {"有效", true},     {"无效", false},       {"属实", true},     {"不属实", false},
    {"纳入", true},     {"不纳入", false},     {"计入", true},     {"不计入", false},
    {"计入考核", true}, {"不计入考核", false}, {"纳入考核", true}, {"不纳入考核", false},
    {"已联系", true},   {"未联系", false},     {"联系", true},     {"保密", true},
    {"不保密", false},  {"公开", false},       {"按时", true},     {"未按时", false},
    {"按时签收", true}, {"未按时签收", false}, {"及时", true},     {"不及时", false},
    {"及时反馈", true}, {"未及时反馈", false}, {"未及时", false},  {"已响应", true},
    {"未响应", false},  {"TRUE", true},        {"FALSE", false},
});

constexpr std::array<std::string_view, 9> kPlaceholders = {"-",  "--",   "—",    "——",  "/",
                                                           "无", "不详", "NULL", "null"};

}  // namespace

const WordSet* find_words(std::string_view field) {
  auto found = std::find_if(kSets.begin(), kSets.end(),
                            [&](const WordSet& set) { return set.field == field; });
  return found == kSets.end() ? nullptr : &*found;
}

std::optional<std::string_view> find_word(const WordSet& set, std::string_view text) {
  auto found = std::find_if(set.words.begin(), set.words.end(),
                            [&](const Word& word) { return word.text == text; });
  if (found == set.words.end()) return std::nullopt;
  return found->value;
}

std::optional<bool> find_flag(std::string_view text) {
  auto found = std::find_if(kFlags.begin(), kFlags.end(),
                            [&](const FlagWord& word) { return word.text == text; });
  if (found == kFlags.end()) return std::nullopt;
  return found->value;
}

bool is_placeholder(std::string_view text) {
  return std::find(kPlaceholders.begin(), kPlaceholders.end(), text) != kPlaceholders.end();
}

}  // namespace jieban
