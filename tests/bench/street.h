// A street under measurement: a root of its own, the five daemons as real processes with full
// durability, and what the kernel and their stores tell about them.
//
// Orders are signed and dispatched by the rules, so that each runs from the door into the archive.
// What fails and how: `unavailable` with the place of the logs when a daemon does not come up.
// Thread rule: one thread. The processes end and the root goes with the object.
#pragma once

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/bench/store_watch.h"
#include "tools/site/child_process.h"
#include "tools/site/client.h"
#include "tools/site/site.h"

namespace jieban::bench {

struct Memory {
  double resident_mib = 0;   // VmRSS: includes pages of the store that are mapped
  double anonymous_mib = 0;  // RssAnon: what the process holds itself
};

// How long a daemon took, from the start of its process.
struct StartTimes {
  Duration running{};  // its loop runs: it said ready to systemd
  Duration ready{};    // /readyz is 200: it has caught up with all its upstreams
};

class Street {
 public:
  // `directory`: where the temporary root is made.
  static Result<Street> make(const std::string& programs, const std::string& directory);
  Street(Street&& other) noexcept = default;
  Street& operator=(Street&&) = delete;
  ~Street();

  // All five at once; returns how long each took.
  Result<std::map<std::string, StartTimes>> start();
  // SIGTERM, and waits.
  void stop();

  const Site& site() const { return site_; }
  std::string stream(const std::string& daemon) const;
  const StoreWatch& store(const std::string& daemon) const { return stores_.at(daemon); }
  // True when nothing is under way: each has applied all that its upstreams hold.
  bool settled() const;
  // True when the archiver has applied all that the others hold now.
  bool archived() const;
  // Error when one has ended.
  Result<void> check();

  double cpu_seconds(const std::string& daemon) const;
  Memory memory(const std::string& daemon) const;
  // From /admin/status.
  Result<uint64_t> store_used_bytes(const std::string& daemon) const;

 private:
  Street(Site site, std::string programs)
      : site_(std::move(site)), programs_(std::move(programs)) {}
  bool followed_by(const std::string& daemon) const;
  bool try_ready(const std::string& daemon, Duration since, StartTimes& times) const;

  Site site_;
  std::string programs_;
  std::map<std::string, ChildProcess> processes_;
  std::map<std::string, StoreWatch> stores_;
};

// Passes the time without burning it; precise to some ten microseconds.
void pass(Duration time);

}  // namespace jieban::bench
