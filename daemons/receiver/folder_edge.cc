#include "daemons/receiver/folder_edge.h"

#include "common/base/bytes.h"
#include "common/base/log.h"
#include "common/crypto/hashes.h"
#include "daemons/receiver/intake/alias_file.h"

namespace jieban {
namespace {

constexpr size_t kBatchHashSize = 16;
constexpr char kFolderSource[] = "import";

}  // namespace

Result<std::vector<AliasTable>> load_alias_tables(const Settings& settings) {
  std::vector<AliasTable> tables;
  for (const std::string& path : settings.list("rules.aliases")) {
    auto table = load_aliases(path);
    if (!table.ok()) return table.error();
    tables.push_back(std::move(*table));
  }
  if (tables.empty()) return invalid("rules.aliases: name at least one file");
  return tables;
}

Result<void> FolderEdge::start(const EdgeContext& context) {
  CHECK(door_ != nullptr);
  context_ = &context;
  age_ = &context.metrics.gauge("jieban_import_age_seconds",
                                "since the last file was imported, or since the start");
  imported_at_ = monotonic_now().count();
  ImportSettings settings;
  settings.directory = context.settings.text("import.directory");
  if (settings.directory.empty()) return {};
  auto tables = load_alias_tables(context.settings);
  if (!tables.ok()) return tables.error();
  ImportEdges edges;
  edges.submit = [this](const std::string& batch_id, const std::string& source,
                        const std::vector<Submission>& orders) {
    return submit(batch_id, source, orders);
  };
  edges.done = [this](const ImportSummary& summary) { return note(summary); };
  edges.hash = [](std::string_view bytes) {
    return to_hex(blake2b(bytes).substr(0, kBatchHashSize));
  };
  RETURN_IF_ERROR(make_directories(settings.directory));
  folder_ =
      std::make_unique<ImportFolder>(settings, std::move(*tables), std::move(edges), context.clock);
  thread_ = std::thread([this] { watch(); });
  return {};
}

Result<ImportOutcome> FolderEdge::submit(const std::string& batch_id, const std::string& source,
                                         const std::vector<Submission>& orders) {
  auto outcomes = door_->submit(batch_id, source, kFolderSource, orders);
  if (!outcomes.ok()) return outcomes.error();
  ImportOutcome outcome;
  for (size_t i = 0; i < orders.size(); ++i) {
    outcome.taken.push_back({orders[i].order_no, (*outcomes)[i]});
  }
  return outcome;
}

Result<void> FolderEdge::note(const ImportSummary& summary) {
  std::vector<OrderOutcome> outcomes;
  outcomes.reserve(summary.taken.size());
  for (const TakenOrder& taken : summary.taken) outcomes.push_back(taken.outcome);
  return door_->note_import(import_done(kFolderSource, outcomes, summary.rejected.size()));
}

void FolderEdge::watch() {
  Duration interval = context_->settings.duration("import.interval");
  std::unique_lock<std::mutex> lock(mutex_);
  while (!stopping_) {
    if (!next_aliases_.empty()) folder_->set_aliases(std::exchange(next_aliases_, {}));
    lock.unlock();
    auto report = folder_->scan_once();
    if (!report.ok()) {
      log(LogLevel::error, "import_scan_failed", {{"why", report.error().message}});
    } else if (report->imported > 0) {
      imported_at_ = monotonic_now().count();
    }
    lock.lock();
    changed_.wait_for(lock, interval, [this] { return stopping_; });
  }
}

void FolderEdge::observe(const Transaction&) {
  Duration age = monotonic_now() - Duration(imported_at_.load());
  age_->set(std::chrono::duration<double>(age).count());
}

Result<Edge::Take> FolderEdge::read_again() {
  if (!folder_) return Take();
  auto tables = load_alias_tables(context_->settings);
  if (!tables.ok()) return tables.error();
  return Take([this, tables = std::move(*tables)]() mutable {
    std::lock_guard<std::mutex> guard(mutex_);
    next_aliases_ = std::move(tables);
  });
}

void FolderEdge::stop() {
  {
    std::lock_guard<std::mutex> guard(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

}  // namespace jieban
