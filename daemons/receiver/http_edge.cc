#include "daemons/receiver/http_edge.h"

#include <algorithm>
#include <array>

#include "common/base/limits.h"
#include "common/daemon/credentials.h"
#include "common/domain/command_argument.h"
#include "common/domain/street_command.h"
#include "common/json/json.h"
#include "daemons/receiver/intake/order_number.h"
#include "daemons/receiver/problem.h"
#include "daemons/receiver/push_answer.h"

namespace jieban {
namespace {

constexpr size_t kKeyBytesMax = 128;
constexpr size_t kArgumentBytesMax = 512;     // a list of some units, or of hashes of evidence
constexpr size_t kCommandTextMax = 8000 * 3;  // 8,000 characters, DOMAIN §6.1
constexpr size_t kTextsBytesMax = 4 * kCommandTextMax;  // fits into an event

Result<std::string> text_member(const Value& body, std::string_view key, size_t size_max,
                                bool required) {
  const Value* found = body.find(key);
  if (found == nullptr) {
    if (!required) return std::string();
    return invalid(std::string(key) + ": 缺少该字段");
  }
  if (found->string() == nullptr) return invalid(std::string(key) + ": 应为文字");
  if (found->string()->size() > size_max) return invalid(std::string(key) + ": 过长");
  return *found->string();
}

// What somebody commands: the request, in whose name, and the texts to be sealed.
struct SaidCommand {
  CommandRequest request;
  std::string actor;
  std::map<std::string, std::string> texts;
};

// Open arguments stand in the event as they are and must look like what they are; free text is
// sealed (common/domain/command_argument.h).
Result<void> read_arguments(const Value& body, SaidCommand& said) {
  const Value* arguments = body.find("arguments");
  if (arguments == nullptr) return {};
  if (arguments->object() == nullptr) return invalid("arguments: 应为对象");
  for (const auto& [name, value] : *arguments->object()) {
    const CommandArgument* known = find_argument(name);
    if (known == nullptr) {
      return invalid("arguments." + name + ": 没有这个参数；自由文字请放在 text");
    }
    const bool sealed = known->kind == ArgumentKind::text;
    auto text = text_member(*arguments, name, sealed ? kCommandTextMax : kArgumentBytesMax, true);
    if (!text.ok()) return text.error().context("arguments");
    if (sealed) {
      if (!text->empty()) said.texts[name] = *text;
      continue;
    }
    if (!text->empty() && !is_well_formed(known->kind, *text)) {
      return invalid("arguments." + name + ": 应为" + std::string(how_written(known->kind)));
    }
    said.request.arguments[name] = *text;
  }
  return {};
}

Result<void> read_command(const HttpRequest& http, SaidCommand& said) {
  auto body = parse_json(http.body);
  if (!body.ok()) return body.error();
  if (body->object() == nullptr) return invalid("请求体应为 JSON 对象");
  auto key = text_member(*body, "idempotency_key", kKeyBytesMax, true);
  if (!key.ok()) return key.error();
  bool usable = !key->empty() && key->find('\0') == std::string::npos;
  if (!usable) return invalid("idempotency_key: 不能为空");
  said.request.idempotency_key = *key;
  auto role = text_member(*body, "role", kKeyBytesMax, false);
  if (!role.ok()) return role.error();
  said.request.role = *role;
  auto actor = text_member(*body, "actor", kKeyBytesMax, false);
  if (!actor.ok()) return actor.error();
  said.actor = actor->empty() ? http.principal : *actor;
  auto text = text_member(*body, "text", kCommandTextMax, false);
  if (!text.ok()) return text.error();
  if (!text->empty()) said.texts.emplace(kCommandText, *text);
  RETURN_IF_ERROR(read_arguments(*body, said));
  size_t bytes = 0;
  for (const auto& [name, each] : said.texts) bytes += each.size();
  if (bytes > kTextsBytesMax) return Error{ErrorCode::limit, "文字合计过长"};
  return {};
}

Value outcome_to_value(const CommandOutcome& outcome) {
  Value out;
  out.set("outcome", outcome.outcome).set("command", outcome.command);
  if (outcome.sequence != 0) out.set("sequence", outcome.sequence);
  if (!outcome.event.empty()) out.set("event", outcome.event);
  if (!outcome.state.empty()) out.set("state", outcome.state);
  if (!outcome.code.empty()) out.set("code", outcome.code).set("reason", outcome.reason);
  return out;
}

}  // namespace

Result<void> HttpEdge::start(const EdgeContext& context) {
  CHECK(door_ != nullptr);
  context_ = &context;
  for (const char* outcome : {"done", "refused", "pending"}) {
    commands_[outcome] = &context.metrics.counter("jieban_commands_total", "commands by outcome",
                                                  {{"outcome", outcome}});
  }
  auto directory = keys_directory(context.settings.text("keys.directory"));
  if (!directory.ok()) return directory.error();
  auto clients = client_authentication(*directory, context.clock, {"POST /api/v1/orders"});
  if (!clients.ok()) return clients.error();
  HttpServer::Options options;
  options.address = context.settings.text("api.address");
  options.beyond_loopback = context.settings.boolean("api.beyond_loopback");
  options.body_bytes_max =
      std::max(limits::kRequestBytesMax, context.settings.bytes("attachments.bytes_max"));
  server_ = std::make_unique<HttpServer>(options, *clients);
  RETURN_IF_ERROR(open_attachments(context));
  server_->route("POST", "/api/v1/orders",
                 [this](const HttpRequest& request) { return take_orders(request); });
  server_->route("POST", "/api/v1/orders/{order_no}/commands/{command}",
                 [this](const HttpRequest& request) { return take_command(request); });
  server_->route("POST", "/api/v1/street/commands/{command}",
                 [this](const HttpRequest& request) { return take_street_command(request); });
  server_->route("GET", "/api/v1/commands/{key}",
                 [this](const HttpRequest& request) { return show_command(request); });
  add_attachment_routes();
  add_handover_routes();
  return server_->start();
}

void HttpEdge::stop() {
  if (server_) server_->stop();
}

void HttpEdge::signalled(const Signal& signal) {
  if (signal.topic != kCommandSignal) return;
  auto outcome = decode_payload<CommandOutcome>(signal.text);
  if (outcome.ok()) board_.post(*outcome);
}

HttpResponse HttpEdge::take_orders(const HttpRequest& request) {
  if (request.body.size() > limits::kRequestBytesMax) {
    return HttpResponse::problem(413, "", "请求体过长");
  }
  auto body = parse_json(request.body);
  if (!body.ok()) return problem_of(body.error());
  auto batch = read_push(*body);
  if (!batch.ok()) return problem_of(batch.error());
  std::vector<const Submission*> orders;
  orders.reserve(batch->orders.size());
  for (const PushedOrder& order : batch->orders) {
    if (order.submission.ok()) orders.push_back(&*order.submission);
  }
  std::vector<OrderOutcome> outcomes;
  if (!orders.empty()) {
    std::string source = batch->source.empty() ? request.principal : batch->source;
    auto taken = door_->submit(batch->batch_id, source, request.principal, orders);
    if (!taken.ok()) return problem_of(taken.error());
    outcomes = std::move(*taken);
  }
  const size_t rejected = batch->orders.size() - orders.size();
  door_->count_rejected(rejected);
  const ImportDone done = import_done(request.principal, outcomes, rejected);
  if (orders.empty()) {
    // Nothing else of this push is on disk.
    auto noted = door_->note_import(done);
    if (!noted.ok()) return problem_of(noted.error());
  } else {
    door_->note_import_later(done);
  }
  return HttpResponse::json(200, push_answer(*batch, outcomes));
}

HttpResponse HttpEdge::take_command(const HttpRequest& request) {
  CommandRequest command;
  command.order_no = request.params.find("order_no")->second;
  command.command = request.params.find("command")->second;
  if (!is_command(command.command)) {
    return HttpResponse::problem(404, "", "没有这个命令：" + command.command);
  }
  if (command.command == kAttach) {
    return HttpResponse::problem(400, "", "附件请上传到 /api/v1/orders/{order_no}/attachments");
  }
  // What is no order number can't be a key of the store either.
  auto number = parse_order_number(command.order_no, false);
  if (!number.ok() || *number != command.order_no) {
    return HttpResponse::problem(404, "", "没有这个工单号");
  }
  return ask(request, std::move(command));
}

HttpResponse HttpEdge::take_street_command(const HttpRequest& request) {
  CommandRequest command;
  command.command = request.params.find("command")->second;
  if (find_street_command(command.command) == nullptr) {
    return HttpResponse::problem(404, "", "没有这个命令：" + command.command);
  }
  return ask(request, std::move(command));
}

HttpResponse HttpEdge::ask(const HttpRequest& request, CommandRequest command) {
  if (request.body.size() > limits::kRequestBytesMax) {
    return HttpResponse::problem(413, "", "请求体过长");
  }
  SaidCommand said;
  said.request = std::move(command);
  auto read = read_command(request, said);
  if (!read.ok()) return problem_of(read.error());
  auto outcome = door_->command(std::move(said.request), said.actor, std::move(said.texts));
  if (!outcome.ok()) return problem_of(outcome.error());
  if (outcome->outcome == "pending") {
    if (auto decided = board_.wait(outcome->sequence, kOutcomeWait)) *outcome = *decided;
  }
  return answer_command(*outcome);
}

HttpResponse HttpEdge::answer_command(const CommandOutcome& outcome) {
  struct Row {
    std::string_view outcome;
    int status;
  };
  static constexpr std::array<Row, 3> kRows = {{{"done", 200}, {"refused", 409}, {"pending", 202}}};
  int status = 500;
  for (const Row& row : kRows) {
    if (row.outcome == outcome.outcome) status = row.status;
  }
  if (outcome.code == "order_unknown") status = 404;
  auto counter = commands_.find(outcome.outcome);
  if (counter != commands_.end()) counter->second->increment();
  return HttpResponse::json(status, to_json(outcome_to_value(outcome)) + "\n");
}

HttpResponse HttpEdge::show_command(const HttpRequest& request) const {
  auto txn = context_->fold.environment().read();
  if (!txn.ok()) return problem_of(txn.error());
  const std::string& key = request.params.find("key")->second;
  if (key.size() > kKeyBytesMax) return HttpResponse::problem(400, "", "idempotency_key: 过长");
  auto outcome = receiver_.commands().get(*txn, make_key(std::string_view(key)));
  if (!outcome.ok()) return problem_of(outcome.error());
  if (!*outcome) return HttpResponse::problem(404, "", "没有用过这个 idempotency_key");
  return HttpResponse::json(200, to_json(outcome_to_value(**outcome)) + "\n");
}

}  // namespace jieban
