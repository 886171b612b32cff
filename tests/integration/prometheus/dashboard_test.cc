// The dashboard is one that Grafana 9 takes: checked by structure, since Grafana is not in Debian.
#include "tests/integration/prometheus/dashboard.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/config/document.h"

namespace jieban {
namespace {

constexpr char kProvisioning[] = JIEBAN_SOURCE_DIR "/config/grafana/provisioning";
constexpr int64_t kColumns = 24;

std::string text_of(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  return found != nullptr && found->string() != nullptr ? *found->string() : std::string();
}

int64_t number_of(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  return found != nullptr && found->integer() != nullptr ? *found->integer() : -1;
}

// A byte of a character of U+3000 or above.
bool is_chinese(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (c & 0xFF) >= 0xE3; });
}

struct Place {
  int64_t x, y, width, height;

  explicit Place(const Value& panel)
      : x(number_of(*panel.find("gridPos"), "x")),
        y(number_of(*panel.find("gridPos"), "y")),
        width(number_of(*panel.find("gridPos"), "w")),
        height(number_of(*panel.find("gridPos"), "h")) {}
  bool overlaps(const Place& other) const {
    return x < other.x + other.width && other.x < x + width && y < other.y + other.height &&
           other.y < y + height;
  }
};

TEST(Dashboard, CanBeProvisionedAndFoundAgain) {
  EXPECT_EQ(text_of(dashboard(), "uid"), "jieban");
  EXPECT_TRUE(is_chinese(text_of(dashboard(), "title")));
  EXPECT_TRUE(dashboard().find("id")->is_null()) << "an id belongs to one Grafana only";
  int64_t schema = number_of(dashboard(), "schemaVersion");
  EXPECT_GE(schema, 36) << "Grafana 9";
  EXPECT_LE(schema, 36) << "what 9.0 does not know yet";
}

TEST(Dashboard, PanelsAreNamedInChineseAndOnlyOnce) {
  std::set<std::string> titles;
  std::set<int64_t> ids;
  for (const Value& panel : panels()) {
    std::string title = text_of(panel, "title");
    EXPECT_TRUE(is_chinese(title)) << title;
    EXPECT_TRUE(text_of(panel, "type") == "row" || titles.insert(title).second) << title;
    EXPECT_TRUE(ids.insert(number_of(panel, "id")).second) << title;
    if (text_of(panel, "type") != "row") {
      EXPECT_TRUE(is_chinese(text_of(panel, "description"))) << title;
    }
  }
  EXPECT_GT(titles.size(), 20u);
}

TEST(Dashboard, PanelsLieSideBySideWithinThePage) {
  for (size_t i = 0; i < panels().size(); ++i) {
    Place place(panels()[i]);
    EXPECT_GE(place.x, 0);
    EXPECT_GE(place.y, 0);
    EXPECT_GT(place.height, 0);
    EXPECT_LE(place.x + place.width, kColumns) << text_of(panels()[i], "title");
    for (size_t j = 0; j < i; ++j) {
      EXPECT_FALSE(place.overlaps(Place(panels()[j])))
          << text_of(panels()[i], "title") << " over " << text_of(panels()[j], "title");
    }
  }
}

TEST(Dashboard, EachPanelAsksItsDataSource) {
  const std::set<std::string> known = {"timeseries", "stat", "bargauge"};
  for (const Value& panel : panels()) {
    std::string title = text_of(panel, "title");
    if (text_of(panel, "type") == "row") continue;
    EXPECT_TRUE(known.contains(text_of(panel, "type"))) << title;
    ASSERT_NE(panel.find("datasource"), nullptr) << title;
    EXPECT_EQ(text_of(*panel.find("datasource"), "uid"), "${datasource}") << title;
    ASSERT_NE(panel.find("targets"), nullptr) << title;
    std::set<std::string> references;
    for (const Value& target : *panel.find("targets")->array()) {
      EXPECT_FALSE(text_of(target, "expr").empty()) << title;
      EXPECT_TRUE(references.insert(text_of(target, "refId")).second) << title;
    }
    EXPECT_FALSE(references.empty()) << title;
  }
}

TEST(Dashboard, ItsDataSourceIsTheProvisionedOne) {
  auto file = Document::load(std::string(kProvisioning) + "/datasources/jieban.yaml",
                             limits::kConfigBytesMax);
  ASSERT_TRUE(file.ok()) << file.error().message;
  const Value provisioned = file->root().to_value();
  const Value& source = provisioned.find("datasources")->array()->front();
  EXPECT_EQ(text_of(source, "type"), "prometheus");
  const Value& variable = dashboard().find("templating")->find("list")->array()->front();
  EXPECT_EQ(text_of(variable, "name"), "datasource");
  EXPECT_EQ(text_of(variable, "query"), text_of(source, "type"));
  EXPECT_EQ(text_of(*variable.find("current"), "value"), text_of(source, "uid"));
}

TEST(Dashboard, GrafanaLooksWhereItIsInstalled) {
  auto file = Document::load(std::string(kProvisioning) + "/dashboards/jieban.yaml",
                             limits::kConfigBytesMax);
  ASSERT_TRUE(file.ok()) << file.error().message;
  const Value provisioned = file->root().to_value();
  const Value& provider = provisioned.find("providers")->array()->front();
  EXPECT_EQ(text_of(*provider.find("options"), "path"), "/etc/jieban/grafana/dashboards");
}

}  // namespace
}  // namespace jieban
