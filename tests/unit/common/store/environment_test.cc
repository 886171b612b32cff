// A store opens once, only for whom it belongs to, and what it answers is on disk.
#include "common/store/environment.h"

#include <fcntl.h>
#include <lmdb.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "tests/unit/common/store/store_fixture.h"

namespace jieban {
namespace {

class EnvironmentTest : public StoreFixture {
 protected:
  std::string data_file() const { return dir_.path("store/data.mdb"); }
  std::string marker() const { return dir_.path("store/FORMAT"); }
  Error refusal(const EnvironmentOptions& wanted) {
    auto opened = Environment::open(wanted);
    EXPECT_FALSE(opened.ok());
    return opened.ok() ? Error{} : opened.error();
  }
  void overwrite_format(uint32_t schema) {
    open();
    std::string record;
    append_u32(record, schema);
    append_u64(record, 7);
    append_u64(record, 0);
    record += "router.demo";
    TableId formats = *environment_->table("format");
    auto txn = environment_->write();
    ASSERT_TRUE(txn->put(formats, "format", record).ok());
    ASSERT_TRUE(txn->commit().ok());
    close();
  }
};

TEST_F(EnvironmentTest, FlagsAreNotlsAndNothingElse) {
  open();
  EXPECT_EQ(environment_->flags(), unsigned{MDB_NOTLS});
}

TEST_F(EnvironmentTest, ANewStoreCarriesWhatItWasGivenAndKeepsIt) {
  open();
  EXPECT_EQ(environment_->format().epoch, 7U);
  put_committed("a", "1");
  close();
  EnvironmentOptions other = options();
  other.new_epoch = 99;
  other.now = from_micros(1);
  auto again = Environment::open(other);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ((*again)->format().schema, Environment::kSchema);
  EXPECT_EQ((*again)->format().epoch, 7U);
  EXPECT_EQ((*again)->format().stream, "router.demo");
  EXPECT_EQ(to_micros((*again)->format().created_at), 1'700'000'000'000'000);
}

TEST_F(EnvironmentTest, IsOpenOnceInAProcessUnderWhateverName) {
  open();
  EXPECT_EQ(refusal(options()).code, ErrorCode::conflict);
  std::filesystem::create_directory_symlink(dir_.path("store"), dir_.path("alias"));
  EnvironmentOptions alias = options();
  alias.path = dir_.path("alias");
  EXPECT_EQ(refusal(alias).code, ErrorCode::conflict);
  put_committed("a", "1");
  close();
  open();
  EXPECT_EQ(get("a"), "1");
}

TEST_F(EnvironmentTest, IsOpenInOneProcessOnAHost) {
  std::array<int, 2> ready{};
  std::array<int, 2> done{};
  ASSERT_EQ(::pipe(ready.data()), 0);
  ASSERT_EQ(::pipe(done.data()), 0);
  pid_t child = ::fork();
  ASSERT_GE(child, 0);
  char byte = 0;
  if (child == 0) {
    ::close(done[1]);
    auto held = Environment::open(options());
    byte = held.ok() ? 'y' : 'n';
    if (::write(ready[1], &byte, 1) != 1) ::_exit(1);
    ssize_t end = ::read(done[0], &byte, 1);
    ::_exit(end == 0 ? 0 : 1);
  }
  ::close(done[0]);
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  ASSERT_EQ(byte, 'y');
  EXPECT_EQ(refusal(options()).code, ErrorCode::conflict);
  ::close(done[1]);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  open();
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_F(EnvironmentTest, BelongsToOneStream) {
  open();
  close();
  Error error = refusal(options("notifier.demo"));
  EXPECT_EQ(error.code, ErrorCode::invalid);
  EXPECT_NE(error.message.find("router.demo"), std::string::npos) << error.message;
  EXPECT_NE(error.message.find("notifier.demo"), std::string::npos) << error.message;
}

TEST_F(EnvironmentTest, ANewerSchemaIsRefusedAndSaysWhatToDo) {
  overwrite_format(Environment::kSchema + 1);
  Error error = refusal(options());
  EXPECT_EQ(error.code, ErrorCode::invalid);
  EXPECT_NE(error.message.find("install the newer jieban"), std::string::npos) << error.message;
  EXPECT_NE(error.message.find(dir_.path("store")), std::string::npos) << error.message;
}

TEST_F(EnvironmentTest, TheSameSchemaIsTaken) {
  overwrite_format(Environment::kSchema);
  open();
}

TEST_F(EnvironmentTest, ALostMarkerDoesNotLoseTheStore) {
  open();
  put_committed("a", "1");
  close();
  ASSERT_TRUE(std::filesystem::remove(marker()));
  open();
  EXPECT_EQ(get("a"), "1");
  EXPECT_TRUE(std::filesystem::exists(marker()));
}

TEST_F(EnvironmentTest, LeftoversOfAPowerCutAtBirthAreThrownAway) {
  ASSERT_TRUE(make_directories(dir_.path("store")).ok());
  ASSERT_TRUE(write_file(data_file(), std::string(8192, '\0')).ok());
  open();
  put_committed("a", "1");
}

TEST_F(EnvironmentTest, AFileThatWasInUseIsNeverThrownAway) {
  ASSERT_TRUE(make_directories(dir_.path("store")).ok());
  std::string content(200'000, '\0');
  ASSERT_TRUE(write_file(data_file(), content).ok());
  EXPECT_EQ(refusal(options()).code, ErrorCode::corrupt);
  EXPECT_EQ(*read_file(data_file(), 1'000'000), content);
}

TEST_F(EnvironmentTest, AMissingFileOfABornStoreIsDamageNotAFreshStart) {
  open();
  close();
  ASSERT_TRUE(std::filesystem::remove(data_file()));
  EXPECT_EQ(refusal(options()).code, ErrorCode::corrupt);
  ASSERT_TRUE(write_file(data_file(), "").ok());
  EXPECT_EQ(refusal(options()).code, ErrorCode::corrupt);
}

TEST_F(EnvironmentTest, ACutOffFileIsAnErrorNotASignal) {
  open();
  for (int i = 0; i < 200; ++i) put_committed(std::to_string(i), std::string(500, 'x'));
  close();
  std::filesystem::resize_file(data_file(), std::filesystem::file_size(data_file()) / 2);
  auto opened = Environment::open(options());
  if (!opened.ok()) {
    EXPECT_EQ(opened.error().code, ErrorCode::corrupt);
    return;
  }
  environment_ = std::move(*opened);
  auto table = environment_->table("things");
  if (!table.ok()) {
    EXPECT_EQ(table.error().code, ErrorCode::corrupt);
    return;
  }
  table_ = *table;
  int damaged = 0;
  for (int i = 0; i < 200; ++i) damaged += get(std::to_string(i)) == "!corrupt" ? 1 : 0;
  EXPECT_GT(damaged, 0);
}

TEST_F(EnvironmentTest, AFullMapIsLeftUnchangedAndGoesOnAfterGrowing) {
  open();
  put_committed("a", "1");
  {
    auto txn = environment_->write();
    ASSERT_TRUE(txn->put(table_, "a", "2").ok());
    auto put = txn->put(table_, "b", std::string(2'000'000, 'x'));
    ASSERT_FALSE(put.ok());
    EXPECT_EQ(put.error().code, ErrorCode::full);
    EXPECT_EQ(txn->commit().error().code, ErrorCode::full);
  }
  EXPECT_FALSE(environment_->latched());
  EXPECT_EQ(get("a"), "1");
  ASSERT_TRUE(environment_->set_map_size(size_t{8} << 20U).ok());
  put_committed("b", std::string(2'000'000, 'x'));
  EXPECT_EQ(get("b").size(), 2'000'000U);
}

// LMDB may find only at commit that there is no room for its own bookkeeping.
TEST_F(EnvironmentTest, FillingUpInSmallStepsNeverLatches) {
  open();
  int written = 0;
  while (true) {
    auto txn = environment_->write();
    auto put = txn->put(table_, "key" + std::to_string(written), std::string(700, 'x'));
    auto end = put.ok() ? txn->commit() : put;
    if (!end.ok()) {
      EXPECT_EQ(end.error().code, ErrorCode::full);
      break;
    }
    ++written;
  }
  EXPECT_FALSE(environment_->latched());
  EXPECT_GT(written, 500);
  ASSERT_TRUE(environment_->set_map_size(size_t{2} << 20U).ok());
  put_committed("after", "1");
  EXPECT_EQ(get("key" + std::to_string(written - 1)).size(), 700U);
}

TEST_F(EnvironmentTest, TheMapDoesNotMoveUnderAReader) {
  open();
  put_committed("a", "1");
  {
    auto reader = environment_->read();
    EXPECT_EQ(environment_->set_map_size(size_t{2} << 20U).error().code, ErrorCode::unavailable);
    EXPECT_EQ(**reader->get(table_, "a"), "1");
  }
  EXPECT_TRUE(environment_->set_map_size(size_t{2} << 20U).ok());
  EXPECT_EQ(environment_->usage()->map_bytes, size_t{2} << 20U);
}

TEST_F(EnvironmentTest, UsageFallsWhenThingsAreErased) {
  open();
  put_committed("big", std::string(300'000, 'x'));
  StoreUsage before = *environment_->usage();
  EXPECT_GT(before.used_bytes, 300'000U);
  {
    auto txn = environment_->write();
    ASSERT_TRUE(*txn->erase(table_, "big"));
    ASSERT_TRUE(txn->commit().ok());
  }
  StoreUsage after = *environment_->usage();
  EXPECT_LT(after.used_bytes + 290'000, before.used_bytes);
  EXPECT_GE(after.file_bytes, before.used_bytes);
  EXPECT_GT(after.disk_free_bytes, 0U);
}

TEST_F(EnvironmentTest, SeveralReadersInOneThreadSeeTheirOwnSnapshots) {
  open();
  put_committed("a", "1");
  auto first = environment_->read();
  put_committed("a", "2");
  auto second = environment_->read();
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(**first->get(table_, "a"), "1");
  EXPECT_EQ(**second->get(table_, "a"), "2");
}

TEST_F(EnvironmentTest, DataFileDoesNotCrossExec) {
  open();
  int found = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code ignored;
    auto target = std::filesystem::read_symlink(entry, ignored).string();
    if (target.find(dir_.root()) != 0) continue;
    ++found;
    int fd = std::atoi(entry.path().filename().c_str());
    EXPECT_NE(::fcntl(fd, F_GETFD) & FD_CLOEXEC, 0) << target;
  }
  EXPECT_GE(found, 3);
}

TEST_F(EnvironmentTest, ASlotOfAKilledReaderIsFreed) {
  open();
  put_committed("a", "1");
  close();
  pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto held = Environment::open(options());
    auto reader = (*held)->read();
    ::_exit(reader.ok() ? 0 : 1);  // without running a destructor, as if killed
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(WEXITSTATUS(status), 0);
  open();
  EXPECT_EQ(environment_->clear_stale_readers(), 0);  // open() has done it
}

TEST_F(EnvironmentTest, ASecondWriteTransactionIsOurMistakeNotADeadlock) {
  open();
  auto txn = environment_->write();
  ASSERT_TRUE(txn.ok());
  EXPECT_DEATH((void)environment_->write(), "writing_");
  EXPECT_DEATH((void)environment_->table("more"), "writing_");
}

}  // namespace
}  // namespace jieban
