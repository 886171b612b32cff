#include "tests/support/gateways/ums_emulator.h"

#include <optional>

#include "common/base/bytes.h"
#include "common/base/encoding.h"
#include "common/base/text.h"

namespace jieban {
namespace {

constexpr int64_t kBadForm = 1;
constexpr int64_t kBadLogin = 3;
constexpr int64_t kBadNumber = 6;
constexpr int64_t kTooLong = 8;
constexpr int64_t kBadSerial = 15;

// Percent-encoded GBK to UTF-8.
std::optional<std::string> decoded(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    if (text.front() != '%') {
      bytes.push_back(text.front());
      text.remove_prefix(1);
      continue;
    }
    auto byte = from_hex(text.substr(1, 2));
    if (!byte || byte->size() != 1) return std::nullopt;
    bytes += *byte;
    text.remove_prefix(3);
  }
  auto utf8 = gb18030_to_utf8(bytes);
  return utf8.ok() ? std::optional(*utf8) : std::nullopt;
}

std::optional<Value> parse_form(std::string_view body) {
  Value form;
  while (!body.empty()) {
    std::string_view field = body.substr(0, body.find('&'));
    body.remove_prefix(std::min(body.size(), field.size() + 1));
    const size_t sign = field.find('=');
    auto value = sign == std::string_view::npos ? std::nullopt : decoded(field.substr(sign + 1));
    if (!value) return std::nullopt;
    form.set(std::string(field.substr(0, sign)), *value);
  }
  return form;
}

bool is_digits(const std::string& text, size_t count) {
  return text.size() == count && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace

UmsEmulator::UmsEmulator(const Clock& clock, std::string password)
    : RobotEmulator(clock), password_(std::move(password)) {
  open("/sms/Api/Send.do");
}

int64_t UmsEmulator::judge(const HttpRequest& request, Value& message) {
  if (request.header("content-type") != "application/x-www-form-urlencoded") return kBadForm;
  auto form = parse_form(request.body);
  if (!form ||
      !has_shape(&*form, {"SpCode", "LoginName", "Password", "MessageContent", "UserNumber",
                          "SerialNumber", "?ScheduleTime", "?ExtendAccessNum", "f"})) {
    return kBadForm;
  }
  auto text = [&](const char* key) { return *form->find(key)->string(); };
  if (text("Password") != password_) return kBadLogin;
  if (!is_digits(text("UserNumber"), 11)) return kBadNumber;
  if (character_count(text("MessageContent")) > 402) return kTooLong;
  if (text("f") != "1" || text("MessageContent").empty()) return kBadForm;
  if (!is_digits(text("SerialNumber"), 20) || !serial_numbers_.insert(text("SerialNumber")).second)
    return kBadSerial;
  message = *form;
  return 0;
}

std::string UmsEmulator::reply(int64_t code) const {
  auto words = utf8_to_gbk(code == 0 ? "发送短信成功" : "号码13800138000有误");
  return "result=" + std::to_string(code) + "&description=" + *words +
         "&taskid=2026020312&faillist=&task_id=7&result=9";
}

}  // namespace jieban
