#include "common/routing/route_trace.h"

#include <array>

namespace jieban {
namespace {

template <class Enum>
struct Word {
  Enum value;
  std::string_view code;
  std::string_view chinese;
};

constexpr std::array<Word<RouteStage>, 7> kStages = {{
    {RouteStage::emergency, "emergency", "紧急筛查与分类"},
    {RouteStage::not_ours, "not_ours", "辖区与职责"},
    {RouteStage::repeat, "repeat", "重复与聚集"},
    {RouteStage::directory, "directory", "派单目录"},
    {RouteStage::community_guard, "community_guard", "社区主办限制"},
    {RouteStage::fallback, "fallback", "兜底"},
    {RouteStage::by_hand, "by_hand", "人工派单"},
}};

constexpr std::array<Word<RouteVerdict>, 28> kVerdicts = {{
    {RouteVerdict::matched, "matched", "符合"},
    {RouteVerdict::chosen, "chosen", "采用"},
    {RouteVerdict::outranked, "outranked", "符合，但另一条规则优先"},
    {RouteVerdict::not_yet_valid, "not_yet_valid", "尚未生效"},
    {RouteVerdict::expired, "expired", "已经失效"},
    {RouteVerdict::category, "category", "问题分类不符"},
    {RouteVerdict::community, "community", "社区不符"},
    {RouteVerdict::keywords, "keywords", "没有命中关键词"},
    {RouteVerdict::order_type, "order_type", "工单类型不符"},
    {RouteVerdict::lexicon, "lexicon", "没有命中词组"},
    {RouteVerdict::urgency, "urgency", "来单没有标为紧急"},
    {RouteVerdict::no_directory, "no_directory", "没有配置街道目录，不判断"},
    {RouteVerdict::ours, "ours", "属于本街道"},
    {RouteVerdict::not_ours, "not_ours", "不属于本街道，建议退单"},
    {RouteVerdict::not_known, "not_known", "工单没有写明，不判断"},
    {RouteVerdict::switched_off, "switched_off", "规则已关闭此项"},
    {RouteVerdict::no_earlier_order, "no_earlier_order", "没有找到相关的先前工单"},
    {RouteVerdict::repeat, "repeat", "同一诉求人、同一分类、同一地址的重复诉求"},
    {RouteVerdict::cluster, "cluster", "不同诉求人对同一点位、同一分类的聚集诉求"},
    {RouteVerdict::says_repeat, "says_repeat", "文中自称不是第一次反映"},
    {RouteVerdict::says_nothing, "says_nothing", "文中没有重复反映的字样"},
    {RouteVerdict::community_lead, "community_lead",
     "社区不得主办社区职责清单以外的事项（条例第十七条）"},
    {RouteVerdict::community_unknown, "community_unknown", "不知道属地社区，社区不能主办"},
    {RouteVerdict::on_duty_list, "on_duty_list", "在社区职责清单内，社区可以主办"},
    {RouteVerdict::held, "held", "疑似不属于本街道，等待人工决定"},
    {RouteVerdict::no_rule, "no_rule", "没有规则符合，等待人工派单"},
    {RouteVerdict::bounced, "bounced", "部门已退回，等待人工派单"},
    {RouteVerdict::named, "named", "由人指定主办单位"},
}};

template <class Words>
constexpr bool in_order(const Words& words) {
  for (size_t i = 0; i < words.size(); ++i) {
    if (size_t(words[i].value) != i) return false;
  }
  return true;
}
static_assert(in_order(kStages) && in_order(kVerdicts));

template <class Words, class Enum>
bool find_code(const Words& words, std::string_view text, Enum& out) {
  for (const auto& word : words) {
    if (word.code != text) continue;
    out = word.value;
    return true;
  }
  return false;
}

}  // namespace

std::string_view to_string(RouteStage stage) { return kStages.at(size_t(stage)).code; }
std::string_view to_chinese(RouteStage stage) { return kStages.at(size_t(stage)).chinese; }
std::string_view to_string(RouteVerdict verdict) { return kVerdicts.at(size_t(verdict)).code; }
std::string_view to_chinese(RouteVerdict verdict) { return kVerdicts.at(size_t(verdict)).chinese; }
bool from_string(std::string_view text, RouteStage& out) { return find_code(kStages, text, out); }
bool from_string(std::string_view text, RouteVerdict& out) {
  return find_code(kVerdicts, text, out);
}

void RouteTrace::choose(std::string_view rule) {
  for (TraceRow& row : rows_) {
    if (row.stage != RouteStage::directory || row.verdict != RouteVerdict::matched) continue;
    row.verdict = row.rule == rule ? RouteVerdict::chosen : RouteVerdict::outranked;
  }
}

}  // namespace jieban
