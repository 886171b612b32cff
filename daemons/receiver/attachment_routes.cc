// The attachment routes of the door's HTTP API; declared in http_edge.h.
#include <array>

#include "common/base/log.h"
#include "common/domain/command_argument.h"
#include "common/json/json.h"
#include "daemons/receiver/http_edge.h"
#include "daemons/receiver/intake/order_number.h"
#include "daemons/receiver/problem.h"

namespace jieban {
namespace {

constexpr size_t kQueryBytesMax = 512;

std::string text_of(const HttpRequest& request, std::string_view name) {
  auto found = request.query.find(name);
  return found == request.query.end() ? std::string() : found->second;
}

// Arguments of the command that come as parameters.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kArguments = {
    {{"kind", "attachment_kind"}, {"taken_at", "taken_at"}}};

Result<Upload> read_upload(const HttpRequest& http) {
  Upload upload;
  upload.request.order_no = http.params.find("order_no")->second;
  for (const auto& [name, value] : http.query) {
    if (value.size() > kQueryBytesMax) return invalid(name + ": 过长");
    if (value.find('\0') != std::string::npos) return invalid(name + ": 含空字符");
  }
  for (const auto& [name, argument] : kArguments) {
    const std::string value = text_of(http, name);
    if (value.empty()) continue;
    const ArgumentKind kind = find_argument(argument)->kind;
    if (!is_well_formed(kind, value)) {
      return invalid(std::string(name) + ": 应为" + std::string(how_written(kind)));
    }
    upload.request.arguments[std::string(argument)] = value;
  }
  upload.request.role = text_of(http, "role");
  upload.request.idempotency_key = text_of(http, "idempotency_key");
  const std::string actor = text_of(http, "actor");
  upload.actor = actor.empty() ? http.principal : actor;
  upload.name = text_of(http, "name");
  const std::string_view type = http.header("content-type");
  upload.media_type = type.substr(0, type.find(';'));
  upload.content = http.body;
  return upload;
}

// Who may not, and why, if he may not.
std::optional<HttpResponse> refuse_viewer(const HttpRequest& request, bool confidential) {
  Role role{};
  const bool known = from_string(text_of(request, "role"), role);
  const RoleSet allowed = confidential ? kSeesConfidential : kSeesAttachments;
  if (!known || role == Role::desk || !allowed.has(role)) {
    return HttpResponse::problem(403, "",
                                 "须用 role 说明岗位；可查看附件的：" + to_chinese(allowed));
  }
  if (confidential && text_of(request, "reason").empty()) {
    return HttpResponse::problem(403, "", "保密工单须用 reason 说明查看理由");
  }
  return std::nullopt;
}

}  // namespace

Result<void> HttpEdge::open_attachments(const EdgeContext& context) {
  const Settings& settings = context.settings;
  attachments_ = std::make_unique<AttachmentDesk>(
      receiver_, context, door_,
      AttachmentLimits{settings.text("attachments.directory"),
                       settings.bytes("attachments.bytes_max"),
                       settings.bytes("attachments.disk_free_min")});
  auto swept = attachments_->sweep();
  if (!swept.ok()) return swept.error();
  if (*swept > 0) log(LogLevel::notice, "attachments_swept", {{"files", uint64_t(*swept)}});
  return {};
}

void HttpEdge::add_attachment_routes() {
  server_->route("POST", "/api/v1/orders/{order_no}/attachments",
                 [this](const HttpRequest& request) { return take_attachment(request); });
  server_->route("GET", "/api/v1/attachments/{hash}",
                 [this](const HttpRequest& request) { return show_attachment(request); });
  server_->route("GET", "/api/v1/attachments/{hash}/verify",
                 [this](const HttpRequest& request) { return verify_attachment(request); });
}

HttpResponse HttpEdge::take_attachment(const HttpRequest& request) {
  auto upload = read_upload(request);
  if (!upload.ok()) return problem_of(upload.error());
  auto number = parse_order_number(upload->request.order_no, false);
  if (!number.ok() || *number != upload->request.order_no) {
    return HttpResponse::problem(404, "", "没有这个工单号");
  }
  auto outcome = attachments_->take(std::move(*upload));
  if (!outcome.ok()) return problem_of(outcome.error());
  if (outcome->outcome == "pending") {
    if (auto decided = board_.wait(outcome->sequence, kOutcomeWait)) *outcome = *decided;
  }
  if (outcome->outcome == "refused" && outcome->attachment) {
    auto dropped = attachments_->drop_orphan(*outcome->attachment);
    if (!dropped.ok()) log(LogLevel::error, "attachment_left", {{"why", dropped.error().message}});
  }
  return answer_command(*outcome);
}

HttpResponse HttpEdge::show_attachment(const HttpRequest& request) const {
  if (auto refused = refuse_viewer(request, false)) return *refused;
  const std::string& hash = request.params.find("hash")->second;
  auto stored = attachments_->open(hash);
  if (!stored.ok()) return problem_of(stored.error());
  if (auto refused = refuse_viewer(request, stored->confidential)) return *refused;
  log(LogLevel::info, "attachment_viewed",
      {{"who", request.principal}, {"role", text_of(request, "role")}, {"hash", hash}});
  HttpResponse response = HttpResponse::text(200, std::move(stored->content));
  response.content_type = stored->media_type;
  response.headers.emplace_back("Content-Disposition", "attachment");
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  return response;
}

HttpResponse HttpEdge::verify_attachment(const HttpRequest& request) const {
  const std::string& hash = request.params.find("hash")->second;
  auto stored = attachments_->open(hash);
  const bool damaged = !stored.ok() && stored.error().code == ErrorCode::corrupt;
  if (!stored.ok() && !damaged) return problem_of(stored.error());
  Value answer;
  answer.set("hash", hash).set("intact", stored.ok());
  if (stored.ok()) answer.set("bytes", uint64_t(stored->content.size()));
  return HttpResponse::json(200, to_json(answer) + "\n");
}

}  // namespace jieban
