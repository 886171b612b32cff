// QueryEdge: the archive's HTTP interface, for reading only.
//
//   GET /api/v1/orders                 list: filters and paging as in questions.h
//   GET /api/v1/orders/{order_no}      one order with its timeline (?round=)
//   GET /api/v1/records                ?kind=return&order_no=&from=&to=&below=&page_size=
//   GET /api/v1/handovers              ?from=&to=
//   GET /api/v1/handovers/{number}     the log, its signatures, its notes, who was shown the texts
//   GET /api/v1/handovers/{number}/sealed  what was written by hand, in its boxes
//   GET /api/v1/counts                 orders by state
//   GET /api/v1/reports/daily          ?date=2026-07-18, or ?from=&to=; &format=json|markdown
//   GET /api/v1/reports/weekly         ?date=2026-07-18, of its week; &format=json|markdown
//   GET /api/v1/verify                 walks the hash chain; one at a time, else 503
//
// Every route asks who it is; errors are problem+json. Whoever looks at an order is logged.
// Fails: start() as HttpServer::start() does. Thread rule: answers from the server's threads, each
// with read transactions of its own; never touches the core.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "common/config/settings.h"
#include "common/daemon/edge.h"
#include "common/http/server.h"
#include "daemons/archiver/archive.h"

namespace jieban {

// What the archiver's own configuration file may set beside what every daemon's may.
std::vector<Parameter> archiver_parameters();

class QueryEdge : public Edge {
 public:
  // `tables`: of the Archiver, open when start() is called; outlives the edge.
  // Without `authenticate`: the clients of clients.yaml.
  explicit QueryEdge(const ArchiveTables& tables, Authenticate authenticate = nullptr);
  ~QueryEdge() override;

  Result<void> start(const EdgeContext& context) override;
  void stop() override;
  // REQUIRES: started.
  uint16_t port() const;

 private:
  using Answer = Result<HttpResponse> (QueryEdge::*)(const HttpRequest&);
  void add_route(std::string_view pattern, Answer answer);
  Archive archive() const { return {*environment_, tables_}; }
  Result<HttpResponse> list(const HttpRequest& request);
  Result<HttpResponse> view(const HttpRequest& request);
  Result<HttpResponse> records(const HttpRequest& request);
  Result<HttpResponse> handovers(const HttpRequest& request);
  Result<HttpResponse> handover(const HttpRequest& request);
  Result<HttpResponse> written(const HttpRequest& request);
  Result<HttpResponse> count(const HttpRequest& request);
  Result<HttpResponse> report(const HttpRequest& request);
  Result<HttpResponse> material_week(const HttpRequest& request);
  Result<HttpResponse> verify(const HttpRequest& request);

  const ArchiveTables& tables_;
  Authenticate authenticate_;
  const Environment* environment_ = nullptr;
  const Clock* clock_ = nullptr;
  std::string street_name_;
  std::mutex verifying_;
  std::unique_ptr<HttpServer> server_;
};

}  // namespace jieban
