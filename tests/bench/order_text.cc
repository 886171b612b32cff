#include "tests/bench/order_text.h"

#include <array>
#include <cstdio>

#include "common/base/check.h"

namespace jieban::bench {
namespace {

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

}  // namespace jieban::bench
