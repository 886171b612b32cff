// Goal: the same for the folders of an smsd: killed before the message's file lies in `outgoing`,
// and between that and the commit of its end, whether or not smsd has taken it by the next start.
// Method: strace kills the daemon at the calls that only the channel's thread makes; the test takes
// the files, as smsd would.
#include <filesystem>

#include "common/base/file.h"
#include "daemons/notifier/channels/smstools_file.h"
#include "tests/integration/delivery_kill/traced_kill.h"
#include "tests/support/wait_until.h"

namespace jieban {
namespace {

// The test is the smsd: what it has taken is with the modem, and out.
class ModemFolder : public KilledChannel {
 public:
  ModemFolder() {
    for (const char* folder : {"outgoing", "sent", "failed", "incoming", "report"}) {
      std::filesystem::create_directories(dir_.path(folder));
    }
  }
  std::string item() const override {
    return "  - {name: modem, kind: smstools_sms, target: " + dir_.root() + ", method: sms}\n";
  }
  void behave(const std::vector<Manner>&) override {}
  StageGate& gate() override { return gate_; }
  std::vector<GatewayMessage> messages() const override { return taken_; }
  std::vector<std::string> faults() const override { return faults_; }

  // How many lay there.
  size_t take() {
    size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(dir_.path("outgoing"))) {
      ++count;
      constexpr size_t kMost = size_t{64} * 1024;
      auto file = parse_smstools(*read_file(entry.path(), kMost));
      auto text = file.ok() ? smstools_text(*file) : Result<std::string>(file.error());
      if (!text.ok() || text->find("【提醒】") == std::string::npos) {
        faults_.push_back("no whole message: " + entry.path().filename().string());
        continue;
      }
      taken_.push_back(
          {std::string(file->header(kNoticeHeader)), text->starts_with("（可能重复）")});
    }
    for (const auto& entry : std::filesystem::directory_iterator(dir_.path("outgoing"))) {
      std::filesystem::remove(entry.path());
    }
    return count;
  }

 private:
  TempDir dir_;
  StageGate gate_;  // nobody stands still here
  std::vector<GatewayMessage> taken_;
  std::vector<std::string> faults_;
};

struct SpoolRow {
  const char* name;
  const char* call;
  int nth;
  bool taken;  // it lies there, and smsd takes it before the next start
};
// fsync: the file (the start makes one too), its folder, then that of `outgoing`; rename: to its
// name, then to `outgoing`.
constexpr SpoolRow kSpoolRows[] = {
    {"WrittenAndNotKeptYet", "fsync", 2, false},
    {"WrittenUnderAnotherName", "rename", 1, false},
    {"WrittenWhereNobodyLooks", "rename", 2, false},
    {"LiesThereAndIsTaken", "fsync", 3, true},
    {"LiesThereAndIsWrittenOver", "fsync", 3, false},
};

void PrintTo(const SpoolRow& row, std::ostream* out) { *out << row.name; }

class SpoolKillTable : public TracedKill, public testing::WithParamInterface<SpoolRow> {
 protected:
  SpoolKillTable() : TracedKill(std::make_unique<ModemFolder>()) {}
  // Which makes the store, by calls like the channel's.
  void start_for_the_first_time() {
    const auto names = new_names(1);
    site_.start();
    ASSERT_TRUE(site_.raise(names, kPatience)) << site_.logs();
    ASSERT_TRUE(site_.all_become(names, "sent", kPatience)) << site_.logs();
    site_.kill();
    ASSERT_EQ(folder().take(), 1U);
  }
  ModemFolder& folder() { return static_cast<ModemFolder&>(*channel_); }
};

TEST_P(SpoolKillTable, NothingIsLostAndRepeatsAreMarked) {
  if (!strace_works()) GTEST_SKIP() << "strace cannot trace here";
  const SpoolRow& row = GetParam();
  start_for_the_first_time();
  const auto names = new_names(1);
  const size_t earlier = folder().messages().size();
  site_.start(traced(row.call, "signal=KILL:when=" + std::to_string(row.nth)));
  (void)site_.raise(names, kPatience);  // it may be gone before it has answered
  ASSERT_TRUE(wait_until([&] { return has_ended(); }, kPatience)) << site_.logs();
  if (row.taken) {
    EXPECT_EQ(folder().take(), 1U);
  }
  site_.start();
  ASSERT_TRUE(site_.raise(names, kPatience)) << site_.logs();
  ASSERT_TRUE(site_.all_become(names, "sent", kPatience)) << site_.logs();
  const size_t before = folder().messages().size() - earlier;
  EXPECT_EQ(folder().take(), 1U) << "one file, by the notice's name";
  check(names);
  // One that the modem may have had comes again, and says so; also where the file was still there.
  EXPECT_EQ(before, row.taken ? 1U : 0U);
  EXPECT_TRUE(folder().messages().back().marked) << "a try that was cut off";
  EXPECT_EQ(attempts_of(site_.calls(names)[names.front()].id), 2U);
}

INSTANTIATE_TEST_SUITE_P(Each, SpoolKillTable, testing::ValuesIn(kSpoolRows),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace jieban
