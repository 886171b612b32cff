#include "tests/bench/load.h"

#include <array>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "common/base/check.h"
#include "tests/bench/street.h"

namespace jieban::bench {
namespace {

constexpr std::chrono::milliseconds kRefusedPause{50};

struct Matter {
  const char* category;
  const char* community;
  const char* title;
};

// Each is routed by another rule of the shipped table.
constexpr std::array<Matter, 5> kMatters = {{
    {"公共服务>供暖", "月坛社区", "室内温度低"},
    {"城市管理>市容环境>垃圾清运", "白云观社区", "垃圾桶满溢"},
    {"住房城乡建设>物业管理", "三里河社区", "楼道灯不亮"},
    {"交通管理>停车", "南礼士路社区", "占道停车"},
    {"园林绿化", "木樨地社区", "树枝挡窗"},
}};

// A content in the length that fills an order up; a character has three bytes.
constexpr std::string_view kSentence =
    "市民来电反映此处情况已有多日，希望街道尽快派人到场查看并回复";

std::string filler(size_t bytes) {
  std::string text;
  while (text.size() + kSentence.size() <= bytes) text += kSentence;
  text += kSentence.substr(0, (bytes - text.size()) / 3 * 3);
  return text + std::string(bytes - text.size(), '.');
}

std::string member(const char* name, const std::string& value) {
  return std::string(",\"") + name + "\":\"" + value + "\"";
}

}  // namespace

OrderText::OrderText(Timestamp now) {
  const CivilTime civil = to_civil(now);
  std::array<char, 16> day{};
  std::snprintf(day.data(), day.size(), "%02d%02u%02u", civil.year % 100, civil.month, civil.day);
  day_ = day.data();
  times_ = member("called_at", format_local(now - std::chrono::minutes(3))) +
           member("dispatched_at", format_local(now - std::chrono::minutes(1)));
}

void OrderText::append(uint64_t number, std::string& out) const {
  const Matter& matter = kMatters[number % kMatters.size()];
  const size_t begin = out.size();
  std::array<char, 64> numbers{};
  std::snprintf(numbers.data(), numbers.size(), "{\"order_no\":\"%s%09llu\"", day_.c_str(),
                static_cast<unsigned long long>(number));
  out += numbers.data();
  out += times_;
  out += member("cat_path", matter.category);
  out += member("community", matter.community);
  out += member("title", matter.title);
  out += member("caller_name", "样例市民");
  std::snprintf(numbers.data(), numbers.size(), ",\"caller_phone\":\"139%08llu\"",
                static_cast<unsigned long long>(number % 100'000'000));
  out += numbers.data();
  constexpr std::string_view kContent = ",\"content\":\"";
  constexpr std::string_view kEnd = "\"}";
  const size_t used = out.size() - begin + kContent.size() + kEnd.size();
  CHECK(used < kOrderBytes);
  out += kContent;
  out += filler(kOrderBytes - used);
  out += kEnd;
}

std::string OrderText::batch(uint64_t first, uint64_t count) const {
  std::string body = "{\"batch_id\":\"bench-" + std::to_string(first) + "\",\"orders\":[";
  body.reserve(body.size() + count * (kOrderBytes + 1) + 2);
  for (uint64_t i = 0; i < count; ++i) {
    if (i > 0) body += ',';
    append(first + i, body);
  }
  return body + "]}";
}

Result<Pusher> Pusher::open(const Site& site) {
  auto door = DaemonClient::api(site, "receiver", "city");
  if (!door.ok()) return door.error();
  return Pusher(std::move(*door));
}

Result<void> Pusher::push(const std::string& body, uint64_t count) {
  while (true) {
    auto answer = door_.post("/api/v1/orders", body);
    if (!answer.ok()) return answer.error();
    if (answer->status == 503) {
      ++refused_;
      pass(kRefusedPause);
      continue;
    }
    auto value = value_of(std::move(*answer));
    if (!value.ok()) return value.error();
    if (uint64_t(integer_at(*value, "accepted")) == count) return {};
    return Error{ErrorCode::invalid, "the door did not take every order: " +
                                         std::to_string(integer_at(*value, "accepted")) + " of " +
                                         std::to_string(count)};
  }
}

Result<void> push_all(const Site& site, const OrderText& text, const LoadPlan& plan,
                      std::atomic<uint64_t>& done) {
  std::atomic<uint64_t> next = plan.first;
  const uint64_t end = plan.first + plan.orders;
  std::mutex mutex;
  std::optional<Error> failure;
  auto client = [&] {
    auto pushed = [&]() -> Result<void> {
      auto pusher = Pusher::open(site);
      if (!pusher.ok()) return pusher.error();
      for (uint64_t first = next.fetch_add(plan.batch); first < end;
           first = next.fetch_add(plan.batch)) {
        const uint64_t count = std::min(plan.batch, end - first);
        RETURN_IF_ERROR(pusher->push(text.batch(first, count), count));
        done += count;
      }
      return {};
    }();
    if (pushed.ok()) return;
    next = end;
    const std::lock_guard<std::mutex> guard(mutex);
    failure = pushed.error();
  };
  std::vector<std::thread> clients;
  for (unsigned i = 0; i < plan.connections; ++i) clients.emplace_back(client);
  for (std::thread& thread : clients) thread.join();
  if (failure) return *failure;
  return {};
}

}  // namespace jieban::bench
