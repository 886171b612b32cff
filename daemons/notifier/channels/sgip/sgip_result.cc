#include "daemons/notifier/channels/sgip/sgip_result.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

// Short enough that an urgent notice is not late, long enough that a queue empties.
constexpr Duration kBusy = std::chrono::seconds(30);

using Outcome = DeliveryOutcome;

// A closed door (login, route, charge) is a matter of the contract, and somebody will mend it; what
// is said of the number or the message itself is for good; all else passes.
constexpr std::array<SgipMeaning, 25> kMeanings = {{
    {0, Outcome::accepted, "成功", "accepted"},
    {1, Outcome::denied, "非法登录，登录名或口令错误", "illegal login"},
    {2, Outcome::failed, "重复登录", "repeated login", kBusy},
    {3, Outcome::failed, "连接过多", "too many connections", kBusy},
    {4, Outcome::denied, "登录类型错误", "wrong login type"},
    {5, Outcome::rejected, "参数格式错误", "wrong format of a parameter"},
    {6, Outcome::rejected, "非法手机号码", "illegal mobile number"},
    {7, Outcome::rejected, "消息ID错误", "wrong message id"},
    {8, Outcome::rejected, "信息长度错误", "wrong length"},
    {9, Outcome::failed, "非法序列号", "illegal sequence number"},
    {10, Outcome::denied, "非法操作GNS", "illegal GNS operation"},
    {11, Outcome::failed, "节点忙", "node busy", kBusy},
    {21, Outcome::failed, "目的地址不可达", "destination unreachable"},
    {22, Outcome::denied, "路由错误", "route error"},
    {23, Outcome::denied, "路由不存在", "no route"},
    {24, Outcome::denied, "计费号码无效", "charge number invalid"},
    {25, Outcome::failed, "用户不能通信", "user unreachable"},
    {26, Outcome::failed, "手机内存不足", "handset memory full"},
    {27, Outcome::rejected, "手机不支持短消息", "handset without short messages"},
    {28, Outcome::failed, "手机接收短消息出现错误", "handset receive error"},
    {29, Outcome::rejected, "不知道的用户", "unknown user"},
    {30, Outcome::rejected, "不提供此功能", "function not provided"},
    {31, Outcome::rejected, "非法设备", "illegal device"},
    {32, Outcome::failed, "系统失败", "system failure"},
    {33, Outcome::failed, "短信中心队列满", "queue of the message centre full", kBusy},
}};

}  // namespace

std::span<const SgipMeaning> sgip_meanings() { return kMeanings; }

const SgipMeaning* find_sgip_meaning(uint8_t code) {
  const auto* found = std::find_if(kMeanings.begin(), kMeanings.end(),
                                   [code](const SgipMeaning& row) { return row.code == code; });
  return found == kMeanings.end() ? nullptr : found;
}

DeliveryOutcome outcome_of_sgip(uint8_t code) {
  const SgipMeaning* meaning = find_sgip_meaning(code);
  return meaning == nullptr ? DeliveryOutcome::failed : meaning->outcome;
}

std::string describe_sgip(uint8_t code) {
  std::string text = "SGIP " + std::to_string(code) + ": ";
  const SgipMeaning* meaning = find_sgip_meaning(code);
  if (meaning == nullptr) return text + "未列出的结果码 (not in the table)";
  return text.append(meaning->chinese).append(" (").append(meaning->english).append(")");
}

}  // namespace jieban
