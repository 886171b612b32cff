// An environment in a directory of its own, and the few steps that every store test repeats.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "common/store/environment.h"
#include "tests/support/temp_dir.h"

namespace jieban {

class StoreFixture : public ::testing::Test {
 protected:
  EnvironmentOptions options(const std::string& stream = "router.demo") const {
    EnvironmentOptions options;
    options.path = dir_.path("store");
    options.stream = stream;
    options.new_epoch = 7;
    options.now = from_micros(1'700'000'000'000'000);
    options.map_size = size_t{1} << 20U;
    return options;
  }

  void open() {
    environment_.reset();
    auto opened = Environment::open(options());
    ASSERT_TRUE(opened.ok()) << opened.error().message;
    environment_ = std::move(*opened);
    table_ = *environment_->table("things");
  }
  void close() { environment_.reset(); }

  void put_committed(const std::string& key, const std::string& value) {
    auto txn = environment_->write();
    ASSERT_TRUE(txn.ok());
    ASSERT_TRUE(txn->put(table_, key, value).ok());
    auto committed = txn->commit();
    ASSERT_TRUE(committed.ok()) << committed.error().message;
  }

  // "-" when there is none, "!" and the code when reading fails.
  std::string get(const std::string& key) {
    auto txn = environment_->read();
    if (!txn.ok()) return "!" + std::string(to_string(txn.error().code));
    auto found = txn->get(table_, key);
    if (!found.ok()) return "!" + std::string(to_string(found.error().code));
    return *found ? std::string(**found) : "-";
  }

  TempDir dir_{"/dev/shm"};
  std::unique_ptr<Environment> environment_;
  TableId table_;
};

}  // namespace jieban
