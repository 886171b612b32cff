#include "daemons/receiver/problem.h"

#include <array>

namespace jieban {
namespace {

constexpr std::chrono::seconds kRetryAfter{10};

}  // namespace

HttpResponse problem_of(const Error& error) {
  struct Row {
    ErrorCode code;
    int status;
  };
  static constexpr std::array<Row, 7> kRows = {{{ErrorCode::invalid, 400},
                                                {ErrorCode::corrupt, 400},
                                                {ErrorCode::limit, 413},
                                                {ErrorCode::not_found, 404},
                                                {ErrorCode::full, 503},
                                                {ErrorCode::unavailable, 503},
                                                // The outcome is unknown; the daemon restarts, and
                                                // the same id asks again.
                                                {ErrorCode::io, 503}}};
  int status = 500;
  for (const Row& row : kRows) {
    if (row.code == error.code) status = row.status;
  }
  return HttpResponse::problem(status, "", error.message,
                               status == 503 ? Duration(kRetryAfter) : Duration::zero());
}

}  // namespace jieban
