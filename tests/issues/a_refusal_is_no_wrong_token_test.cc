// Seen: `jieban attachment get` in a role that may not see attachments ended with 78,
// configuration, as if the token were wrong; the daemon had answered 403 and said which roles may.
#include <gtest/gtest.h>

#include "tools/site/client.h"

namespace jieban {
namespace {

TEST(ARefusalIsNoWrongToken, OnlyAnUnknownOneIs) {
  EXPECT_EQ(value_of({403, "", {}}).error().code, ErrorCode::refused);
  EXPECT_EQ(value_of({401, "", {}}).error().code, ErrorCode::unauthenticated);
}

}  // namespace
}  // namespace jieban
