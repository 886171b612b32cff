// The tree of categories (问题分类, DOMAIN §6.5) and the 七有五性 tags that come with them.
//
// The file is data with a version, not official, and changes with the year:
//
//   version: "2026-11"
//   categories:
//     - {code: "0203", path: "住房城乡建设>物业管理", tags: [住有所居], valid_from: 2026-01-01}
//
// A parent stands in the file too, before or behind. A row without tags has those of the nearest
// row above it that has some. Fails: as Document does, with the place of the fault.
// Thread rule: plain values and pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/routing/validity.h"

namespace jieban {

struct Category {
  std::string code;
  std::string path;
  std::vector<std::string> tags;  // codes of livelihood_tag.h
  std::optional<Validity> validity;
};

struct CategoryTree {
  std::string version;
  std::vector<Category> rows;  // by path

  bool knows(std::string_view path) const;
};

Result<CategoryTree> load_categories(const std::string& path);
Result<CategoryTree> read_categories(const Document& document);

// What a decision needs of the tree: the rows that have tags of their own.
struct TaggedCategory {
  std::string path;
  std::vector<std::string> tags;
  std::optional<Validity> validity;

  template <class Visit>
  static void fields(Visit& visit) {
    visit("path", &TaggedCategory::path);
    visit("tags", &TaggedCategory::tags);
    visit("validity", &TaggedCategory::validity);
  }
};

struct CategoryTags {
  std::string version;
  std::vector<TaggedCategory> rows;  // by path

  template <class Visit>
  static void fields(Visit& visit) {
    visit("version", &CategoryTags::version);
    visit("rows", &CategoryTags::rows);
  }
};

// The rules of a day are one payload of at most limits::kPayloadItemsMax items.
constexpr size_t kTaggedCategoriesMax = 300;

CategoryTags tags_of(const CategoryTree& tree);
// Null when no row above the category has tags that hold then.
const std::vector<std::string>* find_tags(const CategoryTags& tags, std::string_view category,
                                          Timestamp at);

}  // namespace jieban
