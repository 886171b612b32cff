#include "tools/player/venue.h"

#include <stdlib.h>

#include <filesystem>

#include "common/base/file.h"
#include "tools/player/fleet.h"
#include "tools/site/setup.h"

namespace jieban {
namespace {

namespace fs = std::filesystem;

// The clock shows its origin when the daemons are up, on a machine that is not too busy.
constexpr std::chrono::seconds kStartTime{2};
constexpr std::string_view kImportInterval = "250ms";

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

}  // namespace

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
  RETURN_IF_ERROR(write_configuration(plan, wish.rules));
  auto site = Site::load(plan.root, "");
  if (!site.ok()) return site.error();
  const bool remove = wish.root.empty();
  return Venue(std::move(*site), AcceleratedClock(plan.clock_anchor, wish.origin, wish.speed),
               remove);
}

Venue::Venue(Venue&& other) noexcept
    : site_(std::move(other.site_)), clock_(std::move(other.clock_)), remove_(other.remove_) {
  other.remove_ = false;
}

Venue::~Venue() {
  std::error_code ignored;
  if (remove_) fs::remove_all(site_.root, ignored);
}

}  // namespace jieban
