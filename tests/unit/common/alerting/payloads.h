// What every struct of common/alerting that is kept or sent must bear.
#pragma once

#include <gtest/gtest.h>

#include "common/wire/payload.h"
#include "common/wire/row.h"
#include "tests/support/filled.h"

namespace jieban {

// As a payload and as a row it comes back as it was, and its table forgets no member.
template <class T>
void expect_payload(const T& value) {
  EXPECT_EQ(table_size<T>(), member_count<T>());
  auto payload = decode_payload<T>(encode_payload(value));
  ASSERT_TRUE(payload.ok()) << payload.error().message;
  EXPECT_EQ(*payload, value);
  auto row = decode_row<T>(encode_row(value));
  ASSERT_TRUE(row.ok()) << row.error().message;
  EXPECT_EQ(*row, value);
}

inline Timestamp second(int64_t n) { return from_micros(1'772'409'600'000'000 + n * 1'000'000); }

}  // namespace jieban
