// What LMDB reports is sorted into what a daemon can decide on.
#include "common/store/lmdb_error.h"

#include <gtest/gtest.h>
#include <lmdb.h>

#include <cerrno>

namespace jieban {
namespace {

TEST(LmdbError, CodesKeepTheirMeaning) {
  struct Case {
    int code;
    ErrorCode meaning;
  };
  constexpr Case kCases[] = {
      {MDB_MAP_FULL, ErrorCode::full},
      {ENOSPC, ErrorCode::full},
      {EDQUOT, ErrorCode::full},
      {MDB_CORRUPTED, ErrorCode::corrupt},
      {MDB_PAGE_NOTFOUND, ErrorCode::corrupt},
      {MDB_INVALID, ErrorCode::corrupt},
      {MDB_VERSION_MISMATCH, ErrorCode::corrupt},
      {MDB_BAD_VALSIZE, ErrorCode::invalid},
      {MDB_TXN_FULL, ErrorCode::limit},
      {MDB_DBS_FULL, ErrorCode::limit},
      {MDB_READERS_FULL, ErrorCode::unavailable},
      {MDB_PANIC, ErrorCode::io},
      {EIO, ErrorCode::io},
  };
  for (const Case& one : kCases) {
    EXPECT_EQ(lmdb_error(one.code, "x").code, one.meaning) << mdb_strerror(one.code);
  }
}

TEST(LmdbError, TheMessageSaysWhatWasDoneAndWhatCameOfIt) {
  std::string message = lmdb_error(MDB_MAP_FULL, "writing").message;
  EXPECT_EQ(message.find("writing: "), 0U);
  EXPECT_NE(message.find("mapsize"), std::string::npos) << message;
}

}  // namespace
}  // namespace jieban
