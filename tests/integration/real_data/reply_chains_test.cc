// Goal: orders that passed through several units go through the five daemons as they did in life.
// Fuzhou's chains tell of each order how often it was handed on; each is replayed as a dispatch,
// bounces and further dispatches, and the archive must show the units in their order.
//
// The export names no units, so they are numbered. Beyond the cap of bounces a unit may not send an
// order back any more: what went on from there is replayed as the team leader's reassignments.
#include <algorithm>

#include "common/json/json.h"
#include "tests/integration/real_data/collection.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

using std::chrono::seconds;
using Arguments = std::vector<std::pair<std::string, std::string>>;

constexpr size_t kBounceCap = 2;  // as config/routing.yaml has it

struct Chain {
  size_t row = 0;
  std::string order_no;
  std::string reply;
  size_t units = 0;
  bool undispatched = true;  // no rule had a unit for it
};

std::string unit(size_t number) { return "unit-" + std::to_string(number); }

std::vector<Chain> chains_of(const Rows& rows) {
  const auto column = [&](std::string_view name) {
    const auto found = std::ranges::find(rows.front(), name);
    CHECK(found != rows.front().end());
    return size_t(found - rows.front().begin());
  };
  const size_t id = column("id");
  const size_t reply = column("回复1");
  const size_t passed_on = column("转处理次数");
  std::vector<Chain> chains;
  for (size_t i = 1; i < rows.size(); ++i) {
    chains.push_back({i, rows[i][id], rows[i][reply], std::stoul(rows[i][passed_on])});
  }
  return chains;
}

class Replay {
 public:
  explicit Replay(const TestSite& site) : desk_(site.api("receiver")) {}

  void run(const Chain& chain) {
    for (size_t number = 1; number <= chain.units; ++number) {
      const bool reassigned = number > kBounceCap + 1;
      const bool bounced = number > 1 && !reassigned;
      if (bounced) command(chain, "unit_bounce", "unit", {{"reason_code", "DUTY"}});
      if (reassigned) {
        command(chain, "reassign", "team_leader",
                {{"lead_unit", unit(number)}, {"reason_code", "DUTY"}});
      } else if (number > 1 || chain.undispatched) {
        command(chain, "dispatch", "team_leader", {{"lead_unit", unit(number)}});
      } else {
        command(chain, "reassign", "team_leader",
                {{"lead_unit", unit(number)}, {"reason_code", "DUTY"}});
      }
    }
    command(chain, "accept", "unit", {});
    command(chain, "hand_in", "unit", {}, chain.reply);
    command(chain, "submit", "audit", {});
    command(chain, "accept_completion", "city", {});
  }

 private:
  void command(const Chain& chain, const std::string& word, const std::string& role,
               const Arguments& arguments, const std::string& text = "") {
    Value body;
    body.set("idempotency_key", "chain-" + std::to_string(++asked_))
        .set("actor", role + "-1")
        .set("role", role);
    if (!text.empty()) body.set("text", text);
    Value open;
    for (const auto& [name, value] : arguments) open.set(name, value);
    if (!arguments.empty()) body.set("arguments", std::move(open));
    const std::string sent = to_json(body);
    auto answer = desk_.post("/api/v1/orders/" + chain.order_no + "/commands/" + word, sent);
    ASSERT_TRUE(answer.ok());
    ASSERT_EQ(answer->status, 200)
        << "row " << chain.row << " " << word << " " << text_at(answer->value, "code");
  }

  DaemonClient desk_;
  size_t asked_ = 0;
};

TEST(ReplyChains, TheArchiveShowsEachUnitThatAnOrderPassedThroughInItsOrder) {
  COLLECTED_OR_SKIP(csv, "fuzhou12345/reply_chains.csv");
  auto chains = chains_of(rows_of(csv));
  ASSERT_EQ(chains.size(), 238U);
  TestSiteOptions options;
  options.sign_automatically = true;
  TestSite site(options);
  site.start_all();
  ASSERT_TRUE(site.wait_ready(seconds(60))) << site.logs();
  EXPECT_EQ(import_csv(site, "reply_chains.csv", csv, seconds(60)), int64_t(chains.size()));
  ASSERT_TRUE(site.wait_drained(seconds(60))) << site.logs();
  DaemonClient archiver = site.api("archiver");
  Replay replay(site);
  for (Chain& chain : chains) {
    auto order = archiver.get_value("/api/v1/orders/" + chain.order_no);
    ASSERT_TRUE(order.ok()) << "row " << chain.row;
    chain.undispatched = text_at(*order->find("order"), "state") == "SIGNED";
    replay.run(chain);
    if (testing::Test::HasFatalFailure()) return;
  }
  ASSERT_TRUE(site.wait_drained(seconds(120))) << site.logs();
  size_t longest = 0;
  for (const Chain& chain : chains) {
    SCOPED_TRACE("row " + std::to_string(chain.row));
    auto view = archiver.get_value("/api/v1/orders/" + chain.order_no);
    ASSERT_TRUE(view.ok());
    EXPECT_EQ(text_at(*view->find("order"), "state"), "COMPLETED");
    std::vector<std::string> units;
    size_t bounces = 0;
    for (const Value& event : array_at(*view, "timeline")) {
      const std::string topic = text_at(event, "topic");
      if (topic == "order.bounced") ++bounces;
      if (topic != "order.dispatched" && topic != "order.reassigned") continue;
      if (text_at(event, "actor") == "system") continue;  // what the rules had guessed
      units.push_back(text_at(*event.find("payload"), "lead_unit"));
    }
    std::vector<std::string> expected;
    for (size_t number = 1; number <= chain.units; ++number) expected.push_back(unit(number));
    EXPECT_EQ(units, expected);
    EXPECT_EQ(bounces, std::min(chain.units - 1, kBounceCap));
    EXPECT_EQ(text_at(*view->find("order"), "lead_unit"), expected.back());
    longest = std::max(longest, chain.units);
  }
  EXPECT_GT(longest, 10U);
}

}  // namespace
}  // namespace jieban
