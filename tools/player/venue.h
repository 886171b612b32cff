// The place of a demonstration: a root of its own with keys, configuration and an accelerated
// clock, gone at the end unless it is to stay.
//
// What fails and how: `conflict` when the root is not empty; the errors of setup and of the files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "tools/site/site.h"
#include "tools/site/site_plan.h"

namespace jieban {

struct VenueWish {
  std::string root;  // empty: a temporary one
  int port_base = 0;  // 0: a free one
  Timestamp origin;   // what the clock shows at the start
  int64_t speed = 1;
  std::string rules;  // folder of the shipped rule tables
  std::vector<std::string> inputs;
};

class Venue {
 public:
  static Result<Venue> make(const VenueWish& wish);
  Venue(Venue&& other) noexcept;
  Venue& operator=(Venue&&) = delete;
  ~Venue();

  const Site& site() const { return site_; }
  const AcceleratedClock& clock() const { return clock_; }
  std::string logs() const { return site_.root + "/log"; }

 private:
  Venue(Site site, AcceleratedClock clock, bool remove)
      : site_(std::move(site)), clock_(clock), remove_(remove) {}

  Site site_;
  AcceleratedClock clock_;
  bool remove_ = false;
};

// Of the alias tables in `rules` (aliases*.yaml), the one that knows the most cells of the first
// line of a CSV file; the ordinary one for any other file.
std::string fitting_aliases(const std::string& rules, const std::vector<std::string>& inputs);

}  // namespace jieban
