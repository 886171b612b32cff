#include "common/store/lmdb_error.h"

#include <lmdb.h>

#include <cerrno>

namespace jieban {

Error lmdb_error(int code, std::string_view doing) {
  ErrorCode kind = ErrorCode::io;
  switch (code) {
    case MDB_MAP_FULL:
    case ENOSPC:
    case EDQUOT:
      kind = ErrorCode::full;
      break;
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_INVALID:
    case MDB_VERSION_MISMATCH:
      kind = ErrorCode::corrupt;
      break;
    case MDB_BAD_VALSIZE:
      kind = ErrorCode::invalid;
      break;
    case MDB_TXN_FULL:
    case MDB_DBS_FULL:
      kind = ErrorCode::limit;
      break;
    case MDB_READERS_FULL:
      kind = ErrorCode::unavailable;
      break;
    default:
      break;
  }
  return Error{kind, std::string(doing) + ": " + mdb_strerror(code)};
}

}  // namespace jieban
