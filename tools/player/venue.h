// The place of a demonstration: a root of its own with keys, configuration and an accelerated
// clock, gone at the end unless it is to stay.
//
// What fails and how: `conflict` when the root is not empty; the errors of setup and of the files.
#pragma once

#include <string>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "tools/site/site.h"
#include "tools/site/site_plan.h"

namespace jieban {

struct VenueWish {
  std::string root;   // empty: a temporary one
  int port_base = 0;  // 0: a free one
  Timestamp origin;   // what the clock shows at the start
  int64_t speed = 1;
  std::string rules;  // folder of the shipped rule tables
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
      : site_(std::move(site)), clock_(std::move(clock)), remove_(remove) {}

  Site site_;
  AcceleratedClock clock_;
  bool remove_ = false;
};

}  // namespace jieban
