#include "common/domain/guard.h"

#include <array>

#include "common/base/check.h"

namespace jieban {
namespace {

constexpr std::array<GuardText, 55> kGuards = {{
    {Guard::needs_unit, "unit_missing",
     "派单规则没有匹配到承办单位；请在命令中用 lead_unit 指定主办单位"},
    {Guard::bounce_cap, "bounce_cap", "部门退回已达上限，须由班组长指定承办单位"},
    {Guard::may_bounce, "designated",
     "承办单位由班组长兜底指定，首接负责，不得再退回；有异议请申请退单或由班组长改派"},
    {Guard::bounce_fields, "bounce_fields", "退回须用 reason_code 说明原因"},
    {Guard::self_answer, "self_answer", "只有咨询类或规则列明可由坐席答复的分类才能直接答复"},
    {Guard::unit_named, "unit_named", "须用 lead_unit 指定与现主办不同的单位"},
    {Guard::assignment_fields, "assignment_fields",
     "须用 unit 指定尚未参与的单位，用 assignment_role 指定其任务"},
    {Guard::assignment_open, "assignment_open", "须用 unit 指定任务未完成的非主办单位"},
    {Guard::return_fields, "return_fields",
     "退单须有 reason_code、basis（依据）、evidence（佐证）；前四类原因另须 suggested_unit"},
    {Guard::return_second_person, "return_second_person",
     "退单须先由另一人拟退单（draft_return），再由班组长审核上报"},
    {Guard::return_window, "return_window", "已过退单窗口；确须退单的，加 override=yes 并留痕"},
    {Guard::reason_given, "reason_given", "须用 reason_code 或 text 说明理由"},
    {Guard::extension_fields, "extension_fields",
     "延期须有 reason_code 和晚于现办理时限的 due_at，且不超过规定的最长期限"},
    {Guard::extension_single, "extension_single", "已有一次延期申请待批，须先批准或驳回"},
    {Guard::extension_count, "extension_count", "延期次数已达上限"},
    {Guard::extension_pending, "extension_pending", "没有待批的延期申请，须先申请延期"},
    {Guard::extension_second_person, "extension_second_person", "延期须由申请人以外的人批准"},
    {Guard::extension_proofs, "extension_proofs",
     "批准延期前须有两项证明：caller_told_at（已告知诉求人）和 hotline_told_at（已告知热线）；"
     "所请期限须仍符合规定"},
    {Guard::contact_fields, "contact_fields",
     "联系记录须有 method、connected；联系时间 happened_at 不得晚于现在"},
    {Guard::stage_fields, "stage_fields", "阶段性报告须有 text（工作情况）"},
    {Guard::feedback_times, "feedback_times",
     "反馈须有两个时间：caller_told_at（诉求人）和 hotline_told_at（热线），均不得晚于现在"},
    {Guard::hand_in_policy, "hand_in_policy", "提交材料前须先完成规则要求的记录"},
    {Guard::failed_items, "failed_items", "审核退回须用 failed_items 列出未通过的项目"},
    {Guard::audit_open, "audit_open", "该次提交已审核通过，无须再审"},
    {Guard::submit_policy, "submit_policy", "规则要求先审核通过（audit_pass）再提交"},
    {Guard::reject_fields, "reject_fields", "驳回须用 reason_code 说明原因"},
    {Guard::cancel_fields, "cancel_fields", "撤单须用 reason_code 说明原因"},
    {Guard::visit_fields, "visit_fields",
     "回访记录须有 method、reached；接通的须有 contacted、solved、satisfied"},
    {Guard::review_fields, "review_fields", "复盘须有 cause（原因）和 conclusion（结论）"},
    {Guard::hard_case_fields, "hard_case_fields",
     "疑难台账须有 reason_code、case_leader、plan、exit_condition 和将来的 next_check_at"},
    {Guard::whistle_fields, "whistle_fields",
     "吹哨须有 called_units（尚未被吹哨的单位）、matter（事项）和将来的 respond_by"},
    {Guard::whistle_unit, "whistle_unit",
     "须用 unit 指定已吹哨而未报到的单位，arrived_at 不得晚于现在"},
    {Guard::appeal_fields, "appeal_fields",
     "申诉须有 route、target 和 point_code，且没有未决的申诉"},
    {Guard::appeal_pending, "appeal_pending", "没有未决的申诉；结果须用 result 说明"},
    {Guard::appeals_decided, "appeals_decided", "申诉尚未有结果，不能归档"},
    {Guard::round_next, "round_next", "round 须为下一轮次；新的办理时限 due_at 须晚于现在"},
    {Guard::parent_fields, "parent_fields", "须用 parent_order_no 指定另一工单"},
    {Guard::class_raised, "class_raised", "须用 order_class 指定更紧急的类别"},
    {Guard::class_lowered, "class_lowered", "须用 order_class 指定较缓的类别"},
    {Guard::flag_to_set, "flag_to_set", "须用 flag 指定尚未设置的标记；重复标记须有 duplicate_of"},
    {Guard::flag_to_clear, "flag_to_clear", "须用 flag 指定已设置的标记"},
    {Guard::clock_to_pause, "clock_to_pause",
     "须用 clock 指定正在计时且未暂停的时限，用 reason 说明该类工单准许的原因，"
     "并有 evidence（佐证）"},
    {Guard::clock_to_resume, "clock_to_resume", "须用 clock 指定已暂停的时限"},
    {Guard::material_complete, "material_incomplete", "材料清单的必备项目须齐全"},
    {Guard::audit_second_person, "audit_second_person", "材料须由提交人以外的人审核"},
    {Guard::audit_items, "audit_items",
     "审核须用 passed_items、failed_items、not_applicable_items "
     "答复清单的项目；必备项目未过的不得通过"},
    {Guard::attachment_fields, "attachment_fields",
     "附件须经附件接口上传，attachment_kind 须为规定种类，每单附件数有上限"},
    {Guard::community_lead, "community_lead",
     "社区不得主办社区职责清单以外的事项（条例第十七条）；请指定其他主办单位，社区可作协办"},
    {Guard::clock_to_reanchor, "clock_to_reanchor", "clock 须为一个时限；不写则为全部时限"},
    {Guard::miss_fields, "miss_fields",
     "未达标原因须有 figure（指标）、cause（原因）和 evidence（佐证）"},
    {Guard::miss_agreed, "miss_agreed", "甲方意见（agreed）须由班组长登记"},
    {Guard::rectification_fields, "rectification_fields",
     "整改要求须有 rectification（编号）、matter（要求）和 evidence（佐证）；happened_at "
     "不得晚于现在，"
     "rectify_by 不得早于要求时间"},
    {Guard::rectification_new, "rectification_new",
     "该编号的整改已在本工单登记，或本工单的整改已满"},
    {Guard::rectification_open, "rectification_open",
     "须用 rectification 指定在本工单登记、尚未完成的整改"},
    {Guard::rectification_proof, "rectification_proof",
     "须有 evidence（佐证）；happened_at 不得晚于现在"},
}};

}  // namespace

std::span<const GuardText> guard_texts() { return kGuards; }

const GuardText& text_of(Guard guard) {
  CHECK(guard != Guard::none);
  return kGuards.at(size_t(guard) - 1);
}

}  // namespace jieban
