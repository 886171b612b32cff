// Goal: whatever a power cut leaves of the writes of a real store, it opens, holds every
// acknowledged transaction, and nothing half done.
// Method: record the writes and syncs of a store, build the disks that a cut at each sync can
// leave (disk.h), and open each as a restarted daemon would. The last tests prove that the method
// finds a store that does not sync.
#include <gtest/gtest.h>
#include <lmdb.h>
#include <sys/stat.h>

#include <iostream>

#include "common/store/key.h"
#include "tests/crash/apart.h"
#include "tests/crash/disk.h"
#include "tests/crash/recorder.h"
#include "tests/crash/workload.h"
#include "tests/support/temp_dir.h"

namespace jieban::crash {
namespace {

constexpr char kFast[] = "/dev/shm";
constexpr uint64_t kSeed = 20260203;

// Judges each distinct image once, and counts.
class Court {
 public:
  explicit Court(Judge judge, int complaints_shown = 5)
      : judge_(std::move(judge)), shown_max_(complaints_shown) {}

  void operator()(const CrashImage& image) {
    if (!seen_.insert({image.disk.hash(), image.acknowledged}).second) return;
    images_.insert(image.disk.hash());
    image.disk.write_to(dir_.path("disk"));
    std::string wrong = judge_(dir_.path("disk/var/store"), image.acknowledged);
    if (wrong.empty()) return;
    ++complaints_;
    if (wrong.starts_with("lost")) ++lost_;
    if (complaints_ <= shown_max_) std::cout << "cut at " << image.at << ": " << wrong << "\n";
  }

  size_t images() const { return images_.size(); }
  size_t judgements() const { return seen_.size(); }  // an image may follow several promises
  int complaints() const { return complaints_; }
  int lost() const { return lost_; }

 private:
  Judge judge_;
  int shown_max_;
  TempDir dir_{kFast};
  std::set<std::pair<uint64_t, uint64_t>> seen_;
  std::set<uint64_t> images_;
  int complaints_ = 0;
  int lost_ = 0;
};

Judge judge_workload(uint64_t begun) {
  return [begun](const std::string& store, uint64_t acknowledged) {
    return judge(store, acknowledged, begun);
  };
}

void commit(Workload& workload, Recording& recording, uint64_t from, uint64_t to) {
  for (uint64_t i = from; i <= to; ++i) {
    ASSERT_TRUE(workload.commit_next().ok());
    recording.acknowledge(i);
  }
}

// A first start in an empty directory, and restarts at `restarts`.
std::vector<Op> record(uint64_t count, const std::set<uint64_t>& restarts) {
  TempDir dir(kFast);
  Recording recording(dir.root());
  uint64_t done = 0;
  std::set<uint64_t> ends = restarts;
  ends.insert(count);
  for (uint64_t end : ends) {
    auto workload = Workload::open(dir.path("var/store"));
    EXPECT_TRUE(workload.ok());
    commit(**workload, recording, done + 1, end);
    done = end;
  }
  return recording.stop();
}

TEST(PowerCut, NoAcknowledgedTransactionIsLostAndTheStoreOpens) {
  constexpr uint64_t kCount = 75;
  std::vector<Op> ops = record(kCount, {7, 50});
  Court court(judge_workload(kCount));
  cut_everywhere(ops, kSeed, std::ref(court));
  std::cout << ops.size() << " operations, " << court.images() << " distinct images\n";
  EXPECT_EQ(court.complaints(), 0);
  EXPECT_GE(court.images(), 3000U);
}

TEST(PowerCut, AFirstStartMayBeCutAnywhere) {
  std::vector<Op> ops = record(2, {});
  Court court(judge_workload(2));
  for (size_t at = 0; at <= ops.size(); ++at) cut_at(ops, at, kSeed, std::ref(court));
  std::cout << court.images() << " distinct images of a first start\n";
  EXPECT_EQ(court.complaints(), 0);
  EXPECT_GE(court.images(), 100U);
}

// What a killed process wrote is still in the page cache when the next one starts, reads it, and
// acts on it; then the power goes. All that the second process could see counts as acknowledged,
// and so does what it commits.
std::vector<Op> restart_after(const std::vector<Op>& done) {
  TempDir dir(kFast);
  Disk cache;
  for (const Op& op : done) cache.apply(op);
  cache.write_to(dir.root());
  Recording recording(dir.root(), cache.names());
  auto second = Workload::open(dir.path("var/store"));
  EXPECT_TRUE(second.ok());
  uint64_t seen = *(*second)->committed();
  recording.acknowledge(seen);
  commit(**second, recording, seen + 1, seen + 1);
  return recording.stop();
}

TEST(PowerCut, WhatARestartedProcessHasSeenOrDoneIsDurable) {
  constexpr uint64_t kCount = 4;
  std::vector<Op> ops = record(kCount, {2});
  Court court(judge_workload(kCount + 1));
  for (size_t killed_at = 0; killed_at <= ops.size(); ++killed_at) {
    std::vector<Op> both(ops.begin(), ops.begin() + long(killed_at));
    for (Op& op : restart_after(both)) {
      bool cut = op.kind == Op::Kind::acknowledge;
      both.push_back(std::move(op));
      if (cut) cut_at(both, both.size(), kSeed, std::ref(court));
    }
  }
  std::cout << court.images() << " distinct images after a kill and a restart\n";
  EXPECT_EQ(court.complaints(), 0);
  EXPECT_GE(court.images(), 20U);
}

// The same writer over LMDB itself, with any flags: proves what the flags are worth, and that the
// images above could have shown a loss.
class RawStore {
 public:
  RawStore(const std::string& path, unsigned flags) {
    opened_ = mdb_env_create(&env_) == 0 && mdb_env_set_mapsize(env_, size_t{64} << 20U) == 0 &&
              mdb_env_open(env_, path.c_str(), flags, 0600) == 0;
  }
  RawStore(const RawStore&) = delete;
  RawStore& operator=(const RawStore&) = delete;
  ~RawStore() { mdb_env_close(env_); }

  bool put(uint64_t number) {
    MDB_txn* txn = nullptr;
    MDB_dbi dbi = 0;
    std::string key = make_key(number);
    std::string value(300 + number % 100, char('a' + number % 26));
    MDB_val key_val{key.size(), key.data()};
    MDB_val value_val{value.size(), value.data()};
    return mdb_txn_begin(env_, nullptr, 0, &txn) == 0 && mdb_dbi_open(txn, nullptr, 0, &dbi) == 0 &&
           mdb_put(txn, dbi, &key_val, &value_val, 0) == 0 && mdb_txn_commit(txn) == 0;
  }

  std::string verify(uint64_t acknowledged) {
    if (!opened_) return "does not open";
    MDB_txn* txn = nullptr;
    MDB_dbi dbi = 0;
    if (mdb_txn_begin(env_, nullptr, MDB_RDONLY, &txn) != 0) return "does not open";
    if (mdb_dbi_open(txn, nullptr, 0, &dbi) != 0) return "does not open";
    for (uint64_t i = 1; i <= acknowledged; ++i) {
      std::string key = make_key(i);
      MDB_val key_val{key.size(), key.data()};
      MDB_val value{};
      if (mdb_get(txn, dbi, &key_val, &value) != 0) return "lost " + std::to_string(i);
      if (value.mv_size != 300 + i % 100) return "wrong " + std::to_string(i);
    }
    mdb_txn_abort(txn);
    return "";
  }

 private:
  MDB_env* env_ = nullptr;
  bool opened_ = false;
};

void judge_flags(unsigned flags, Court& court) {
  TempDir dir(kFast);
  std::string path = dir.path("var/store");
  Recording recording(dir.root());
  for (const std::string& made : {dir.path("var"), path}) {
    ASSERT_EQ(::mkdir(made.c_str(), 0700), 0);
  }
  RawStore store(path, flags);
  ASSERT_TRUE(store.put(1));
  for (const std::string& made : {dir.root(), dir.path("var"), path}) {
    ASSERT_TRUE(sync_directory(made).ok());
  }
  recording.acknowledge(1);
  for (uint64_t i = 2; i <= 12; ++i) {
    ASSERT_TRUE(store.put(i));
    recording.acknowledge(i);
  }
  cut_everywhere(recording.stop(), kSeed, std::ref(court));
}

// Apart: without syncs many an image kills whoever opens it. One of ours that did would fail the
// test as a whole, which is as well, and saves a process for each image.
std::string judge_raw(const std::string& store, uint64_t acknowledged) {
  Judge judge_it = [](const std::string& found, uint64_t least) {
    return least == 0 ? "" : RawStore(found, 0).verify(least);
  };
  return judge_apart(judge_it, store, acknowledged);
}

TEST(PowerCut, TheCheckerFindsNothingWrongWithTheDefaultFlags) {
  Court court(judge_raw, 0);
  judge_flags(0, court);
  EXPECT_EQ(court.complaints(), 0);
}

TEST(PowerCut, TheCheckerFindsLossWithoutSync) {
  Court court(judge_raw, 0);
  judge_flags(MDB_NOSYNC, court);
  std::cout << "MDB_NOSYNC: " << court.lost() << " lost, " << court.complaints()
            << " complaints, of " << court.judgements() << " judgements\n";
  EXPECT_GT(court.lost(), 0);
}

TEST(PowerCut, TheCheckerFindsLossWithoutMetaSync) {
  Court court(judge_raw, 0);
  judge_flags(MDB_NOMETASYNC, court);
  std::cout << "MDB_NOMETASYNC: " << court.lost() << " lost, of " << court.judgements()
            << " judgements\n";
  EXPECT_GT(court.lost(), 0);
  EXPECT_EQ(court.lost(), court.complaints());
}

}  // namespace
}  // namespace jieban::crash
