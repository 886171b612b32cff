// Goal: other threads see the same rota as the core, in transactions of their own.
#include "daemons/notifier/duty/rota_view.h"

#include "tests/unit/daemons/notifier/duty_fixture.h"

namespace jieban {
namespace {

TEST(RotaView, SeesWhatWasCommittedSinceItWasMade) {
  DutyDesk desk;
  const RotaView view(desk.core().callouts().rota());
  auto before = desk.fold().environment().read();
  EXPECT_TRUE(view.book(*before)->changes.leaves.empty());
  desk.ask(leave_request("l1", "b", "", "2026-02-03 16:00"));
  auto after = desk.fold().environment().read();
  EXPECT_EQ(view.book(*after)->changes.leaves.size(), 1U);
  EXPECT_EQ(view.changes(*after)->at(0).request.id, "l1");
  EXPECT_TRUE(view.book(*before)->changes.leaves.empty()) << "its own transaction";
}

TEST(RotaView, BeforeARotaIsLoadedThereIsNone) {
  NotifierFixture bare;
  const RotaView view(bare.core().callouts().rota());
  auto txn = bare.fold().environment().read();
  EXPECT_EQ(view.book(*txn).error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace jieban
