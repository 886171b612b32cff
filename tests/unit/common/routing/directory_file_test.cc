// A directory is read whole, and each fault in it is told with its place.
#include "common/routing/directory_file.h"

#include <gtest/gtest.h>

namespace jieban {
namespace {

const std::string kDirectory = R"(version: "4"
official: false
street: {code: "110102007", name: 月坛街道, district_code: "110102", district: 西城区}
communities:
  - {code: "110102007003", name: 月坛社区}
units:
  - {id: office, name: 办公室, kind: office}
duties:
  - {category: 城市管理, valid_from: 2026-01-01}
community_duties:
  - {category: "城市管理>证明"}
not_ours:
  - {id: telecom, category: 通信, keywords: [信号], reason: ENTERPRISE, suggested_unit: 某公司}
)";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  CHECK(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

Result<StreetDirectory> read(const std::string& text, const CategoryTree* tree = nullptr) {
  auto document = Document::parse(text, "d.yaml");
  CHECK(document.ok());
  return read_directory(*document, tree);
}

TEST(DirectoryFile, ReadsEverything) {
  auto directory = read(kDirectory);
  ASSERT_TRUE(directory.ok()) << directory.error().message;
  EXPECT_EQ(directory->version, "4");
  EXPECT_EQ(directory->name, "月坛街道");
  EXPECT_EQ(directory->district, "西城区");
  EXPECT_EQ(directory->communities.at(0).code, "110102007003");
  EXPECT_EQ(directory->units.at(0).kind, "office");
  EXPECT_EQ(to_chinese(directory->duties.at(0).validity), "2026-01-01 起");
  EXPECT_EQ(directory->community_duties.at(0).category, "城市管理>证明");
  const NotOursRule& rule = directory->not_ours.at(0);
  EXPECT_EQ(rule.category, "通信");
  EXPECT_EQ(rule.keywords, std::vector<std::string>{"信号"});
  EXPECT_EQ(rule.reason, "ENTERPRISE");
  EXPECT_EQ(rule.suggested_unit, "某公司");
}

TEST(DirectoryFile, AUnitMayHaveAContactOfItsOffice) {
  const auto with = [](const std::string& contact) {
    return read(replaced(kDirectory, "kind: office}", "kind: office, contact: " + contact + "}"));
  };
  EXPECT_EQ(with("办公室值班台")->units.at(0).contact, "办公室值班台");
  EXPECT_FALSE(read(kDirectory)->units.at(0).contact);
  EXPECT_FALSE(with(std::string(201, 'x')).ok());
}

TEST(DirectoryFile, AFaultIsToldWithItsPlace) {
  struct Fault {
    const char* from;
    const char* to;
    const char* place;
  };
  const std::vector<Fault> faults = {
      {"\"110102007003\"", "\"110102010003\"", "5:5: "},
      {"name: 月坛社区}\n", "name: 月坛社区}\n  - {code: \"110102007004\", name: 月坛}\n", "6:5: "},
      {"kind: office", "kind: castle", "7:5: "},
      {"kind: office}\n", "kind: office}\n  - {id: office, name: b, kind: office}\n", "8:5: "},
      {"2026-01-01", "2026-13-01", "9:"},
      {"ENTERPRISE", "LUCK", "13:5: "},
      {"category: 通信, keywords: [信号], ", "", "13:5: "},
      {"district: 西城区", "distrikt: 西城区", "3:"},
  };
  for (const Fault& fault : faults) {
    auto directory = read(replaced(kDirectory, fault.from, fault.to));
    ASSERT_FALSE(directory.ok()) << fault.to;
    EXPECT_EQ(directory.error().message.find(std::string("d.yaml:") + fault.place), 0U)
        << directory.error().message;
  }
}

TEST(DirectoryFile, EveryCategoryStandsInTheTree) {
  CategoryTree tree{
      "1", {{"03", "城市管理", {}, {}}, {"0301", "城市管理>证明", {}, {}}, {"04", "通信", {}, {}}}};
  EXPECT_TRUE(read(kDirectory, &tree).ok());
  for (size_t gone = 1; gone < 3; ++gone) {
    CategoryTree less = tree;
    less.rows.erase(less.rows.begin() + long(gone));
    auto directory = read(kDirectory, &less);
    ASSERT_FALSE(directory.ok());
    EXPECT_NE(directory.error().message.find(tree.rows[gone].path), std::string::npos);
  }
}

}  // namespace
}  // namespace jieban
