#include "tools/player/venue.h"

#include <stdlib.h>

#include <algorithm>
#include <filesystem>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/config/document.h"
#include "tools/player/fleet.h"
#include "tools/site/setup.h"

namespace jieban {
namespace {

namespace fs = std::filesystem;

// The clock shows its origin when the daemons are up, on a machine that is not too busy.
constexpr std::chrono::seconds kStartTime{2};
constexpr std::string_view kImportInterval = "250ms";
constexpr size_t kInputBytesMax = 256u << 20;

Result<std::string> make_root(const std::string& wanted) {
  if (!wanted.empty()) {
    std::error_code failed;
    const fs::path root = fs::absolute(wanted, failed).lexically_normal();
    const bool used = fs::exists(root, failed) && !fs::is_empty(root, failed);
    if (used) return Error{ErrorCode::conflict, root.string() + " is not empty"};
    return root.string();
  }
  std::string pattern = fs::temp_directory_path().string() + "/jieban-demo-XXXXXX";
  if (pattern.size() > kRootLengthMax) pattern = "/tmp/jieban-demo-XXXXXX";
  if (mkdtemp(pattern.data()) == nullptr) return system_error("making a folder in /tmp");
  return pattern;
}

// The cells of the first line, without quotes.
std::vector<std::string> first_cells(const std::string& file) {
  std::vector<std::string> cells;
  auto content = read_file(file, kInputBytesMax);
  if (!content.ok() || !file.ends_with(".csv")) return cells;
  std::string line = content->substr(0, content->find_first_of("\r\n"));
  if (line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
  std::erase(line, '"');
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find(',', begin), line.size());
    cells.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return cells;
}

// How many of the cells are aliases of the table.
size_t known_cells(const std::string& table, const std::vector<std::string>& cells) {
  auto file = Document::load(table, limits::kRulesBytesMax);
  auto fields = file.ok() ? file->root().required("aliases") : Result<Node>(file.error());
  auto names = fields.ok() ? fields->keys() : Result<std::vector<std::string>>(fields.error());
  if (!names.ok()) return 0;
  size_t known = 0;
  for (const std::string& name : *names) {
    auto field = fields->required(name);
    auto aliases = field.ok() ? field->items() : Result<std::vector<Node>>(field.error());
    if (!aliases.ok()) continue;
    for (const Node& alias : *aliases) {
      auto text = alias.text();
      if (text.ok() && std::find(cells.begin(), cells.end(), *text) != cells.end()) ++known;
    }
  }
  return known;
}

}  // namespace

std::string fitting_aliases(const std::string& rules, const std::vector<std::string>& inputs) {
  std::string best = rules + "/aliases.yaml";
  if (inputs.empty()) return best;
  const std::vector<std::string> cells = first_cells(inputs.front());
  size_t most = known_cells(best, cells);
  std::error_code failed;
  for (const fs::directory_entry& entry : fs::directory_iterator(rules, failed)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with("aliases-") || !name.ends_with(".yaml")) continue;
    const size_t known = known_cells(entry.path(), cells);
    if (known <= most) continue;
    most = known;
    best = entry.path();
  }
  return best;
}

Result<Venue> Venue::make(const VenueWish& wish) {
  auto root = make_root(wish.root);
  if (!root.ok()) return root.error();
  SitePlan plan;
  plan.root = *root;
  plan.clock_speed = wish.speed;
  plan.clock_origin = format_local(wish.origin);
  plan.clock_anchor = SystemClock().now() + kStartTime;
  plan.import_interval = kImportInterval;
  auto base = wish.port_base > 0 ? Result<int>(wish.port_base) : free_port_base();
  if (!base.ok()) return base.error();
  plan.port_base = *base;
  RETURN_IF_ERROR(check_plan(plan));
  RETURN_IF_ERROR(write_keys(plan.root + "/keys"));
  RETURN_IF_ERROR(write_configuration(plan, wish.rules, fitting_aliases(wish.rules, wish.inputs)));
  auto site = Site::load(plan.root, "");
  if (!site.ok()) return site.error();
  const bool remove = wish.root.empty();
  return Venue(std::move(*site), AcceleratedClock(plan.clock_anchor, wish.origin, wish.speed),
               remove);
}

Venue::Venue(Venue&& other) noexcept
    : site_(std::move(other.site_)), clock_(other.clock_), remove_(other.remove_) {
  other.remove_ = false;
}

Venue::~Venue() {
  std::error_code ignored;
  if (remove_) fs::remove_all(site_.root, ignored);
}

}  // namespace jieban
