// DoorEdge: the notifier's HTTP interface. What comes in goes to the core as inputs (inputs.h).
//
//   POST   /alertmanager/v2              Alertmanager's webhook                     alert_routes.cc
//   GET    /kannel/dlr, /kannel/mo       receipts and replies; ?key= is the secret kannel_routes.cc
//   GET    /api/v1/alerts?state=&topic=&order_no=&below=, /{key}            notice_routes.cc
//   POST   /api/v1/alerts/{key}/ack      {person}; also /api/v1/notices/{id}/ack    ack_routes.cc
//   POST   /api/v1/alerts/{key}/escalate, /api/v1/notices/{id}/escalate  {person} ack_routes.cc
//   GET    /a/{token}, POST /a/{token}   a page with a button, and the button       link_routes.cc
//   POST, GET /api/v1/silences; DELETE /api/v1/silences/{id}                silence_routes.cc
//   GET    /api/v1/notices?state=&channel=&order_no=&from=&below=, /{id}     notice_routes.cc
//   POST   /api/v1/rota/overrides, /leaves, /swaps, /temporary               rota_routes.cc
//   POST   /api/v1/rota/changes/{id}/accept, /approve, /refuse, /withdraw    {by, reason}
//   GET    /api/v1/rota/changes?state=&kind=&from=&to=
//   GET    /api/v1/rota/now?at=, /shifts?from=&to=, /check?from=&to=         &rota=&format=
//
// Promises: an answer leaves after the commit. Who acknowledges, or asks for a silence, stands in
// the rota in force or in the contacts: anybody else is 404, because a slip of the pen would
// silence an alarm. What people write freely (reasons, conditions) is masked before it is an input,
// and so are refusals that may quote it (safe_text.h, mask_tag.h). Every route asks who it is, but
// for those of Kannel, which bring a key, and of links, which are signed. No answer, log or error
// holds a telephone number or whatever else came in from a person. What fails and how: errors are
// problem+json (door_problem.h), those of links small pages. start() fails with what is wrong with
// keys, contacts or the address. Thread rule: answers from the server's threads; never touches the
// core.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/http/server.h"
#include "daemons/notifier/ack_link.h"
#include "daemons/notifier/alert_query.h"
#include "daemons/notifier/duty/rota_view.h"
#include "daemons/notifier/input_desk.h"
#include "daemons/notifier/mask_tag.h"
#include "daemons/notifier/notice_tables.h"

namespace jieban {

// A silence as the core keeps it.
struct SilenceEntry {
  SilenceAdd silence;
  std::string lifted_by;  // "" while it has not been lifted
};

// What the door does not know by itself. Each may be missing: its route then says 404.
struct DoorParts {
  // Percent-decoded queries. `invalid` names the parameter that is wrong and never its value.
  std::function<Result<DeliveryReceipt>(const HttpHeaders& query)> kannel_receipt{};
  std::function<Result<TextReply>(const HttpHeaders& query)> kannel_reply{};
  std::function<Result<std::vector<SilenceEntry>>(const Transaction& store)> silences{};
  std::function<Result<AlertPage>(const AlertFilter& filter, const Transaction& store)> alerts{};
  std::function<Result<Callout>(const std::string& key, const Transaction& store)> alert{};
  // Asked by start(); what it gives lives as long as the edge. Without it: by codes alone.
  std::function<WordsNow(const EdgeContext& context)> reply_words{};
  // Of the core, open when start() is called.
  const LiveRota* rota = nullptr;
  // Default: the clients of clients.yaml.
  Authenticate authenticate{};
};

class DoorEdge : public Edge {
 public:
  static constexpr size_t kBodyBytesMax = 1024 * 1024;

  // `tables`: of the Notifier, open when start() is called; outlives the edge.
  explicit DoorEdge(const NoticeTables& tables, DoorParts parts = {});
  ~DoorEdge() override;

  Result<void> start(const EdgeContext& context) override;
  // The contacts. They are looked at whenever they are needed, so what is read is in force.
  Result<Take> read_again() override {
    RETURN_IF_ERROR(contacts_->reload());
    return Take();
  }
  void stop() override;
  // REQUIRES: started.
  uint16_t port() const { return server_->port(); }
  // REQUIRES: started. For what comes in elsewhere; it lives as long as the edge.
  InputDesk& desk() { return *desk_; }

 private:
  using Route = HttpResponse (DoorEdge::*)(const HttpRequest&);
  void add_route(std::string_view method, std::string_view pattern, Route route,
                 Access access = Access::authenticated);
  void add_routes();

  HttpResponse take_alerts(const HttpRequest& request);
  HttpResponse take_kannel_receipt(const HttpRequest& request);
  HttpResponse take_kannel_reply(const HttpRequest& request);
  Result<void> check_kannel_key(const HttpRequest& request) const;
  HttpResponse acknowledge_alert(const HttpRequest& request);
  HttpResponse acknowledge_notice(const HttpRequest& request);
  HttpResponse escalate_alert(const HttpRequest& request);
  HttpResponse escalate_notice(const HttpRequest& request);
  // ack_routes.cc: hands in what a person says, when he is known.
  template <class Told>
  HttpResponse answer_person(const Result<Told>& told, const HttpRequest& request,
                             InputDesk::Answer (InputDesk::*hand_in)(const Told&,
                                                                     const std::string&));
  // `not_found` for a person whom neither the rota in force nor the contacts have.
  Result<void> check_person(const std::string& person) const;
  HttpResponse show_link(const HttpRequest& request);
  HttpResponse use_link(const HttpRequest& request);
  Result<bool> is_used(const AckClaim& claim) const;
  HttpResponse add_silence(const HttpRequest& request);
  HttpResponse lift_silence(const HttpRequest& request);
  HttpResponse list_silences(const HttpRequest& request);
  HttpResponse request_duty(const HttpRequest& request);
  HttpResponse decide_duty(const HttpRequest& request);
  HttpResponse answer_duty(const std::string& id, const Result<std::string>& answer);
  HttpResponse show_rota(const HttpRequest& request);
  HttpResponse list_duty_changes(const HttpRequest& request, const Transaction& txn,
                                 const RotaBook& book);
  HttpResponse list_alerts(const HttpRequest& request);
  HttpResponse show_alert(const HttpRequest& request);
  HttpResponse list_notices(const HttpRequest& request);
  HttpResponse show_notice(const HttpRequest& request);

  const NoticeTables& tables_;
  DoorParts parts_;
  std::optional<EdgeContext> context_;
  std::unique_ptr<ContactBook> contacts_;
  std::unique_ptr<InputDesk> desk_;
  std::unique_ptr<AckLinks> links_;
  std::optional<MaskTag> mask_tag_;
  std::unique_ptr<RotaView> rota_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace jieban
