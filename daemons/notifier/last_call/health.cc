#include "daemons/notifier/last_call/health.h"

#include <array>
#include <string_view>

namespace jieban {
namespace {

constexpr int kWell = 200;
constexpr size_t kSaidMax = 200;

struct AilmentText {
  std::string_view word;
  const char* text;
};
constexpr std::array<AilmentText, 4> kAilmentTexts = {{
    {"loop", "主循环停住"},
    {"store", "存储或磁盘已满"},
    {"rules", "规则未载入"},
    {"channel", "发送线程停住"},
}};
constexpr const char* kOtherAilment = "健康检查异常";

}  // namespace

NotifierHealth health_of(const Result<HttpReply>& reply) {
  NotifierHealth health;
  if (!reply.ok()) {
    health.said = reply.error().message;
    return health;
  }
  health.answers = true;
  if (reply->status == kWell) return health;
  health.said = reply->body.substr(0, std::min(reply->body.find('\n'), kSaidMax));
  health.ailment = kOtherAilment;
  const std::string_view word = std::string_view(health.said).substr(0, health.said.find(':'));
  for (const AilmentText& each : kAilmentTexts) {
    if (each.word == word) health.ailment = each.text;
  }
  return health;
}

}  // namespace jieban
