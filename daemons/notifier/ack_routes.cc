// Acknowledgements, and escalations by hand, by programs and by the command line.
#include "daemons/notifier/body_reader.h"
#include "daemons/notifier/door_edge.h"
#include "daemons/notifier/door_problem.h"

namespace jieban {
namespace {

constexpr size_t kPersonBytesMax = 64;
constexpr size_t kViaBytesMax = 8;
constexpr size_t kKeyBytesMax = 512;

// Who, and by what: "api", or "cli" where it says so. What for stands in the path.
template <class Told>
Result<Told> read_told(const HttpRequest& request) {
  auto body = BodyReader::parse(request.body, {"person", "via"});
  if (!body.ok()) return body.error();
  Told told;
  auto person = body->required("person", kPersonBytesMax);
  if (!person.ok()) return person.error();
  if (!is_contact_id(*person)) return invalid("person: 应为人员编号，如 p-li");
  told.person = std::move(*person);
  auto via = body->optional("via", kViaBytesMax);
  if (!via.ok()) return via.error();
  told.via = via->empty() ? "api" : *via;
  if (told.via != "api" && told.via != "cli") return invalid("via: 应为 api 或 cli");
  return told;
}

template <class Told>
Result<Told> of_alert(const HttpRequest& request) {
  auto told = read_told<Told>(request);
  if (!told.ok()) return told.error();
  told->alert = request.params.find("key")->second;
  if (told->alert.size() <= kKeyBytesMax) return told;
  return Error{ErrorCode::not_found, "没有这个告警"};
}

template <class Told>
Result<Told> of_notice(const HttpRequest& request) {
  auto told = read_told<Told>(request);
  if (!told.ok()) return told.error();
  told->notice_id = request.params.find("id")->second;
  if (told->notice_id.size() <= kKeyBytesMax) return told;
  return Error{ErrorCode::not_found, "没有这条通知"};
}

}  // namespace

Result<void> DoorEdge::check_person(const std::string& person) const {
  if (contacts_->current()->persons.contains(person)) return {};
  const Error unknown{
      ErrorCode::not_found,
      "没有这个人员编号，未作记录。请核对编号（jieban rota now --live 列出在岗人员），"
      "或先将其写入 rota.yaml 或 contacts.yaml"};
  if (!rota_) return unknown;
  auto txn = context_->fold.environment().read();
  if (!txn.ok()) return txn.error();
  auto book = rota_->book(*txn);
  if (!book.ok() && book.error().code != ErrorCode::unavailable) return book.error();
  return book.ok() && book->find_person(person) != nullptr ? Result<void>() : unknown;
}

template <class Told>
HttpResponse DoorEdge::answer_person(const Result<Told>& told, const HttpRequest& request,
                                     InputDesk::Answer (InputDesk::*hand_in)(const Told&,
                                                                             const std::string&)) {
  if (!told.ok()) return door_problem(told.error());
  auto known = check_person(told->person);
  if (!known.ok()) return door_problem(known.error());
  return door_answer((*desk_.*hand_in)(*told, request.principal));
}

HttpResponse DoorEdge::acknowledge_alert(const HttpRequest& request) {
  return answer_person(of_alert<AlertAcknowledge>(request), request, &InputDesk::acknowledge);
}

HttpResponse DoorEdge::acknowledge_notice(const HttpRequest& request) {
  return answer_person(of_notice<AlertAcknowledge>(request), request, &InputDesk::acknowledge);
}

HttpResponse DoorEdge::escalate_alert(const HttpRequest& request) {
  return answer_person(of_alert<AlertEscalate>(request), request, &InputDesk::escalate);
}

HttpResponse DoorEdge::escalate_notice(const HttpRequest& request) {
  return answer_person(of_notice<AlertEscalate>(request), request, &InputDesk::escalate);
}

}  // namespace jieban
