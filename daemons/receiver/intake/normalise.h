// One row, judged: a Submission, or the reason why it is refused.
//
// Refused is a row without order number or content, with a number that Excel has ruined (scientific
// notation, more than 15 digits stored as a number: never guessed), with a date that is none, or a
// text past its limit. What merely was not understood (a word, a flag, a coordinate) stays in
// `extra` as it came. A withdrawn or invalid order is an order.
// The reason is for the operator, in Chinese: it names column and kind of fault, never the text, as
// that may be personal. Pure; any thread.
#pragma once

#include <optional>
#include <string>

#include "common/base/result.h"
#include "daemons/receiver/intake/raw_order.h"
#include "daemons/receiver/intake/submission.h"

namespace jieban {

struct Rejection {
  std::string column;  // canonical name, "extra", or empty when it is the whole row
  std::string reason;
};

// A row of 40 columns that we don't know, and their text: bounds an event (limits::kEventBytesMax).
constexpr size_t kExtraColumnsMax = 200;
constexpr size_t kExtraNameMax = 100;           // characters
constexpr size_t kExtraCharactersMax = 16'000;  // of all values together
constexpr size_t kTagsMax = 32;

// Fills `out`, which is of no use when a rejection comes back.
std::optional<Rejection> read_order(const RawOrder& raw, Submission& out);

// The same as a Result: the message is "column: reason".
Result<Submission> normalise(const RawOrder& raw);

// The order number when it is a valid one, else empty: fit to be shown beside a rejection.
std::string shown_order_no(const RawOrder& raw);

}  // namespace jieban
