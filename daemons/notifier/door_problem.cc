#include "daemons/notifier/door_problem.h"

#include <array>

#include "common/json/json.h"
#include "daemons/notifier/safe_text.h"

namespace jieban {
namespace {

constexpr std::chrono::seconds kRetryAfter{10};
constexpr int kUnavailable = 503;
constexpr int kFailed = 500;

struct StatusRow {
  ErrorCode code;
  int status;
};

constexpr std::array<StatusRow, 8> kStatuses = {{{ErrorCode::invalid, 400},
                                                 {ErrorCode::unauthenticated, 401},
                                                 {ErrorCode::not_found, 404},
                                                 {ErrorCode::refused, 409},
                                                 {ErrorCode::conflict, 409},
                                                 {ErrorCode::limit, 413},
                                                 {ErrorCode::full, kUnavailable},
                                                 {ErrorCode::unavailable, kUnavailable}}};

int status_of(const Error& error) {
  for (const StatusRow& row : kStatuses) {
    if (row.code == error.code) return row.status;
  }
  return kFailed;
}

}  // namespace

bool is_passing(const Error& error) { return status_of(error) >= kFailed; }

Result<void> gateway_may_forget(const Result<std::string>& answer) {
  if (!answer.ok() && is_passing(answer.error())) return answer.error();
  return {};
}

HttpResponse door_problem(const Error& error) {
  const int status = status_of(error);
  return HttpResponse::problem(status, "", safe_text(error.message),
                               status == kUnavailable ? Duration(kRetryAfter) : Duration::zero());
}

HttpResponse door_answer(const Value& value) {
  return HttpResponse::json(200, to_json(value) + "\n");
}

HttpResponse door_answer(const Result<std::string>& answer) {
  if (!answer.ok()) return door_problem(answer.error());
  Value value;
  value.set("answer", *answer);
  return door_answer(value);
}

}  // namespace jieban
