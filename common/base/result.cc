#include "common/base/result.h"

namespace jieban {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::invalid:
      return "invalid";
    case ErrorCode::refused:
      return "refused";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::limit:
      return "limit";
    case ErrorCode::corrupt:
      return "corrupt";
    case ErrorCode::unauthenticated:
      return "unauthenticated";
    case ErrorCode::unavailable:
      return "unavailable";
    case ErrorCode::full:
      return "full";
    case ErrorCode::io:
      return "io";
    case ErrorCode::internal:
      return "internal";
  }
  check_failed(__FILE__, __LINE__, "a known ErrorCode");
}

}  // namespace jieban
