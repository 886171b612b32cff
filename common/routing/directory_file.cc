#include "common/routing/directory_file.h"

#include <algorithm>
#include <array>
#include <set>

#include "common/config/fields.h"
#include "common/domain/code_set.h"

namespace jieban {
namespace {

constexpr std::array<std::string_view, 7> kKinds = {"desk",    "office",  "centre",   "enforcement",
                                                    "station", "company", "community"};

Result<void> read_text(const Node& map, std::string_view key, std::string& out) {
  auto text = required_text(map, key);
  if (!text.ok()) return text.error();
  out = std::move(*text);
  return {};
}

Result<void> read_street(const Node& root, StreetDirectory& directory) {
  auto street = root.required("street");
  if (!street.ok()) return street.error();
  RETURN_IF_ERROR(street->only_keys({"code", "name", "district_code", "district"}));
  RETURN_IF_ERROR(read_text(*street, "code", directory.code));
  RETURN_IF_ERROR(read_text(*street, "name", directory.name));
  return read_text(*street, "district", directory.district);
}

Result<void> read_communities(const Node& root, StreetDirectory& directory) {
  auto items = required_items(root, "communities");
  if (!items.ok()) return items.error();
  for (const Node& item : *items) {
    RETURN_IF_ERROR(item.only_keys({"code", "name"}));
    Community row;
    RETURN_IF_ERROR(read_text(item, "code", row.code));
    RETURN_IF_ERROR(read_text(item, "name", row.name));
    if (!row.code.starts_with(directory.code)) {
      return item.error("a community of another street: " + row.code);
    }
    const bool twice = find_community(directory, row.code) != nullptr ||
                       find_community(directory, row.name) != nullptr;
    if (twice) return item.error("a second community " + row.code + " " + row.name);
    directory.communities.push_back(std::move(row));
  }
  return {};
}

Result<void> read_units(const Node& root, StreetDirectory& directory) {
  auto items = required_items(root, "units");
  if (!items.ok()) return items.error();
  for (const Node& item : *items) {
    RETURN_IF_ERROR(item.only_keys({"id", "name", "kind", "contact"}));
    StreetUnit unit;
    RETURN_IF_ERROR(read_text(item, "id", unit.id));
    RETURN_IF_ERROR(read_text(item, "name", unit.name));
    RETURN_IF_ERROR(read_text(item, "kind", unit.kind));
    auto contact = optional_text(item, "contact");
    if (!contact.ok()) return contact.error();
    unit.contact = std::move(*contact);
    if (unit.contact.value_or("").size() > kContactBytesMax) {
      return item.error("contact has 200 bytes at most");
    }
    if (std::ranges::find(kKinds, unit.kind) == kKinds.end()) {
      return item.error("no kind of unit: " + unit.kind);
    }
    if (find_unit(directory, unit.id) != nullptr) return item.error("a second unit " + unit.id);
    directory.units.push_back(std::move(unit));
  }
  return {};
}

// The items of a list that may be absent.
Result<std::vector<Node>> list_of(const Node& root, std::string_view key) {
  auto node = root.optional(key);
  return node ? node->items() : Result<std::vector<Node>>(std::vector<Node>());
}

Result<std::vector<StreetDuty>> read_duties(const Node& root, std::string_view key,
                                            const CategoryTree* tree) {
  auto items = list_of(root, key);
  if (!items.ok()) return items.error();
  std::vector<StreetDuty> duties;
  for (const Node& item : *items) {
    RETURN_IF_ERROR(item.only_keys({"category", "valid_from", "valid_to"}));
    StreetDuty duty;
    RETURN_IF_ERROR(read_text(item, "category", duty.category));
    RETURN_IF_ERROR(check_category(item, tree, duty.category));
    auto validity = read_validity(item);
    if (!validity.ok()) return validity.error();
    duty.validity = *validity;
    duties.push_back(std::move(duty));
  }
  return duties;
}

Result<NotOursRule> read_not_ours(const Node& node, const CategoryTree* tree) {
  RETURN_IF_ERROR(node.only_keys(
      {"id", "category", "keywords", "reason", "suggested_unit", "valid_from", "valid_to"}));
  NotOursRule rule;
  RETURN_IF_ERROR(read_text(node, "id", rule.id));
  auto category = optional_text(node, "category");
  if (!category.ok()) return category.error();
  rule.category = *category;
  RETURN_IF_ERROR(check_category(node, tree, rule.category));
  auto keywords = text_list(node, "keywords");
  if (!keywords.ok()) return keywords.error();
  rule.keywords = *keywords;
  if (!rule.category && rule.keywords.empty()) {
    return node.error("a rule needs a category or keywords");
  }
  RETURN_IF_ERROR(read_text(node, "reason", rule.reason));
  if (!has_code(CodeSet::return_reason, rule.reason)) {
    return node.error("no reason for a return: " + rule.reason + "; there are " +
                      choices_of(CodeSet::return_reason));
  }
  auto unit = optional_text(node, "suggested_unit");
  if (!unit.ok()) return unit.error();
  rule.suggested_unit = *unit;
  auto validity = read_validity(node);
  if (!validity.ok()) return validity.error();
  rule.validity = *validity;
  return rule;
}

Result<void> read_exceptions(const Node& root, const CategoryTree* tree,
                             StreetDirectory& directory) {
  auto items = list_of(root, "not_ours");
  if (!items.ok()) return items.error();
  std::set<std::string> ids;
  for (const Node& item : *items) {
    auto rule = read_not_ours(item, tree);
    if (!rule.ok()) return rule.error();
    if (!ids.insert(rule->id).second) return item.error("a second rule with the id " + rule->id);
    directory.not_ours.push_back(std::move(*rule));
  }
  return {};
}

}  // namespace

Result<void> check_category(const Node& node, const CategoryTree* tree,
                            const std::optional<std::string>& category) {
  if (tree == nullptr || !category || tree->knows(*category)) return {};
  return node.error("no such category in the tree: " + *category);
}

Result<StreetDirectory> read_directory(const Document& document, const CategoryTree* tree) {
  const Node root = document.root();
  RETURN_IF_ERROR(root.only_keys({"version", "official", "street", "communities", "units", "duties",
                                  "community_duties", "not_ours", "rules"}));
  StreetDirectory directory;
  RETURN_IF_ERROR(read_text(root, "version", directory.version));
  RETURN_IF_ERROR(read_street(root, directory));
  RETURN_IF_ERROR(read_communities(root, directory));
  RETURN_IF_ERROR(read_units(root, directory));
  auto duties = read_duties(root, "duties", tree);
  if (!duties.ok()) return duties.error();
  directory.duties = std::move(*duties);
  auto of_communities = read_duties(root, "community_duties", tree);
  if (!of_communities.ok()) return of_communities.error();
  directory.community_duties = std::move(*of_communities);
  RETURN_IF_ERROR(read_exceptions(root, tree, directory));
  return directory;
}

}  // namespace jieban
