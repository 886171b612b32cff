#include "daemons/receiver/intake/alias_file.h"

#include "common/base/limits.h"

namespace jieban {
namespace {

constexpr int64_t kVersion = 1;

Result<void> check_version(const Node& root) {
  auto node = root.required("version");
  if (!node) return node.error();
  auto version = node->integer();
  if (!version) return version.error();
  if (*version != kVersion) return node->error("this version is not known");
  return {};
}

Result<DateStyle> read_dates(const Node& root) {
  auto node = root.optional("dates");
  if (!node) return DateStyle::year_first;
  auto text = node->text();
  if (!text) return text.error();
  if (*text == "year_first") return DateStyle::year_first;
  if (*text == "month_first") return DateStyle::month_first;
  return node->error("must be year_first or month_first");
}

Result<void> read_field(const Node& aliases, const std::string& name, AliasPairs& pairs) {
  auto list = aliases.required(name);
  if (!list) return list.error();
  if (find_field(name) == nullptr) return list->error("there is no field " + name);
  auto items = list->items();
  if (!items) return items.error();
  for (const Node& item : *items) {
    auto alias = item.text();
    if (!alias) return alias.error();
    pairs.emplace_back(name, *alias);
  }
  return {};
}

}  // namespace

Result<AliasTable> read_aliases(const Document& document) {
  Node root = document.root();
  RETURN_IF_ERROR(root.only_keys({"version", "dates", "aliases"}));
  RETURN_IF_ERROR(check_version(root));
  auto dates = read_dates(root);
  if (!dates) return dates.error();
  auto aliases = root.required("aliases");
  if (!aliases) return aliases.error();
  auto names = aliases->keys();
  if (!names) return names.error();
  AliasPairs pairs;
  for (const std::string& name : *names) RETURN_IF_ERROR(read_field(*aliases, name, pairs));
  auto table = AliasTable::build(pairs, *dates);
  if (!table) return aliases->error(table.error().message);
  return table;
}

Result<AliasTable> load_aliases(const std::string& path) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document) return document.error();
  return read_aliases(*document);
}

}  // namespace jieban
