#include "daemons/notifier/contacts_file.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/config/document.h"

namespace jieban {
namespace {

constexpr std::array<std::string_view, 5> kSections = {"version", "official", "persons", "units",
                                                       "groups"};

// What the parser says may quote the file: only where it stumbled is passed on.
Error without_words(const Error& error, const std::string& name) {
  if (!error.message.starts_with(name + ":")) return error;
  const std::string_view rest = std::string_view(error.message).substr(name.size());
  const size_t end = rest.find(": ");
  const std::string place(rest.substr(0, std::min(end, rest.find('\n'))));
  return {error.code, name + place +
                          ": this is no well-formed file of contacts: an indentation, a key that "
                          "occurs twice, an anchor or a tag"};
}

Result<void> check_sections(const Node& root) {
  auto keys = root.keys();
  if (!keys.ok()) return keys.error();
  for (const std::string& key : *keys) {
    if (std::ranges::find(kSections, key) != kSections.end()) continue;
    return root.required(key)->error(
        "a part that is not known; there are version, official, persons, units, groups");
  }
  return {};
}

Result<Contacts::Addresses> read_addresses(const Node& node) {
  auto methods = node.keys();
  if (!methods.ok()) return methods.error();
  Contacts::Addresses addresses;
  for (const std::string& method : *methods) {
    auto value = node.required(method);
    if (!value.ok()) return value.error();
    const ContactMethod* known = find_contact_method(method);
    if (known == nullptr) {
      return value->error("a method that is not known; there are " + contact_method_names());
    }
    auto text = value->text();
    if (!text.ok()) return text.error();
    auto address = normal_address(known->kind, *text);
    if (!address) return value->error("this is no address for " + method);
    addresses[method] = std::move(*address);
  }
  return addresses;
}

using Add = Result<void> (Contacts::*)(const std::string&, Contacts::Addresses);

Result<void> read_section(const Node& root, std::string_view section, Add add, Contacts& out) {
  auto node = root.optional(section);
  if (!node || node->kind() == NodeKind::null) return {};
  auto ids = node->keys();
  if (!ids.ok()) return ids.error();
  for (const std::string& id : *ids) {
    auto entry = node->required(id);
    if (!entry.ok()) return entry.error();
    if (!is_contact_id(id)) {
      return entry->error("an id is written like p-li: small letters, digits, - _ . and no name");
    }
    auto addresses = read_addresses(*entry);
    if (!addresses.ok()) return addresses.error();
    auto added = (out.*add)(id, std::move(*addresses));
    if (!added.ok()) return entry->error(added.error().message);
    if (out.persons.size() + out.others.size() > kContactsMax) {
      return entry->error("more than " + std::to_string(kContactsMax) + " contacts");
    }
  }
  return {};
}

Result<Contacts> read_contacts(const Document& document) {
  const Node root = document.root();
  RETURN_IF_ERROR(check_sections(root));
  auto version = root.required("version");
  if (!version.ok()) return version.error();
  auto text = version->text();
  if (!text.ok()) return text.error();
  if (text->empty()) return version->error("the version is empty");
  Contacts contacts;
  contacts.version = std::move(*text);
  RETURN_IF_ERROR(read_section(root, "persons", &Contacts::add_person, contacts));
  RETURN_IF_ERROR(read_section(root, "units", &Contacts::add_other, contacts));
  RETURN_IF_ERROR(read_section(root, "groups", &Contacts::add_other, contacts));
  return contacts;
}

Result<void> check_mode(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return system_error("looking at " + path);
  constexpr unsigned kOthers = 07;
  constexpr unsigned kGroupWrites = 020;
  if ((about.st_mode & (kOthers | kGroupWrites)) == 0) return {};
  return Error{ErrorCode::refused,
               path +
                   " holds addresses of persons and can be read by others, or changed by its "
                   "group: chmod 0640 " +
                   path};
}

}  // namespace

Result<Contacts> load_contacts(const std::string& path) {
  RETURN_IF_ERROR(check_mode(path));
  auto text = read_file(path, limits::kRulesBytesMax);
  if (!text.ok()) return text.error();
  return parse_contacts(*text, path);
}

Result<Contacts> parse_contacts(std::string_view text, const std::string& name) {
  auto document = Document::parse(text, name);
  if (!document.ok()) return without_words(document.error(), name);
  return read_contacts(*document);
}

}  // namespace jieban
