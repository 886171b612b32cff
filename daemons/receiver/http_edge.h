// HttpEdge: the receiver's API (DOMAIN §14.3). Orders in batches, and the operators' commands.
//
// A batch is answered order by order: new, updated, unchanged, rejected with the reason; `warnings`
// says what of an order that was taken was not (normalise.h). An answer leaves after the commit. A
// batch is idempotent by its id, a command by its key. Errors are problem+json: 400 what is wrong
// and where, 401, 403, 404, 409 refused, 413, 503 with Retry-After when the store has no room.
#pragma once

#include <memory>

#include "common/http/server.h"
#include "daemons/receiver/attachment_desk.h"
#include "daemons/receiver/door.h"
#include "daemons/receiver/intake/json_door.h"
#include "daemons/receiver/outcome_board.h"

namespace jieban {

class HttpEdge : public Edge {
 public:
  explicit HttpEdge(const Receiver& receiver) : receiver_(receiver) {}
  // The door that other edges of this daemon share; set by whoever builds them.
  void use(std::shared_ptr<Door> door) { door_ = std::move(door); }

  Result<void> start(const EdgeContext& context) override;
  void signalled(const Signal& signal) override;
  void stop() override;
  // REQUIRES: started.
  uint16_t port() const { return server_->port(); }

 private:
  HttpResponse take_orders(const HttpRequest& request);
  HttpResponse take_command(const HttpRequest& request);
  HttpResponse take_street_command(const HttpRequest& request);
  HttpResponse ask(const HttpRequest& request, CommandRequest command);
  HttpResponse show_command(const HttpRequest& request) const;
  HttpResponse answer_command(const CommandOutcome& outcome);
  // attachment_routes.cc
  void add_attachment_routes();
  Result<void> open_attachments(const EdgeContext& context);
  HttpResponse take_attachment(const HttpRequest& request);
  HttpResponse show_attachment(const HttpRequest& request) const;
  HttpResponse verify_attachment(const HttpRequest& request) const;
  // handover_routes.cc
  void add_handover_routes();
  HttpResponse read_handover(const HttpRequest& request);

  const Receiver& receiver_;
  const EdgeContext* context_ = nullptr;
  std::shared_ptr<Door> door_;
  std::unique_ptr<AttachmentDesk> attachments_;
  OutcomeBoard board_;
  std::unique_ptr<HttpServer> server_;
  std::map<std::string, Counter*> commands_;
};

}  // namespace jieban
