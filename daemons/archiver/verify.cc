#include "daemons/archiver/verify.h"

#include <map>

#include "common/crypto/hashes.h"

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

// A chain that is whole can still be too short.
Result<void> check_end(const Archive& archive, Verification& verification) {
  auto txn = archive.environment.read();
  if (!txn.ok()) return txn.error();
  auto records = txn->count(archive.tables.records);
  if (!records.ok()) return records.error();
  auto indexed = txn->count(archive.tables.timeline);
  if (!indexed.ok()) return indexed.error();
  ChainReport& report = verification.report;
  uint64_t sealed = verification.seals.empty() ? 0 : verification.seals.rbegin()->first;
  if (sealed > report.count) {
    verification.broken(report.count + 1, "the chain is shorter than when it was sealed");
  } else if (*records < *indexed) {
    verification.broken(*records + 1, "the timelines name more records than there are");
  } else if (*records > *indexed) {
    verification.broken(*records, "there are more records than the timelines name");
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
