#include "daemons/router/audit_case.h"

#include <algorithm>
#include <array>

#include "common/base/check.h"
#include "daemons/router/argument_reader.h"
#include "daemons/router/unit_choice.h"

namespace jieban {
namespace {

struct AnswerArgument {
  std::string_view name;
  ItemVerdict verdict;
};

// What fails goes before what passes, if somebody says both.
constexpr std::array<AnswerArgument, 3> kAnswers = {
    {{"failed_items", ItemVerdict::fail},
     {"not_applicable_items", ItemVerdict::not_applicable},
     {"passed_items", ItemVerdict::pass}}};

AuditAnswers answers_of(const CommandRequest& request) {
  AuditAnswers answers;
  for (const AnswerArgument& row : kAnswers) {
    for (std::string& code : split_list(argument(request, row.name))) {
      answers.emplace(std::move(code), row.verdict);
    }
  }
  return answers;
}

bool assistance_open(const OrderCourse& course) {
  return std::ranges::any_of(course.assignments, [](const Assignment& row) {
    return row.role == AssignmentRole::assist && row.is_open();
  });
}

Material view_of(const AuditQuestion& question, const OrderMaterial& known) {
  Material material;
  material.subject = {question.order.order_type.value_or(""), question.order.order_class,
                      question.order.category};
  material.signed_at = question.order.signed_at;
  material.due_at = question.order.due_at;
  material.handed_in_at = known.handed_in_at.value_or(question.now);
  material.assistance_open = assistance_open(question.course);
  material.records = known.records;
  material.attachments = known.attachments;
  return material;
}

void add_material(const AuditQuestion& question, AuditCase& made) {
  OrderMaterial& material = made.material;
  if (made.command->command == "attach") {
    if (material.attachments.size() < kAttachmentsMax) {
      add_attachment(material, question.request, question.now);
    }
    return;
  }
  if (made.command->record.empty()) return;
  add_record(material, record_of(made.command->record, question.request, question.now));
  if (!made.command->hands_in) return;
  ++material.handed_in;
  material.handed_in_at = question.now;
  material.handed_in_by = question.actor;
}

}  // namespace

AuditCase open_case(const AuditQuestion& question, OrderMaterial known, const Checklists* lists) {
  AuditCase made;
  made.command = material_command(question.request.command);
  CHECK(made.command != nullptr);
  made.material = std::move(known);
  add_material(question, made);
  if (lists == nullptr) return made;
  made.policy = &lists->policy;
  if (!made.command->audits) return made;
  const Material view = view_of(question, made.material);
  const Checklist* list = checklist_for(*lists, view.subject, view.handed_in_at);
  if (list == nullptr) return made;
  const AuditAnswers answers =
      made.command->hands_in ? AuditAnswers() : answers_of(question.request);
  made.unknown = unknown_codes(*list, answers);
  made.note = evaluate(*list, view, answers);
  made.note->unit = question.order.lead_unit;
  made.note->handed_in_by = made.material.handed_in_by;
  made.note->attempt = made.material.handed_in;
  return made;
}

}  // namespace jieban
