// The pages behind the links of messages.
#include <algorithm>

#include "daemons/notifier/ack_page.h"
#include "daemons/notifier/door_edge.h"
#include "daemons/notifier/door_problem.h"
#include "daemons/notifier/notice_query.h"
#include "daemons/notifier/notice_text.h"

namespace jieban {
namespace {

// By which account it comes in: nobody has logged in.
constexpr const char* kActor = "link";

HttpResponse page_of(const Error& error) {
  if (error.code == ErrorCode::unauthenticated) return ack_page(AckPage::forged);
  if (error.code == ErrorCode::not_found) return ack_page(AckPage::gone);
  if (is_passing(error)) return ack_page(AckPage::later);
  return ack_page(AckPage::refused, error.code == ErrorCode::refused ? error.message : "");
}

// Of a token: what the core refuses is refused otherwise.
HttpResponse page_of_token(const Error& error) {
  return ack_page(error.code == ErrorCode::refused ? AckPage::expired : AckPage::forged);
}

}  // namespace

Result<bool> DoorEdge::is_used(const AckClaim& claim) const {
  auto txn = context_->fold.environment().read();
  if (!txn.ok()) return txn.error();
  return tables_.used_links().has(*txn, claim.notice_id, claim.person);
}

HttpResponse DoorEdge::show_link(const HttpRequest& request) {
  const std::string& token = request.params.find("token")->second;
  auto claim = links_->read(token, context_->clock.now());
  if (!claim.ok()) return page_of_token(claim.error());
  auto used = is_used(*claim);
  if (!used.ok()) return page_of(used.error());
  if (*used) return ack_page(AckPage::repeated);
  auto notice = find_notice(context_->fold, tables_, claim->notice_id);
  if (!notice.ok()) return page_of(notice.error());
  return ack_question(with_link(notice->text, ""));
}

HttpResponse DoorEdge::use_link(const HttpRequest& request) {
  const std::string& token = request.params.find("token")->second;
  const Timestamp now = context_->clock.now();
  auto claim = links_->read(token, now);
  if (!claim.ok()) return page_of_token(claim.error());
  auto used = is_used(*claim);
  if (!used.ok()) return page_of(used.error());
  if (*used) return ack_page(AckPage::repeated);
  AlertAcknowledge told;
  told.person = claim->person;
  told.via = "link";
  told.notice_id = claim->notice_id;
  // The message may have gone out twice, with a link each time.
  told.link_until = std::max(claim->expires_at, links_->all_expired(now));
  auto answer = desk_->acknowledge(told, kActor);
  if (!answer.ok()) return page_of(answer.error());
  return ack_page(*answer == "repeated" ? AckPage::repeated : AckPage::done);
}

}  // namespace jieban
