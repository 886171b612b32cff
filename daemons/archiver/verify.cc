#include "daemons/archiver/verify.h"

#include <algorithm>
#include <functional>
#include <map>
#include <vector>

#include "common/crypto/hashes.h"
#include "daemons/archiver/timeline.h"

namespace jieban {
namespace {

struct Verification {
  ChainReport report;
  std::map<uint64_t, ArchiveSealed> seals;  // by count; days on which nothing came share one

  bool broken(uint64_t number, std::string reason) {
    report.broken_at = number;
    report.reason = std::move(reason);
    return false;
  }
  bool accept(uint64_t number, std::string_view stored);
};

// Whether the chain may go on with this entry.
bool Verification::accept(uint64_t number, std::string_view stored) {
  uint64_t expected = report.count + 1;
  if (number != expected) return broken(expected, "the record is missing");
  auto entry = read_chain_entry(stored);
  if (!entry.ok()) return broken(number, entry.error().message);
  if (chain_hash(report.head_hash, entry->body) != entry->hash) {
    return broken(number, "the record does not match its hash");
  }
  auto seal = seals.find(number);
  if (seal != seals.end() && seal->second.head_hash.data != entry->hash) {
    return broken(number, "the chain differs from the seal of " + seal->second.day);
  }
  report.count = number;
  report.head_hash = entry->hash;
  return true;
}

Result<void> read_seals(const Archive& archive, Verification& verification) {
  return walk(archive.environment, archive.tables.seals.id(), {},
              [&](const Transaction&, std::string_view, std::string_view value) {
                auto seal = decode_row<ArchiveSealed>(value);
                if (!seal.ok()) return Result<bool>(seal.error());
                verification.seals.emplace(seal->count, std::move(*seal));
                return Result<bool>(true);
              });
}

// What the timelines name: a tail of the chain that was cut off is still named by them.
struct Named {
  std::vector<bool> seen;  // by number
  uint64_t highest = 0;

  explicit Named(uint64_t count) : seen(count + 1) { seen[0] = true; }
  void operator()(uint64_t number) {
    if (number < seen.size()) seen[number] = true;
    highest = std::max(highest, number);
  }
};

// A chain that is whole can still be too short, or lie where nobody finds a part of it.
Result<void> check_end(const Archive& archive, Verification& verification) {
  ChainReport& report = verification.report;
  Named named(report.count);
  RETURN_IF_ERROR(visit_timelines(archive, std::ref(named)));
  auto txn = archive.environment.read();
  if (!txn.ok()) return txn.error();
  // Counted last: what was archived meanwhile is no entry without its record.
  auto records = txn->count(archive.tables.records);
  if (!records.ok()) return records.error();
  uint64_t sealed = verification.seals.empty() ? 0 : verification.seals.rbegin()->first;
  auto unseen = std::ranges::find(named.seen, false);
  if (sealed > report.count) {
    verification.broken(report.count + 1, "the chain is shorter than when it was sealed");
  } else if (named.highest > *records) {
    verification.broken(*records + 1, "the timelines name more records than there are");
  } else if (unseen != named.seen.end()) {
    verification.broken(uint64_t(unseen - named.seen.begin()), "no timeline names the record");
  }
  return {};
}

}  // namespace

Result<ChainReport> verify_chain(const Archive& archive) {
  Verification verification;
  RETURN_IF_ERROR(read_seals(archive, verification));
  ChainReport& report = verification.report;
  report.head_hash = chain_origin(archive.environment.format().stream);
  auto walked = walk(archive.environment, archive.tables.records, {},
                     [&](const Transaction&, std::string_view key, std::string_view value) {
                       uint64_t number = key.size() == sizeof(uint64_t) ? read_u64(key) : 0;
                       return Result<bool>(verification.accept(number, value));
                     });
  if (!walked.ok()) {
    if (walked.error().code != ErrorCode::corrupt) return walked.error();
    verification.broken(report.count + 1, walked.error().message);
  }
  if (!report.broken_at) RETURN_IF_ERROR(check_end(archive, verification));
  return report;
}

}  // namespace jieban
