// Goal: what a person asks for arrives as it was asked.
#include "daemons/notifier/duty/duty_inputs.h"

#include <gtest/gtest.h>

#include "common/wire/payload.h"

namespace jieban {
namespace {

TEST(DutyInputs, EachWordIsReadAsItIsWritten) {
  for (const auto kind :
       {DutyKind::override_of_rule, DutyKind::leave, DutyKind::swap, DutyKind::temporary}) {
    DutyKind read{};
    ASSERT_TRUE(from_string(to_string(kind), read));
    EXPECT_EQ(read, kind);
  }
  for (const auto verb :
       {DutyVerb::accept, DutyVerb::approve, DutyVerb::refuse, DutyVerb::withdraw}) {
    DutyVerb read{};
    ASSERT_TRUE(from_string(to_string(verb), read));
    EXPECT_EQ(read, verb);
  }
  DutyVerb verb{};
  EXPECT_FALSE(from_string("bless", verb));
  EXPECT_EQ(to_string(DutyKind::override_of_rule), "override");
}

TEST(DutyInputs, ARequestTravelsWhole) {
  DutyRequest request;
  request.id = "t-1";
  request.kind = DutyKind::temporary;
  request.by = "x";
  request.reason = "演练";
  request.rota = "seat";
  request.until = from_micros(50);
  request.shifts = {{"a", from_micros(10), from_micros(20), 0}};
  const auto read = decode_payload<DutyRequest>(encode_payload(request));
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(encode_payload(*read), encode_payload(request));
  EXPECT_FALSE(read->from.has_value());
  ASSERT_EQ(read->shifts.size(), 1U);
  EXPECT_EQ(read->shifts[0].person, "a");
}

}  // namespace
}  // namespace jieban
