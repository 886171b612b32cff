// The JSON push (DOMAIN §14.3): {batch_id, sent_at, source, orders: [{order_no, ...}]}.
//
// The whole push is refused when its frame is wrong: a missing batch_id, an unknown key, a wrong
// type, more than limits::kOrdersPerRequestMax orders. An order without a usable number or content
// is refused alone, the others pass; any other value that is wrong is a warning (normalise.h), also
// one of the wrong type. Messages name the path (orders[3].called_at), never a value. Keys of an
// order are canonical names (submission.h); unknown ones go to `extra`, nested values as
// "photos[0].url". Times are text; numbers are taken for numbers, order numbers up to 15 digits.
// Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/base/result.h"
#include "common/base/value.h"
#include "daemons/receiver/intake/raw_order.h"
#include "daemons/receiver/intake/submission.h"

namespace jieban {

struct PushedOrder {
  std::string order_no;  // when it is a valid one, also of a refused order
  Result<Submission> submission{std::in_place};
  std::vector<FieldWarning> warnings{};  // of an order that is taken
};

struct PushBatch {
  std::string batch_id;
  std::optional<Timestamp> sent_at;
  std::string source;
  std::vector<PushedOrder> orders;
};

constexpr size_t kBatchIdMax = 64;  // of [0-9A-Za-z_.:-]

Result<PushBatch> read_push(const Value& body);
// One order, as an item of a push; `path` begins its error messages.
PushedOrder read_pushed_order(const Value& order, size_t row_no, const std::string& path);

}  // namespace jieban
