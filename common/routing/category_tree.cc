#include "common/routing/category_tree.h"

#include <algorithm>
#include <set>

#include "common/base/limits.h"
#include "common/config/fields.h"
#include "common/domain/livelihood_tag.h"

namespace jieban {
namespace {

// "甲>乙" of "甲>乙>丙"; empty of "甲".
std::string_view parent_of(std::string_view path) {
  const size_t cut = path.rfind('>');
  return cut == std::string_view::npos ? std::string_view() : path.substr(0, cut);
}

bool is_well_formed(std::string_view path) {
  return !path.starts_with('>') && !path.ends_with('>') &&
         path.find(">>") == std::string_view::npos;
}

template <class Rows>
auto find_path(const Rows& rows, std::string_view path) {
  auto found = std::ranges::lower_bound(rows, path, {},
                                        [](const auto& row) { return std::string_view(row.path); });
  return found != rows.end() && found->path == path ? found : rows.end();
}

Result<std::vector<std::string>> read_tags(const Node& node) {
  auto texts = text_list(node, "tags");
  if (!texts.ok()) return texts.error();
  for (std::string& text : *texts) {
    const LivelihoodTag* tag = find_livelihood_tag(text);
    if (tag == nullptr) return node.error("no tag of 七有五性: " + text);
    text = tag->code;
  }
  return texts;
}

Result<Category> read_category(const Node& node) {
  RETURN_IF_ERROR(node.only_keys({"code", "path", "tags", "valid_from", "valid_to"}));
  Category row;
  auto code = required_text(node, "code");
  if (!code.ok()) return code.error();
  row.code = *code;
  auto path = required_text(node, "path");
  if (!path.ok()) return path.error();
  if (!is_well_formed(*path)) return node.error("no path such as 城市管理>违法建设: " + *path);
  row.path = *path;
  auto tags = read_tags(node);
  if (!tags.ok()) return tags.error();
  row.tags = *tags;
  auto validity = read_validity(node);
  if (!validity.ok()) return validity.error();
  row.validity = *validity;
  return row;
}

// Each code and path once, each parent there.
Result<void> check_tree(const std::vector<Node>& items, const std::vector<Category>& rows) {
  std::set<std::string_view> codes;
  std::set<std::string_view> paths;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (!codes.insert(rows[i].code).second) return items[i].error("a second " + rows[i].code);
    if (!paths.insert(rows[i].path).second) return items[i].error("a second " + rows[i].path);
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string_view parent = parent_of(rows[i].path);
    if (parent.empty() || paths.contains(parent)) continue;
    return items[i].error("its parent is no category: " + std::string(parent));
  }
  return {};
}

}  // namespace

bool CategoryTree::knows(std::string_view path) const {
  return find_path(rows, path) != rows.end();
}

Result<CategoryTree> read_categories(const Document& document) {
  const Node root = document.root();
  RETURN_IF_ERROR(root.only_keys({"version", "official", "categories"}));
  CategoryTree tree;
  auto version = required_text(root, "version");
  if (!version.ok()) return version.error();
  tree.version = *version;
  auto items = required_items(root, "categories");
  if (!items.ok()) return items.error();
  size_t tagged = 0;
  for (const Node& item : *items) {
    auto row = read_category(item);
    if (!row.ok()) return row.error();
    tagged += row->tags.empty() ? 0 : 1;
    if (tagged > kTaggedCategoriesMax) {
      return item.error("more than " + std::to_string(kTaggedCategoriesMax) +
                        " categories with tags of their own: tag their parents");
    }
    tree.rows.push_back(std::move(*row));
  }
  RETURN_IF_ERROR(check_tree(*items, tree.rows));
  std::ranges::sort(tree.rows, {}, &Category::path);
  return tree;
}

Result<CategoryTree> load_categories(const std::string& path) {
  auto document = Document::load(path, limits::kRulesBytesMax);
  if (!document.ok()) return document.error();
  return read_categories(*document);
}

CategoryTags tags_of(const CategoryTree& tree) {
  CategoryTags tags{tree.version, {}};
  for (const Category& row : tree.rows) {
    if (!row.tags.empty()) tags.rows.push_back({row.path, row.tags, row.validity});
  }
  return tags;
}

const std::vector<std::string>* find_tags(const CategoryTags& tags, std::string_view category,
                                          Timestamp at) {
  for (std::string_view path = category; !path.empty(); path = parent_of(path)) {
    auto row = find_path(tags.rows, path);
    if (row != tags.rows.end() && is_valid(row->validity, at)) return &row->tags;
  }
  return nullptr;
}

}  // namespace jieban
