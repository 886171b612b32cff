#include "common/domain/code_set.h"

#include <array>

#include "common/base/check.h"

namespace jieban {
namespace {

constexpr std::array<Code, 9> kReturnReasons = {{{"TERRITORY", "属地不符"},
                                                 {"DUTY", "职责不符"},
                                                 {"OWNERSHIP", "权属不清"},
                                                 {"OVERLAP", "职能交叉"},
                                                 {"DUPLICATE", "重复"},
                                                 {"LEGAL_CHANNEL", "应走法定途径"},
                                                 {"UNCLEAR", "要素不清无法办理"},
                                                 {"ENTERPRISE", "应派企业"},
                                                 {"OTHER", "其他"}}};
constexpr std::array<Code, 6> kRejectReasons = {{{"INCOMPLETE", "材料不全"},
                                                 {"UNSOLVED", "问题未解决"},
                                                 {"NOT_CONTACTED", "未联系诉求人"},
                                                 {"NOT_ON_POINT", "答非所问"},
                                                 {"FORMAT", "格式不符"},
                                                 {"OTHER", "其他"}}};
constexpr std::array<Code, 4> kCancelReasons = {
    {{"CALLER", "诉求人撤回"}, {"CITY", "上级撤回"}, {"DUPLICATE", "重复"}, {"OTHER", "其他"}}};
constexpr std::array<Code, 6> kExtensionReasons = {{{"COMPLEX", "情况复杂"},
                                                    {"MULTI_UNIT", "需多部门协同"},
                                                    {"MATERIAL", "需备料或施工周期"},
                                                    {"SEASON", "季节或天气所限"},
                                                    {"CALLER", "诉求人原因"},
                                                    {"OTHER", "其他"}}};
constexpr std::array<Code, 4> kContactMethods = {
    {{"phone", "电话"}, {"sms", "短信"}, {"visit", "上门"}, {"wechat", "微信"}}};
constexpr std::array<Code, 3> kAttitudes = {
    {{"accepts", "认可"}, {"disagrees", "不认可"}, {"not_reached", "未接通"}}};
constexpr std::array<Code, 4> kVisitMethods = {
    {{"phone", "电话"}, {"sms", "短信"}, {"network", "网络"}, {"door", "上门"}}};
constexpr std::array<Code, 3> kSolved = {
    {{"SOLVED", "解决"}, {"PARTIAL", "部分解决"}, {"UNSOLVED", "未解决"}}};
constexpr std::array<Code, 5> kSatisfied = {{{"SATISFIED", "满意"},
                                             {"BASIC_SATISFIED", "基本满意"},
                                             {"FAIR", "一般"},
                                             {"UNSATISFIED", "不满意"},
                                             {"UNRATED", "未评价"}}};
constexpr std::array<Code, 6> kHardCaseReasons = {{{"HISTORY", "历史遗留"},
                                                   {"POLICY", "政策瓶颈"},
                                                   {"FUNDS", "资金"},
                                                   {"OWNERSHIP", "权属"},
                                                   {"MULTI_UNIT", "多部门"},
                                                   {"PROPERTY", "物业或业委会"}}};
constexpr std::array<Code, 3> kExitConditions = {
    {{"SOLVED", "解决"}, {"EXPLAINED", "政策解释到位"}, {"EXCLUDED", "剔除认定"}}};
constexpr std::array<Code, 7> kReviewCauses = {{{"UNIT", "承办不力"},
                                                {"POLICY", "政策瓶颈"},
                                                {"FUNDS", "资金"},
                                                {"HISTORY", "历史遗留"},
                                                {"CALLER", "诉求人原因"},
                                                {"PROCESS", "流程问题"},
                                                {"OTHER", "其他"}}};
constexpr std::array<Code, 3> kWhistleResults = {
    {{"solved", "已解决"}, {"under_way", "处理中"}, {"not_solved", "未解决"}}};
constexpr std::array<Code, 2> kAppealRoutes = {
    {{"unreasonable", "不合理诉求"}, {"assessment", "考核申诉"}}};
constexpr std::array<Code, 5> kAppealTargets = {{{"response", "响应"},
                                                 {"solved", "解决"},
                                                 {"satisfied", "满意"},
                                                 {"all", "全部"},
                                                 {"overdue", "超时"}}};
constexpr std::array<Code, 4> kAppealResults = {{{"CITY_PASS", "市通过（剔除）"},
                                                 {"CITY_DENY", "市查否"},
                                                 {"DISTRICT_DENY", "区否"},
                                                 {"WITHDRAWN", "撤回"}}};
constexpr std::array<Code, 5> kClasses = {{{"complex", "复杂疑难"},
                                           {"general", "一般诉求"},
                                           {"consult", "咨询"},
                                           {"utility", "水电气热"},
                                           {"emergency", "突发紧急"}}};
constexpr std::array<Code, 7> kFlags = {{{"supervised", "督办"},
                                         {"escalated", "提级"},
                                         {"whistled", "吹哨"},
                                         {"hang_up", "挂账"},
                                         {"confidential", "保密工单"},
                                         {"duplicate", "重复"},
                                         {"emergency", "突发"}}};
constexpr std::array<Code, 10> kClocks = {{{"sign", "签收"},
                                           {"forward", "转派"},
                                           {"return", "退单窗口"},
                                           {"contact", "先行联系"},
                                           {"internal", "内部办理"},
                                           {"audit", "审核"},
                                           {"due", "办理"},
                                           {"redo", "驳回重办"},
                                           {"appeal", "申诉窗口"},
                                           {"review", "未解决复盘"}}};
constexpr std::array<Code, 3> kPauseReasons = {
    {{"return_pending", "退单审核中"}, {"awaiting_caller", "等待诉求人"}, {"court", "司法程序"}}};
constexpr std::array<Code, 3> kAssignmentRoles = {
    {{"assist", "协办"}, {"cc", "抄送"}, {"whistle", "吹哨"}}};

constexpr std::array<Code, 9> kAttachmentKinds = {{{"photo", "照片"},
                                                   {"video", "视频"},
                                                   {"audio", "通话录音"},
                                                   {"screenshot", "截图"},
                                                   {"document", "文件"},
                                                   {"certificate", "证件"},
                                                   {"law_paper", "执法文书"},
                                                   {"minutes", "会议纪要"},
                                                   {"other", "其他"}}};

constexpr std::array<Code, 4> kMissFigures = {
    {{"sign", "签收率"}, {"forward", "转办率"}, {"on_time", "按时办结率"}, {"feedback", "反馈率"}}};
constexpr std::array<Code, 5> kMissCauses = {{{"staff", "人员"},
                                              {"unit", "承办单位"},
                                              {"system", "系统"},
                                              {"upstream", "上级平台"},
                                              {"force_majeure", "不可抗力"}}};

constexpr std::array<Code, 4> kNoteKinds = {{{"event", "值班事件"},
                                             {"instruction", "领导交办"},
                                             {"equipment", "设备状态"},
                                             {"other", "其他"}}};

// In the order of the enum.
constexpr std::array<std::span<const Code>, 25> kSets = {
    {kReturnReasons,   kRejectReasons,   kCancelReasons,  kExtensionReasons, kContactMethods,
     kAttitudes,       kVisitMethods,    kSolved,         kSatisfied,        kHardCaseReasons,
     kExitConditions,  kReviewCauses,    kWhistleResults, kAppealRoutes,     kAppealTargets,
     kAppealResults,   kClasses,         kFlags,          kClocks,           kPauseReasons,
     kAssignmentRoles, kAttachmentKinds, kMissFigures,    kMissCauses,       kNoteKinds}};

const Code* find_code(CodeSet set, std::string_view code) {
  for (const Code& row : codes_of(set)) {
    if (row.code == code) return &row;
  }
  return nullptr;
}

}  // namespace

std::span<const Code> codes_of(CodeSet set) {
  CHECK(size_t(set) < kSets.size());
  return kSets.at(size_t(set));
}

bool has_code(CodeSet set, std::string_view code) { return find_code(set, code) != nullptr; }

std::string_view code_chinese(CodeSet set, std::string_view code) {
  const Code* row = find_code(set, code);
  return row == nullptr ? code : row->chinese;
}

std::string choices_of(CodeSet set) {
  std::string text;
  for (const Code& row : codes_of(set)) {
    if (!text.empty()) text += "、";
    text += row.code;
    text += " ";
    text += row.chinese;
  }
  return text;
}

int class_rank(std::string_view order_class) {
  for (size_t i = 0; i < kClasses.size(); ++i) {
    if (kClasses.at(i).code == order_class) return int(i);
  }
  return -1;
}

}  // namespace jieban
