// Changes of the rota: asked for, decided on, listed; and who is on duty by the live rota.
#include "daemons/notifier/door_edge.h"
#include "daemons/notifier/door_problem.h"
#include "daemons/notifier/duty/duty_query.h"

namespace jieban {
namespace {

const std::string& part_of(const HttpRequest& request, std::string_view name) {
  return request.params.find(name)->second;
}

}  // namespace

HttpResponse DoorEdge::request_duty(const HttpRequest& request) {
  auto wanted = read_duty_request(part_of(request, "kind"), request.body);
  if (!wanted.ok()) return door_problem(wanted.error());
  return answer_duty(wanted->id, desk_->request_duty(*wanted, request.principal));
}

HttpResponse DoorEdge::decide_duty(const HttpRequest& request) {
  auto wanted = read_duty_decision(part_of(request, "id"), part_of(request, "verb"), request.body);
  if (!wanted.ok()) return door_problem(wanted.error());
  return answer_duty(wanted->id, desk_->decide_duty(*wanted, request.principal));
}

// With the record as it is now: also who repeats a command sees its warnings.
HttpResponse DoorEdge::answer_duty(const std::string& id, const Result<std::string>& answer) {
  if (!answer.ok()) return door_problem(answer.error());
  auto txn = context_->fold.environment().read();
  if (!txn.ok()) return door_problem(txn.error());
  auto book = rota_->book(*txn);
  if (!book.ok()) return door_problem(book.error());
  auto all = rota_->changes(*txn);
  if (!all.ok()) return door_problem(all.error());
  Value value;
  value.set("id", id).set("answer", *answer);
  for (const DutyChange& change : *all) {
    if (change.request.id != id) continue;
    value.set("change", duty_change_value(change, *book, context_->clock.now()));
  }
  return door_answer(value);
}

HttpResponse DoorEdge::show_rota(const HttpRequest& request) {
  auto txn = context_->fold.environment().read();
  if (!txn.ok()) return door_problem(txn.error());
  auto book = rota_->book(*txn);
  if (!book.ok()) return door_problem(book.error());
  const std::string& view = part_of(request, "view");
  if (view == "changes") return list_duty_changes(request, *txn, *book);
  if (view != "now" && view != "shifts" && view != "check") {
    return HttpResponse::problem(404, "", "没有这种查询；可用 now, shifts, check, changes");
  }
  const Timestamp now = context_->clock.now();
  auto question = read_duty_question(request.query, view == "now", now);
  if (!question.ok()) return door_problem(question.error());
  auto response = view == "now"      ? answer_on_duty(*book, *question)
                  : view == "shifts" ? answer_shifts(*book, *question, context_->street, now)
                                     : answer_duty_check(*book, *question);
  return response.ok() ? std::move(*response) : door_problem(response.error());
}

HttpResponse DoorEdge::list_duty_changes(const HttpRequest& request, const Transaction& txn,
                                         const RotaBook& book) {
  auto filter = read_duty_filter(request.query);
  if (!filter.ok()) return door_problem(filter.error());
  auto all = rota_->changes(txn);
  if (!all.ok()) return door_problem(all.error());
  const Timestamp now = context_->clock.now();
  Value::Array changes;
  for (const DutyChange& change : *all) {
    if (matches(*filter, change, now)) changes.push_back(duty_change_value(change, book, now));
  }
  Value value;
  value.set("changes", std::move(changes));
  return door_answer(value);
}

}  // namespace jieban
