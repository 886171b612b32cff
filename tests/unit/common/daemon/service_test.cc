// Goal: a core finds its tables, and rows of a layout that it cannot read are never read as its
// own.
#include "common/daemon/service.h"

#include "common/daemon/table.h"
#include "tests/unit/common/daemon/daemon_fixture.h"

namespace jieban {
namespace {

class TableOpenerTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Environment::open(store_options(dir_.path("store")));
    ASSERT_TRUE(opened.ok());
    environment_ = std::move(*opened);
    TableOpener opener(*environment_);
    ASSERT_TRUE(table_.open(opener, "counts").ok());
  }

  TempDir dir_{"/dev/shm"};
  std::unique_ptr<Environment> environment_;
  Table<Count> table_;
};

TEST_F(TableOpenerTest, NamesTheTablesOfTheCoreOnly) {
  TableOpener opener(*environment_);
  ASSERT_TRUE(opener.open("plain").ok());
  ASSERT_TRUE(opener.open_rows("counts", row_layout<Count>()).ok());
  EXPECT_EQ(opener.tables().size(), 2U);
  EXPECT_EQ(opener.tables().count("plain"), 1U);
  EXPECT_EQ(opener.tables().at("counts").dbi, table_.id().dbi);
}

struct Renamed {
  uint64_t amount = 0;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("amount", &Renamed::amount);
  }
};

struct Longer {
  uint64_t value = 0;
  std::optional<uint64_t> since;
  template <class Visit>
  static void fields(Visit& visit) {
    visit("value", &Longer::value);
    visit("since", &Longer::since);
  }
};

TEST_F(TableOpenerTest, RowsOfAnotherLayoutAreNeverReadAsIfTheyWereItsOwn) {
  TableOpener opener(*environment_);
  Table<Renamed> renamed;
  auto opened = renamed.open(opener, "counts");
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::invalid);
  EXPECT_NE(opened.error().message.find("counts"), std::string::npos);
}

TEST_F(TableOpenerTest, ALayoutThatGrewIsTakenAndItsElderIsRefusedFromThenOn) {
  auto txn = environment_->write();
  ASSERT_TRUE(table_.put(*txn, "a", Count{5}).ok());
  ASSERT_TRUE(txn->commit().ok());
  TableOpener opener(*environment_);
  Table<Longer> longer;
  ASSERT_TRUE(longer.open(opener, "counts").ok());
  EXPECT_EQ((*longer.get(*environment_->read(), "a"))->value, 5U);
  EXPECT_FALSE(table_.open(opener, "counts").ok()) << "it would lose what was added";
}

}  // namespace
}  // namespace jieban
