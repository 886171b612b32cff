// The door for Kannel: what became of a message, and what came back.
#include "common/base/file.h"
#include "common/base/log.h"
#include "common/base/text.h"
#include "common/crypto/hashes.h"
#include "daemons/notifier/door_edge.h"
#include "daemons/notifier/door_problem.h"

namespace jieban {
namespace {

constexpr size_t kSecretBytesMax = 256;
constexpr size_t kSecretBytesMin = 24;
constexpr const char* kKannel = "kannel";

HttpHeaders without_key(HttpHeaders query) {
  query.erase("key");
  return query;
}

// Kannel would send the body of the answer as a message: there is none.
HttpResponse kannel_answer(const Result<std::string>& answer) {
  auto done = gateway_may_forget(answer);
  return done.ok() ? HttpResponse::text(200, "") : door_problem(done.error());
}

}  // namespace

// The file is read for each request, so that a new key needs no restart.
Result<void> DoorEdge::check_kannel_key(const HttpRequest& request) const {
  const std::string& path = context_->settings.text("kannel.secret_file");
  auto text = read_file(path, kSecretBytesMax);
  const std::string_view secret = text.ok() ? trim(*text) : std::string_view();
  if (secret.size() < kSecretBytesMin) {
    log(LogLevel::error, "kannel_secret_unusable",
        {{"why", text.ok() ? path + ": 24 characters at least" : text.error().message}});
    return Error{ErrorCode::unavailable, "Kannel 的密钥文件不可用"};
  }
  auto key = request.query.find("key");
  const bool known = key != request.query.end() && equal_constant_time(secret, key->second);
  if (!known) return Error{ErrorCode::unauthenticated, "key 缺失或不正确"};
  return {};
}

HttpResponse DoorEdge::take_kannel_receipt(const HttpRequest& request) {
  auto allowed = check_kannel_key(request);
  if (!allowed.ok()) return door_problem(allowed.error());
  auto receipt = parts_.kannel_receipt(without_key(request.query));
  if (!receipt.ok()) return door_problem(receipt.error());
  return kannel_answer(desk_->receipt(*receipt, kKannel));
}

HttpResponse DoorEdge::take_kannel_reply(const HttpRequest& request) {
  auto allowed = check_kannel_key(request);
  if (!allowed.ok()) return door_problem(allowed.error());
  auto reply = parts_.kannel_reply(without_key(request.query));
  if (!reply.ok()) return door_problem(reply.error());
  return kannel_answer(desk_->reply(*reply));
}

}  // namespace jieban
