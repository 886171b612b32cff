// What is open and what was told, to whom it may concern: reading only.
#include "daemons/notifier/door_edge.h"
#include "daemons/notifier/door_problem.h"
#include "daemons/notifier/notice_query.h"

namespace jieban {

HttpResponse DoorEdge::list_alerts(const HttpRequest& request) {
  auto filter = read_alert_filter(request.query);
  if (!filter.ok()) return door_problem(filter.error());
  auto txn = context_->fold.environment().read();
  if (!txn.ok()) return door_problem(txn.error());
  auto page = parts_.alerts(*filter, *txn);
  if (!page.ok()) return door_problem(page.error());
  return door_answer(alert_page_value(*page));
}

HttpResponse DoorEdge::show_alert(const HttpRequest& request) {
  if (!request.query.empty()) return HttpResponse::problem(400, "", "这里没有参数");
  auto txn = context_->fold.environment().read();
  if (!txn.ok()) return door_problem(txn.error());
  auto alert = parts_.alert(request.params.find("key")->second, *txn);
  if (!alert.ok()) return door_problem(alert.error());
  return door_answer(alert_value(*alert));
}

HttpResponse DoorEdge::list_notices(const HttpRequest& request) {
  auto filter = read_notice_filter(request.query);
  if (!filter.ok()) return door_problem(filter.error());
  auto page = jieban::list_notices(context_->fold, tables_, *filter);
  if (!page.ok()) return door_problem(page.error());
  return door_answer(notice_page_value(*page));
}

HttpResponse DoorEdge::show_notice(const HttpRequest& request) {
  if (!request.query.empty()) return HttpResponse::problem(400, "", "这里没有参数");
  auto notice = find_notice(context_->fold, tables_, request.params.find("id")->second);
  if (!notice.ok()) return door_problem(notice.error());
  auto members = list_members(context_->fold, tables_, notice->notice_id);
  if (!members.ok()) return door_problem(members.error());
  return door_answer(notice_value(*notice, *members));
}

}  // namespace jieban
