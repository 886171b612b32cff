#include "daemons/notifier/door_edge.h"

#include "common/daemon/credentials.h"

namespace jieban {

DoorEdge::DoorEdge(const NoticeTables& tables, DoorParts parts)
    : tables_(tables), parts_(std::move(parts)) {}

DoorEdge::~DoorEdge() { stop(); }

Result<void> DoorEdge::start(const EdgeContext& context) {
  context_.emplace(context);
  auto contacts = ContactBook::open(context.settings.text("contacts.file"));
  if (!contacts.ok()) return contacts.error();
  contacts_ = std::move(*contacts);
  desk_ = std::make_unique<InputDesk>(
      context, *contacts_, parts_.reply_words ? parts_.reply_words(context) : WordsNow());
  auto links = AckLinks::load(context.settings);
  if (!links.ok()) return links.error();
  links_ = std::make_unique<AckLinks>(std::move(*links));
  auto tag = MaskTag::load(context.settings);
  if (!tag.ok()) return tag.error();
  mask_tag_.emplace(std::move(*tag));
  if (parts_.rota != nullptr) rota_ = std::make_unique<RotaView>(*parts_.rota);
  if (!parts_.authenticate) {
    auto directory = keys_directory(context.settings.text("keys.directory"));
    if (!directory.ok()) return directory.error();
    auto clients = client_authentication(*directory, context.clock, {"POST /alertmanager/v2"});
    if (!clients.ok()) return clients.error();
    parts_.authenticate = std::move(*clients);
  }
  HttpServer::Options options;
  options.address = context.settings.text("api.address");
  options.beyond_loopback = context.settings.boolean("api.beyond_loopback");
  options.body_bytes_max = kBodyBytesMax;
  server_ = std::make_unique<HttpServer>(options, parts_.authenticate);
  add_routes();
  return server_->start();
}

void DoorEdge::stop() {
  if (server_) server_->stop();
}

void DoorEdge::add_route(std::string_view method, std::string_view pattern, Route route,
                         Access access) {
  server_->route(
      method, pattern,
      [this, route](const HttpRequest& request) { return (this->*route)(request); }, access);
}

void DoorEdge::add_routes() {
  add_route("POST", "/alertmanager/v2", &DoorEdge::take_alerts);
  if (!context_->settings.text("kannel.secret_file").empty()) {
    if (parts_.kannel_receipt) {
      add_route("GET", "/kannel/dlr", &DoorEdge::take_kannel_receipt, Access::open);
    }
    if (parts_.kannel_reply) {
      add_route("GET", "/kannel/mo", &DoorEdge::take_kannel_reply, Access::open);
    }
  }
  add_route("POST", "/api/v1/alerts/{key}/ack", &DoorEdge::acknowledge_alert);
  add_route("POST", "/api/v1/notices/{id}/ack", &DoorEdge::acknowledge_notice);
  add_route("POST", "/api/v1/alerts/{key}/escalate", &DoorEdge::escalate_alert);
  add_route("POST", "/api/v1/notices/{id}/escalate", &DoorEdge::escalate_notice);
  add_route("GET", "/a/{token}", &DoorEdge::show_link, Access::open);
  add_route("POST", "/a/{token}", &DoorEdge::use_link, Access::open);
  add_route("POST", "/api/v1/silences", &DoorEdge::add_silence);
  add_route("DELETE", "/api/v1/silences/{id}", &DoorEdge::lift_silence);
  if (parts_.silences) add_route("GET", "/api/v1/silences", &DoorEdge::list_silences);
  if (rota_) {
    add_route("POST", "/api/v1/rota/{kind}", &DoorEdge::request_duty);
    add_route("POST", "/api/v1/rota/changes/{id}/{verb}", &DoorEdge::decide_duty);
    add_route("GET", "/api/v1/rota/{view}", &DoorEdge::show_rota);
  }
  if (parts_.alerts && parts_.alert) {
    add_route("GET", "/api/v1/alerts", &DoorEdge::list_alerts);
    add_route("GET", "/api/v1/alerts/{key}", &DoorEdge::show_alert);
  }
  add_route("GET", "/api/v1/notices", &DoorEdge::list_notices);
  add_route("GET", "/api/v1/notices/{id}", &DoorEdge::show_notice);
}

}  // namespace jieban
