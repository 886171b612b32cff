#include "daemons/receiver/intake/import_folder.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <iterator>
#include <memory>

#include "common/base/file.h"
#include "common/base/log.h"
#include "daemons/receiver/intake/header.h"
#include "daemons/receiver/intake/normalise.h"
#include "daemons/receiver/intake/result_folder.h"

namespace jieban {
namespace {

constexpr std::array<std::string_view, 3> kEndings = {".csv", ".xlsx", ".xls"};

struct CloseDirectory {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

bool is_import_name(std::string name) {
  if (name.starts_with('.') || name.starts_with("~$")) return false;
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

// 20260203-040506
std::string stamp_of(Timestamp at) {
  std::string stamp = format_local(at);
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  std::replace(stamp.begin(), stamp.end(), ' ', '-');
  return stamp;
}

bool may_pass(ErrorCode code) { return code == ErrorCode::unavailable || code == ErrorCode::full; }

// Fills the summary's rejects and warnings; what is left is fit to be submitted.
std::vector<Submission> read_orders(const Sheet& sheet, const OrderRows& rows,
                                    ImportSummary& summary) {
  for (const RowError& error : sheet.errors) {
    summary.rejected.push_back({error.row_no, {}, {}, error.reason});
  }
  std::vector<Submission> orders;
  for (const RawOrder& raw : rows.orders) {
    Submission order;
    std::vector<FieldWarning> warnings;
    if (auto rejection = read_order(raw, order, warnings)) {
      summary.rejected.push_back({raw.row_no, shown_order_no(raw), std::move(rejection->column),
                                  std::move(rejection->reason)});
      continue;
    }
    for (FieldWarning& each : warnings) {
      summary.warnings.push_back(
          {raw.row_no, order.order_no, std::move(each.column), std::move(each.reason)});
    }
    orders.push_back(std::move(order));
  }
  return orders;
}

}  // namespace

ImportFolder::ImportFolder(ImportSettings settings, std::vector<AliasTable> aliases,
                           ImportEdges edges, const Clock& clock)
    : settings_(std::move(settings)),
      aliases_(std::move(aliases)),
      edges_(std::move(edges)),
      clock_(clock) {}

Result<ScanReport> ImportFolder::scan_once() {
  if (!prepared_) RETURN_IF_ERROR(prepare());
  auto found = list();
  if (!found) return found.error();
  ScanReport report;
  size_t taken = 0;
  for (const auto& [name, mark] : *found) {
    auto before = seen_.find(name);
    bool settled = before != seen_.end() && before->second == mark;
    bool turn = settled && taken < kImportFilesPerScanMax;
    if (turn) ++taken;
    switch (turn ? import_file(name, mark) : Fate::waiting) {
      case Fate::imported:
        ++report.imported;
        break;
      case Fate::failed:
        ++report.failed;
        break;
      case Fate::postponed:
        ++report.postponed;
        break;
      case Fate::waiting:
        ++report.waiting;
        break;
    }
  }
  seen_ = std::move(*found);
  return report;
}

Result<void> ImportFolder::prepare() {
  RETURN_IF_ERROR(make_directories(settings_.directory));
  RETURN_IF_ERROR(ResultFolder(settings_.directory + "/done").recover());
  RETURN_IF_ERROR(ResultFolder(settings_.directory + "/failed").recover());
  prepared_ = true;
  return {};
}

Result<std::map<std::string, ImportFolder::Mark>> ImportFolder::list() const {
  std::unique_ptr<DIR, CloseDirectory> directory(::opendir(settings_.directory.c_str()));
  if (!directory) return system_error("opening " + settings_.directory);
  std::map<std::string, Mark> found;
  while (true) {
    errno = 0;
    // One stream, one thread: POSIX asks for no more.
    const dirent* entry = ::readdir(directory.get());  // NOLINT(concurrency-mt-unsafe)
    if (entry == nullptr && errno != 0) return system_error("reading " + settings_.directory);
    if (entry == nullptr) return found;
    if (!is_import_name(entry->d_name)) continue;
    auto mark = mark_of(entry->d_name);
    if (mark) found.emplace(entry->d_name, *mark);
  }
}

Result<ImportFolder::Mark> ImportFolder::mark_of(const std::string& name) const {
  struct stat info {};
  std::string path = settings_.directory + "/" + name;
  if (::lstat(path.c_str(), &info) != 0) return system_error("stat " + path);
  if (!S_ISREG(info.st_mode)) return invalid(path + " is no ordinary file");
  return Mark{info.st_ino, info.st_size,
              int64_t(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec};
}

ImportFolder::Fate ImportFolder::import_file(const std::string& name, const Mark& mark) {
  auto content = read_file(settings_.directory + "/" + name, settings_.limits.bytes_max);
  if (!content) {
    // Taken away meanwhile, or not readable yet: the next scan will see.
    if (content.error().code != ErrorCode::limit) {
      log(LogLevel::warning, "import_unreadable", {{"reason", to_string(content.error().code)}});
      return Fate::waiting;
    }
    std::string most = std::to_string(settings_.limits.bytes_max / (1024 * 1024));
    return finish(name, mark,
                  Error{ErrorCode::limit, "文件大于 " + most + " MB，请分成几个文件导入"});
  }
  auto summary = read_and_submit(name, *content);
  if (summary && edges_.done) {
    auto noted = edges_.done(*summary);
    if (!noted) summary = noted.error();
  }
  if (!summary && may_pass(summary.error().code)) {
    log(LogLevel::warning, "import_postponed", {{"reason", to_string(summary.error().code)}});
    return Fate::postponed;
  }
  return finish(name, mark, summary);
}

const AliasTable& ImportFolder::table_for(const Sheet& sheet) const {
  return *std::max_element(aliases_.begin(), aliases_.end(),
                           [&](const AliasTable& a, const AliasTable& b) {
                             return header_score(sheet, a) < header_score(sheet, b);
                           });
}

Result<ImportSummary> ImportFolder::read_and_submit(const std::string& name,
                                                    const std::string& content) {
  auto sheet = read_sheet(name, content, settings_.limits);
  if (!sheet) return sheet.error();
  const AliasTable& aliases = table_for(*sheet);
  auto rows = map_rows(*sheet, aliases);
  if (!rows) return rows.error();
  ImportSummary summary;
  summary.file = name;
  summary.header_row = rows->header_row;
  summary.rows = rows->orders.size() + sheet->errors.size();
  summary.imported_at = clock_.now();
  std::vector<Submission> orders = read_orders(*sheet, *rows, summary);
  // What a file means depends on the aliases too: after they change it is another batch.
  summary.batch = edges_.hash(aliases.fingerprint() + '\0' + content);
  RETURN_IF_ERROR(submit_groups(std::move(orders), summary));
  std::stable_sort(summary.rejected.begin(), summary.rejected.end(),
                   [](const RowNote& a, const RowNote& b) { return a.row_no < b.row_no; });
  return summary;
}

Result<void> ImportFolder::submit_groups(std::vector<Submission> orders, ImportSummary& summary) {
  for (size_t at = 0; at < orders.size(); at += kImportGroupMax) {
    auto begin = orders.begin() + std::ptrdiff_t(at);
    auto end = orders.begin() + std::ptrdiff_t(std::min(at + kImportGroupMax, orders.size()));
    std::vector<Submission> group(std::make_move_iterator(begin), std::make_move_iterator(end));
    std::string batch_id = summary.batch + "-" + std::to_string(summary.groups + 1);
    auto outcome = edges_.submit(batch_id, settings_.source, std::move(group));
    if (!outcome) {
      return outcome.error().context("第 " + std::to_string(summary.groups + 1) +
                                     " 组提交失败，此前各组已收下");
    }
    ++summary.groups;
    std::move(outcome->taken.begin(), outcome->taken.end(), std::back_inserter(summary.taken));
    std::move(outcome->rejected.begin(), outcome->rejected.end(),
              std::back_inserter(summary.rejected));
  }
  return {};
}

ImportFolder::Fate ImportFolder::finish(const std::string& name, const Mark& mark,
                                        const Result<ImportSummary>& summary) {
  // Overwritten while it was read: what was submitted stands, the new content is another import.
  auto now = mark_of(name);
  if (!now || !(*now == mark)) return Fate::waiting;
  ResultFolder folder(settings_.directory + (summary ? "/done" : "/failed"));
  ReportFiles reports;
  if (summary) {
    reports = {{"result.json", result_json(*summary)},
               {"rejects.csv", notes_csv(summary->rejected)},
               {"warnings.csv", notes_csv(summary->warnings)}};
  } else {
    reports = {{"error.txt", summary.error().message + "\n"}};
  }
  auto placed =
      folder.place(settings_.directory + "/" + name, name, stamp_of(clock_.now()), reports);
  if (!placed) {
    prepared_ = false;
    log(LogLevel::error, "import_result_not_written", {{"reason", to_string(placed.error().code)}});
    return Fate::postponed;
  }
  if (summary) {
    log(LogLevel::info, "import_done",
        {{"batch", summary->batch},
         {"rows", summary->rows},
         {"taken", summary->taken.size()},
         {"rejected", summary->rejected.size()},
         {"warnings", summary->warnings.size()}});
    return Fate::imported;
  }
  log(LogLevel::warning, "import_failed", {{"reason", to_string(summary.error().code)}});
  return Fate::failed;
}

}  // namespace jieban
