// Contacts: the addresses of persons, units and groups. Known to edges alone.
//
// No address ever goes into an event, a log, a metric or an error: what names a person outside of
// this value is its id ("p-li"), which is no name either. Ids of persons, units and groups are one
// namespace, so that whoever is to be reached is named by an id alone.
// What fails and how: adding returns `conflict`, naming an id and a method and never the address;
// what is no address of its kind gives nothing.
// Thread rule: plain values, pure functions.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.h"

namespace jieban {

enum class AddressKind { phone, mail, account };

// By which a person can be reached, and what stands there.
struct ContactMethod {
  std::string_view name;  // "sms"
  AddressKind kind;
};

// nullptr when there is no such method.
const ContactMethod* find_contact_method(std::string_view name);
// "sms, voice, mail, ..."
std::string contact_method_names();

// 13800138000 of "+86 138 0013 8000", "0086-138-0013-8000", "138 0013 8000" in full-width digits;
// 01066051234 of a land line. Empty for what is no number of a telephone in China.
std::optional<std::string> contact_phone(std::string_view typed);
// As it is kept: a phone in its normal form, anything else trimmed; empty when it is no address of
// this kind.
std::optional<std::string> normal_address(AddressKind kind, std::string_view typed);

// [a-z0-9] and [-_.] between, at most 64: what may name a person, a unit or a group.
bool is_contact_id(std::string_view id);

class Contacts {
 public:
  using Addresses = std::map<std::string, std::string, std::less<>>;  // by method

  std::string version;
  std::map<std::string, Addresses, std::less<>> persons;
  std::map<std::string, Addresses, std::less<>> others;  // units and groups

  // Of a person, a unit or a group. Empty when there is none.
  std::optional<std::string> address_of(std::string_view id, std::string_view method) const;
  // Whose phone this is, however it is written; empty when it is nobody's.
  std::optional<std::string> person_of(std::string_view phone) const;

  // Adds one entry. `conflict` when the id stands here already, or when the phone is another
  // person's: nobody could tell whose reply it is.
  Result<void> add_person(const std::string& id, Addresses addresses);
  Result<void> add_other(const std::string& id, Addresses addresses);

 private:
  Result<void> take_phones(const std::string& id, const Addresses& addresses);
  std::map<std::string, std::string, std::less<>> by_phone_;  // in normal form
};

}  // namespace jieban
