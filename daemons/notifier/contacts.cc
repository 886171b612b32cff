#include "daemons/notifier/contacts.h"

#include <algorithm>
#include <array>

#include "common/base/text.h"

namespace jieban {
namespace {

constexpr std::array<ContactMethod, 6> kMethods = {{
    {"sms", AddressKind::phone},
    {"voice", AddressKind::phone},
    {"mail", AddressKind::mail},
    {"wecom", AddressKind::account},
    {"dingtalk", AddressKind::account},
    {"feishu", AddressKind::account},
}};

constexpr size_t kIdMax = 64;
constexpr size_t kAddressMax = 128;
constexpr std::string_view kDigits = "0123456789";

bool all_digits(std::string_view text) {
  return text.find_first_not_of(kDigits) == std::string_view::npos;
}

// Without what people put between the digits.
std::string bare_number(std::string_view typed) {
  std::string bare;
  for (char c : half_width(trim(typed))) {
    constexpr std::string_view kBetween = " -()\t";
    if (kBetween.find(c) == std::string_view::npos) bare += c;
  }
  return bare;
}

bool is_mobile_number(std::string_view digits) {
  constexpr size_t kMobileDigits = 11;
  return digits.size() == kMobileDigits && digits.front() == '1';
}

bool is_visible(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

bool is_mail(std::string_view text) {
  const size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find('@', at + 1) == std::string_view::npos;
}

}  // namespace

const ContactMethod* find_contact_method(std::string_view name) {
  const auto* found = std::ranges::find(kMethods, name, &ContactMethod::name);
  return found == kMethods.end() ? nullptr : found;
}

std::string contact_method_names() {
  std::string names;
  for (const ContactMethod& method : kMethods) {
    names += (names.empty() ? "" : ", ") + std::string(method.name);
  }
  return names;
}

std::optional<std::string> contact_phone(std::string_view typed) {
  // A longer text is no number, and is not looked through.
  if (typed.size() > kAddressMax) return std::nullopt;
  std::string number = bare_number(typed);
  bool abroad = number.starts_with('+');
  for (std::string_view prefix : {"+86", "0086"}) {
    if (!number.starts_with(prefix)) continue;
    number.erase(0, prefix.size());
    abroad = false;
    // A land line is written without its 0 behind the country's code.
    if (!is_mobile_number(number) && !number.starts_with('0')) number.insert(0, 1, '0');
    break;
  }
  // As operators' gateways write it.
  if (number.starts_with("86") && is_mobile_number(std::string_view(number).substr(2))) {
    number.erase(0, 2);
  }
  if (abroad || number.empty() || !all_digits(number)) return std::nullopt;
  constexpr size_t kLandLineMin = 11;
  constexpr size_t kLandLineMax = 12;
  const bool land_line = number.front() == '0' && number.size() >= kLandLineMin &&
                         number.size() <= kLandLineMax && number[1] != '0';
  if (!is_mobile_number(number) && !land_line) return std::nullopt;
  return number;
}

std::optional<std::string> normal_address(AddressKind kind, std::string_view typed) {
  if (kind == AddressKind::phone) return contact_phone(typed);
  const std::string_view text = trim(typed);
  const bool usable = !text.empty() && text.size() <= kAddressMax && is_visible(text);
  if (!usable || (kind == AddressKind::mail && !is_mail(text))) return std::nullopt;
  return std::string(text);
}

bool is_contact_id(std::string_view id) {
  static constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
  if (id.empty() || id.size() > kIdMax) return false;
  if (kLetters.find(id.front()) == std::string_view::npos) return false;
  // Digits alone are somebody's number in the wrong place.
  if (all_digits(id)) return false;
  return std::ranges::all_of(id, [](char c) {
    return kLetters.find(c) != std::string_view::npos || c == '-' || c == '_' || c == '.';
  });
}

std::optional<std::string> Contacts::address_of(std::string_view id,
                                                std::string_view method) const {
  for (const auto* list : {&persons, &others}) {
    auto found = list->find(id);
    if (found == list->end()) continue;
    auto address = found->second.find(method);
    if (address != found->second.end()) return address->second;
  }
  return std::nullopt;
}

std::optional<std::string> Contacts::person_of(std::string_view phone) const {
  auto number = contact_phone(phone);
  if (!number) return std::nullopt;
  auto found = by_phone_.find(*number);
  if (found == by_phone_.end()) return std::nullopt;
  return found->second;
}

Result<void> Contacts::take_phones(const std::string& id, const Addresses& addresses) {
  for (const auto& [method, address] : addresses) {
    const ContactMethod* known = find_contact_method(method);
    if (known == nullptr || known->kind != AddressKind::phone) continue;
    auto [place, fresh] = by_phone_.emplace(address, id);
    if (fresh || place->second == id) continue;
    return Error{ErrorCode::conflict, "the " + method + " number of " + id + " is also that of " +
                                          place->second + ": whose reply it is could not be told"};
  }
  return {};
}

Result<void> Contacts::add_person(const std::string& id, Addresses addresses) {
  RETURN_IF_ERROR(take_phones(id, addresses));
  const bool known = others.contains(id) || !persons.emplace(id, std::move(addresses)).second;
  if (known) return Error{ErrorCode::conflict, id + " occurs twice"};
  return {};
}

Result<void> Contacts::add_other(const std::string& id, Addresses addresses) {
  const bool known = persons.contains(id) || !others.emplace(id, std::move(addresses)).second;
  if (known) return Error{ErrorCode::conflict, id + " occurs twice"};
  return {};
}

}  // namespace jieban
