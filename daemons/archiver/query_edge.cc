#include "daemons/archiver/query_edge.h"

#include "common/base/log.h"
#include "common/daemon/credentials.h"
#include "common/json/json.h"
#include "daemons/archiver/answers.h"
#include "daemons/archiver/handover_written.h"
#include "daemons/archiver/questions.h"
#include "daemons/archiver/report_text.h"

namespace jieban {
namespace {

// Walking a chain of ten million records takes about this long: a million a second.
constexpr std::chrono::seconds kVerifyPause{10};

HttpResponse json_answer(const Value& value) { return HttpResponse::json(200, to_json(value)); }

HttpResponse markdown_answer(std::string text) {
  HttpResponse response = HttpResponse::text(200, std::move(text));
  response.content_type = "text/markdown; charset=utf-8";
  return response;
}

HttpResponse problem_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::invalid:
    case ErrorCode::limit:
      return HttpResponse::problem(400, "", error.message);
    case ErrorCode::not_found:
      return HttpResponse::problem(404, "", error.message);
    case ErrorCode::unavailable:
      return HttpResponse::problem(503, "", error.message, kVerifyPause);
    default:
      log(LogLevel::error, "query_failed", {{"why", error.message}});
      return HttpResponse::problem(500, "", "the archive could not be read: " + error.message);
  }
}

}  // namespace

std::vector<Parameter> archiver_parameters() {
  return {
      {.name = "api.address",
       .kind = ParameterKind::text,
       .default_text = "127.0.0.1:9115",
       .meaning = "where the archive is asked over HTTP"},
      {.name = "api.beyond_loopback",
       .kind = ParameterKind::boolean,
       .default_text = "false",
       .meaning = "allow an address that other machines reach; only behind a proxy with TLS"},
      {.name = "report.street_name",
       .kind = ParameterKind::text,
       .default_text = "",
       .maximum = "90",
       .meaning = "the street's name in the titles of reports"},
  };
}

QueryEdge::QueryEdge(const ArchiveTables& tables, Authenticate authenticate)
    : tables_(tables), authenticate_(std::move(authenticate)) {}

QueryEdge::~QueryEdge() = default;

Result<void> QueryEdge::start(const EdgeContext& context) {
  environment_ = &context.fold.environment();
  clock_ = &context.clock;
  street_name_ = context.settings.text("report.street_name");
  HttpServer::Options options;
  options.address = context.settings.text("api.address");
  options.beyond_loopback = context.settings.boolean("api.beyond_loopback");
  if (!authenticate_) {
    auto directory = keys_directory(context.settings.text("keys.directory"));
    if (!directory.ok()) return directory.error();
    auto clients = client_authentication(*directory, context.clock, {});
    if (!clients.ok()) return clients.error();
    authenticate_ = *clients;
  }
  server_ = std::make_unique<HttpServer>(options, authenticate_);
  add_route("/api/v1/orders", &QueryEdge::list);
  add_route("/api/v1/orders/{order_no}", &QueryEdge::view);
  add_route("/api/v1/records", &QueryEdge::records);
  add_route("/api/v1/handovers", &QueryEdge::handovers);
  add_route("/api/v1/handovers/{number}", &QueryEdge::handover);
  add_route("/api/v1/handovers/{number}/sealed", &QueryEdge::written);
  add_route("/api/v1/counts", &QueryEdge::count);
  add_route("/api/v1/reports/daily", &QueryEdge::report);
  add_route("/api/v1/reports/weekly", &QueryEdge::material_week);
  add_route("/api/v1/verify", &QueryEdge::verify);
  return server_->start();
}

void QueryEdge::stop() {
  if (server_) server_->stop();
}

uint16_t QueryEdge::port() const { return server_->port(); }

void QueryEdge::add_route(std::string_view pattern, Answer answer) {
  server_->route("GET", pattern, [this, answer](const HttpRequest& request) {
    auto response = (this->*answer)(request);
    return response.ok() ? std::move(*response) : problem_of(response.error());
  });
}

Result<HttpResponse> QueryEdge::list(const HttpRequest& request) {
  auto filter = read_order_filter(request.query);
  if (!filter.ok()) return filter.error();
  auto page = list_orders(archive(), *filter);
  if (!page.ok()) return page.error();
  return json_answer(page_value(*page));
}

Result<HttpResponse> QueryEdge::view(const HttpRequest& request) {
  auto round = read_round(request.query);
  if (!round.ok()) return round.error();
  auto view = view_order(archive(), request.params.find("order_no")->second, *round);
  if (!view.ok()) return view.error();
  log(LogLevel::info, "order_viewed",
      {{"who", request.principal}, {"order_no", view->order.summary.order_no}});
  return json_answer(view_value(*view));
}

Result<HttpResponse> QueryEdge::records(const HttpRequest& request) {
  auto filter = read_record_filter(request.query);
  if (!filter.ok()) return filter.error();
  auto page = list_records(archive(), *filter);
  if (!page.ok()) return page.error();
  return json_answer(records_value(*page));
}

Result<HttpResponse> QueryEdge::handovers(const HttpRequest& request) {
  auto span = read_span_question(request.query, clock_->now());
  if (!span.ok()) return span.error();
  auto listed = list_handovers(archive(), span->from, span->to);
  if (!listed.ok()) return listed.error();
  return json_answer(handovers_value(*listed));
}

Result<HttpResponse> QueryEdge::handover(const HttpRequest& request) {
  RETURN_IF_ERROR(refuse_parameters(request.query));
  auto found = find_handover(archive(), request.params.find("number")->second);
  if (!found.ok()) return found.error();
  log(LogLevel::info, "handover_viewed",
      {{"who", request.principal}, {"handover", found->out.handover}});
  return json_answer(handover_value(*found));
}

Result<HttpResponse> QueryEdge::written(const HttpRequest& request) {
  RETURN_IF_ERROR(refuse_parameters(request.query));
  auto found = find_written(archive(), request.params.find("number")->second);
  if (!found.ok()) return found.error();
  return json_answer(written_value(*found));
}

Result<HttpResponse> QueryEdge::count(const HttpRequest& request) {
  RETURN_IF_ERROR(refuse_parameters(request.query));
  auto counts = count_orders(archive());
  if (!counts.ok()) return counts.error();
  return json_answer(counts_value(*counts));
}

Result<HttpResponse> QueryEdge::report(const HttpRequest& request) {
  auto question = read_report_question(request.query, clock_->now());
  if (!question.ok()) return question.error();
  auto report = make_report(archive(), question->period);
  if (!report.ok()) return report.error();
  if (question->format == ReportFormat::json) return json_answer(report_value(*report));
  return markdown_answer(report_markdown(*report, street_name_));
}

Result<HttpResponse> QueryEdge::material_week(const HttpRequest& request) {
  auto question = read_week_question(request.query, clock_->now());
  if (!question.ok()) return question.error();
  auto week = make_material_week(archive(), question->week);
  if (!week.ok()) return week.error();
  if (question->format == ReportFormat::json) return json_answer(material_week_value(*week));
  return markdown_answer(material_week_markdown(*week, street_name_));
}

Result<HttpResponse> QueryEdge::verify(const HttpRequest& request) {
  RETURN_IF_ERROR(refuse_parameters(request.query));
  std::unique_lock<std::mutex> alone(verifying_, std::try_to_lock);
  if (!alone.owns_lock()) {
    return Error{ErrorCode::unavailable, "the chain is being verified already; ask again later"};
  }
  auto report = verify_chain(archive());
  if (!report.ok()) return report.error();
  if (report->broken_at) {
    log(LogLevel::error, "chain_broken", {{"number", *report->broken_at}, {"why", report->reason}});
  }
  return json_answer(chain_value(*report));
}

}  // namespace jieban
