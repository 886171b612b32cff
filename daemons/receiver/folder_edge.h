// FolderEdge: watches the import folder from a thread of its own.
//
// Thread rule: start and stop from the loop's thread; the scans run in the edge's.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "daemons/receiver/door.h"
#include "daemons/receiver/intake/import_folder.h"

namespace jieban {

class FolderEdge : public Edge {
 public:
  ~FolderEdge() override { stop(); }
  void use(std::shared_ptr<Door> door) { door_ = std::move(door); }

  Result<void> start(const EdgeContext& context) override;
  void observe(const Transaction& store) override;
  Result<Take> read_again() override;
  void stop() override;

 private:
  void watch();
  Result<ImportOutcome> submit(const std::string& batch_id, const std::string& source,
                               const std::vector<Submission>& orders);
  Result<void> note(const ImportSummary& summary);

  const EdgeContext* context_ = nullptr;
  std::shared_ptr<Door> door_;
  std::unique_ptr<ImportFolder> folder_;
  Gauge* age_ = nullptr;
  std::atomic<int64_t> imported_at_ = 0;  // monotonic microseconds

  std::mutex mutex_;  // guards the three below
  std::condition_variable changed_;
  bool stopping_ = false;
  std::vector<AliasTable> next_aliases_;
  std::thread thread_;
};

// One table for each file of rules.aliases.
Result<std::vector<AliasTable>> load_alias_tables(const Settings& settings);

}  // namespace jieban
