// One row, judged: a Submission, or the reason why it is refused.
//
// Refused is only a row without a usable order number or content (DOMAIN §6.2); a number that Excel
// has ruined is not usable: scientific notation, more than 15 digits stored as a number; it is
// never guessed. An order that is not signed costs money, so nothing else keeps one out. A value
// that cannot be read (a date that is none, an unknown word, flag or coordinate) stays absent, and
// what stood there goes to `extra` under the field's name; a text past its limit is cut there, and
// stands whole in `extra`. Each of these is told as a warning, and so is what `extra` has no room
// for. An unknown kind of order is "other" by design, without a warning. A withdrawn or invalid
// order is an order. Reasons are for the operator, in Chinese: they name column and kind of fault,
// never the text, as that may be personal. Pure; any thread.
#pragma once

#include <optional>
#include <string>

#include "common/base/result.h"
#include "daemons/receiver/intake/raw_order.h"
#include "daemons/receiver/intake/submission.h"

namespace jieban {

struct Rejection {
  std::string column;  // canonical name
  std::string reason;
};

// A row of 40 columns that we don't know, and their text: bounds an event (limits::kEventBytesMax).
constexpr size_t kExtraColumnsMax = 200;
constexpr size_t kExtraNameMax = 100;           // characters
constexpr size_t kExtraCharactersMax = 16'000;  // of all values together
constexpr size_t kTagsMax = 32;

// Fills `out`, which is of no use when a rejection comes back. Warnings are added.
std::optional<Rejection> read_order(const RawOrder& raw, Submission& out,
                                    std::vector<FieldWarning>& warnings);

// The same as a Result, for those who don't tell warnings: the message is "column: reason".
Result<Submission> normalise(const RawOrder& raw);

// The order number when it is a valid one, else empty: fit to be shown beside a rejection.
std::string shown_order_no(const RawOrder& raw);

}  // namespace jieban
