// Files become orders once, however often the scan, the file or the process is repeated.
// The store is a map here: it knows batches and orders, as the receiver's core does.
#include "daemons/receiver/intake/import_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "common/base/crc32c.h"
#include "common/base/file.h"
#include "common/json/json.h"
#include "tests/support/alias_files.h"
#include "tests/support/temp_dir.h"
#include "tests/support/workbook_builder.h"

namespace jieban {
namespace {

namespace fs = std::filesystem;

class SteppedClock : public Clock {
 public:
  Timestamp now() const override { return at; }
  Timestamp at = *from_civil({2026, 2, 3, 4, 5, 6});
};

class ImportFolderTest : public testing::Test {
 protected:
  ImportFolder folder() {
    return ImportFolder({dir.root(), "import", {}}, shipped_aliases("aliases.yaml"),
                        {[this](auto& id, auto& source, auto given) {
                           return submit(id, source, std::move(given));
                         },
                         [](std::string_view bytes) { return std::to_string(crc32c(bytes)); },
                         [this](const ImportSummary& summary) -> Result<void> {
                           EXPECT_TRUE(fs::exists(dir.path(summary.file))) << "told before";
                           if (refuse_done) return *refuse_done;
                           done.push_back(summary.taken.size());
                           return {};
                         }},
                        clock);
  }

  Result<ImportOutcome> submit(const std::string& id, const std::string& source,
                               std::vector<Submission> given) {
    EXPECT_EQ(source, "import");
    if (refuse) return *refuse;
    batches.push_back(id);
    sizes.push_back(given.size());
    ImportOutcome outcome;
    for (Submission& order : given) {
      std::string text = canonical_text(order);
      auto [found, fresh] = orders.try_emplace(order.order_no, text);
      bool same = found->second == text;
      found->second = text;
      outcome.taken.push_back({order.order_no, fresh  ? OrderOutcome::added
                                               : same ? OrderOutcome::unchanged
                                                      : OrderOutcome::updated});
    }
    return outcome;
  }

  void put(const std::string& name, const std::string& content) {
    std::ofstream(dir.path(name), std::ios::binary) << content;
  }

  ScanReport scan(ImportFolder& from) {
    auto report = from.scan_once();
    EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.error().message);
    return report.ok() ? *report : ScanReport{};
  }

  std::string text(const std::string& path) {
    auto content = read_file(dir.path(path), 1 << 20);
    return content ? *content : "";
  }

  int64_t count(const std::string& file, const std::string& name) {
    auto value = parse_json(text("done/20260203-040506-" + file + "/result.json"));
    return value && value->find(name) ? *value->find(name)->integer() : -1;
  }

  static std::string csv(int rows) {
    std::string out = "工单编号,主要内容,来电时间\n";
    for (int i = 1; i <= rows; ++i) out += std::to_string(i) + ",内容,2026-02-03\n";
    return out;
  }

  TempDir dir;
  SteppedClock clock;
  std::optional<Error> refuse;
  std::optional<Error> refuse_done;
  std::vector<size_t> done;  // the orders of each file that was told of
  std::map<std::string, std::string> orders;
  std::vector<std::string> batches;
  std::vector<size_t> sizes;
};

// DOMAIN §19, scenario 1.
TEST_F(ImportFolderTest, AWorkbookWithTitlesMixedDatesADuplicateAndABlankContent) {
  std::string rows = inline_rows({{"某街道 12345 工单"},
                                  {"导出时间：2026-02-03"},
                                  {"工单编号", "主要内容", "来电时间"},
                                  {"YT-1", "路灯不亮", "2026年2月3日 4时5分"},
                                  {"YT-2", "井盖缺失", "#46056.5"},
                                  {"YT-3", "", "2026/2/3 下午 3:05"},
                                  {"YT-4", "占道经营", "20260203040506"},
                                  {"YT-1", "路灯仍不亮", "2026-02-03"}});
  put("a.xlsx", build_workbook({rows, "", "", WorkbookParts().sheets}));
  ImportFolder import = folder();
  EXPECT_EQ(scan(import).waiting, 1u);
  EXPECT_EQ(scan(import).imported, 1u);
  EXPECT_EQ(orders.size(), 3u);
  EXPECT_EQ(count("a.xlsx", "rows"), 5);
  EXPECT_EQ(count("a.xlsx", "new"), 3);
  EXPECT_EQ(count("a.xlsx", "updated"), 1);
  EXPECT_EQ(count("a.xlsx", "rejected"), 1);
  EXPECT_EQ(text("done/20260203-040506-a.xlsx/rejects.csv"),
            "\xEF\xBB\xBF行号,工单编号,列,原因\r\n6,\"YT-3\",\"content\",\"必填，但为空\"\r\n");
  EXPECT_FALSE(fs::exists(dir.path("a.xlsx")));
}

TEST_F(ImportFolderTest, TheSameFileAgainIsTheSameBatches) {
  ImportFolder import = folder();
  put("a.csv", csv(3));
  scan(import), scan(import);
  put("again.csv", csv(3));
  scan(import), scan(import);
  ASSERT_EQ(batches.size(), 2u);
  EXPECT_EQ(batches[0], batches[1]);
  EXPECT_EQ(count("again.csv", "unchanged"), 3);
}

TEST_F(ImportFolderTest, AFileIsToldOfOnceHoweverManyGroupsItHasAndWhetherItHasNewsOrNot) {
  ImportFolder import = folder();
  put("a.csv", csv(1001));
  scan(import), scan(import);
  EXPECT_EQ(done, std::vector<size_t>{1001});
  put("again.csv", csv(1001));
  scan(import), scan(import);
  EXPECT_EQ(done, (std::vector<size_t>{1001, 1001}));
  put("empty.csv", "工单编号,主要内容,来电时间\n");
  scan(import), scan(import);
  EXPECT_EQ(done, (std::vector<size_t>{1001, 1001, 0})) << "the city had nothing";
  put("bad.csv", "some,thing,else\n1,2,3\n");
  scan(import), scan(import);
  EXPECT_TRUE(fs::exists(dir.path("failed")));
  EXPECT_EQ(done.size(), 3U) << "what failed is no import";
}

TEST_F(ImportFolderTest, AFileThatCannotBeToldOfWaits) {
  ImportFolder import = folder();
  put("a.csv", csv(1));
  refuse_done = Error{ErrorCode::unavailable, "not now"};
  scan(import);
  EXPECT_EQ(scan(import).postponed, 1U);
  EXPECT_TRUE(fs::exists(dir.path("a.csv")));
  refuse_done.reset();
  EXPECT_EQ(scan(import).imported, 1U);
  EXPECT_EQ(done.size(), 1U);
}

TEST_F(ImportFolderTest, GroupsAreOfFiveHundredUnderTheirOwnIds) {
  put("a.csv", csv(1001));
  ImportFolder import = folder();
  scan(import), scan(import);
  EXPECT_EQ(sizes, (std::vector<size_t>{500, 500, 1}));
  EXPECT_EQ(std::set<std::string>(batches.begin(), batches.end()).size(), 3u);
}

TEST_F(ImportFolderTest, AFileThatStillGrowsIsLeftAlone) {
  ImportFolder import = folder();
  put("a.csv", csv(1));
  EXPECT_EQ(scan(import).waiting, 1u);
  put("a.csv", csv(2));
  EXPECT_EQ(scan(import).waiting, 1u);
  EXPECT_TRUE(batches.empty());
  EXPECT_EQ(scan(import).imported, 1u);
  EXPECT_EQ(sizes, (std::vector<size_t>{2}));
}

TEST_F(ImportFolderTest, OtherNamesLinksAndDirectoriesAreNotTouched) {
  for (const char* name : {".a.csv", "a.csv.part", "~$a.xlsx", "a.txt"}) put(name, csv(1));
  fs::create_directory(dir.path("d.csv"));
  fs::create_symlink(dir.path("a.txt"), dir.path("l.csv"));
  ImportFolder import = folder();
  scan(import);
  ScanReport report = scan(import);
  EXPECT_EQ(report.imported + report.failed + report.waiting, 0u);
  EXPECT_TRUE(fs::exists(dir.path("a.csv.part")));
}

TEST_F(ImportFolderTest, AFullStorePostponesTheFile) {
  put("a.csv", csv(1));
  ImportFolder import = folder();
  scan(import);
  for (ErrorCode code : {ErrorCode::full, ErrorCode::unavailable}) {
    refuse = Error{code, "not now"};
    EXPECT_EQ(scan(import).postponed, 1u);
    EXPECT_TRUE(fs::exists(dir.path("a.csv")));
  }
  refuse.reset();
  EXPECT_EQ(scan(import).imported, 1u);
}

TEST_F(ImportFolderTest, AWholeFileErrorGoesToFailedWithItsReason) {
  put("a.csv", "x,y\n1,2\n");
  put("b.xls", "\xD0\xCF\x11\xE0");
  put("c.csv", csv(1));
  ImportFolder import = folder();
  scan(import);
  ScanReport report = scan(import);
  EXPECT_EQ(report.failed, 2u);
  EXPECT_EQ(report.imported, 1u);
  EXPECT_NE(text("failed/20260203-040506-a.csv/error.txt").find("没有找到表头"), std::string::npos);
  EXPECT_NE(text("failed/20260203-040506-b.xls/error.txt").find("另存为"), std::string::npos);
  EXPECT_EQ(text("failed/20260203-040506-a.csv/a.csv"), "x,y\n1,2\n");
}

TEST_F(ImportFolderTest, ARefusalOfTheCoreFailsTheFile) {
  put("a.csv", csv(1));
  refuse = Error{ErrorCode::refused, "不收"};
  ImportFolder import = folder();
  scan(import);
  EXPECT_EQ(scan(import).failed, 1u);
  EXPECT_NE(text("failed/20260203-040506-a.csv/error.txt").find("第 1 组提交失败"),
            std::string::npos);
}

TEST_F(ImportFolderTest, ACrashAfterSubmittingSubmitsTheSameBatchesAgain) {
  put("a.csv", csv(501));
  {
    ImportFolder import = folder();
    scan(import);
    // The results can't be written: a file stands where the directory should be.
    fs::remove_all(dir.path("done"));
    put("done", "");
    EXPECT_EQ(scan(import).postponed, 1u);
  }
  EXPECT_TRUE(fs::exists(dir.path("a.csv")));
  fs::remove(dir.path("done"));
  ImportFolder import = folder();
  scan(import), scan(import);
  ASSERT_EQ(batches.size(), 4u);
  EXPECT_EQ(batches[0], batches[2]);
  EXPECT_EQ(batches[1], batches[3]);
  EXPECT_EQ(orders.size(), 501u);
}

TEST_F(ImportFolderTest, AnOpenQuoteRejectsItsRowAndKeepsTheOthers) {
  put("a.csv", csv(2) + "3,\"私密内容\n");
  ImportFolder import = folder();
  scan(import), scan(import);
  EXPECT_EQ(orders.size(), 2u);
  std::string rejects = text("done/20260203-040506-a.csv/rejects.csv");
  EXPECT_NE(rejects.find("4,\"\",\"\",\"第 4 行的引号没有闭合"), std::string::npos) << rejects;
  EXPECT_EQ(rejects.find("私密"), std::string::npos);
}

TEST_F(ImportFolderTest, ABadDateIsAWarningAndTheOrderIsTaken) {
  put("a.csv", "工单编号,主要内容,来电时间\n1,路灯不亮,2026-02-30\n2,占道,2026-02-03\n");
  ImportFolder import = folder();
  scan(import), scan(import);
  EXPECT_EQ(orders.size(), 2u);
  EXPECT_EQ(count("a.csv", "new"), 2);
  EXPECT_EQ(count("a.csv", "rejected"), 0);
  EXPECT_EQ(text("done/20260203-040506-a.csv/warnings.csv"),
            "\xEF\xBB\xBF行号,工单编号,列,原因\r\n2,\"1\",\"called_at\",\"日期或时间不存在\"\r\n");
}

TEST_F(ImportFolderTest, ResultFilesHoldNoPersonalText) {
  put("a.csv",
      "工单编号,主要内容,来电时间,来电人,联系电话\n"
      "张三的电话 13900000000,内容甲,2026-02-03,张三,13900000000\n"
      "2,内容乙,李四,李四,13900000001\n"
      "3,内容丙,2026-02-03,王五,13900000002\n");
  ImportFolder import = folder();
  scan(import), scan(import);
  std::string all = text("done/20260203-040506-a.csv/rejects.csv") +
                    text("done/20260203-040506-a.csv/result.json");
  all += text("done/20260203-040506-a.csv/warnings.csv");
  EXPECT_NE(all.find("order_no"), std::string::npos);
  EXPECT_NE(all.find("\"called_at\",\"不是可识别的时间格式\""), std::string::npos) << all;
  for (const char* personal : {"张三", "李四", "王五", "1390000000", "内容"}) {
    EXPECT_EQ(all.find(personal), std::string::npos) << personal << all;
  }
}

TEST_F(ImportFolderTest, OtherAliasesMakeAnotherBatch) {
  ImportFolder import = folder();
  put("a.csv", csv(1));
  scan(import), scan(import);
  import.set_aliases({*AliasTable::build({{"order_no", "工单编号"},
                                          {"content", "主要内容"},
                                          { "created_at_city",
                                            "来电时间" }})});
  put("a.csv", csv(1));
  scan(import), scan(import);
  ASSERT_EQ(batches.size(), 2u);
  EXPECT_NE(batches[0], batches[1]);
}

TEST_F(ImportFolderTest, TooLargeAFileFailsWithoutBeingRead) {
  put("a.csv", csv(100));
  SheetLimits limits;
  limits.bytes_max = 100;
  ImportFolder import({dir.root(), "import", limits}, shipped_aliases("aliases.yaml"),
                      {nullptr, nullptr}, clock);
  scan(import);
  EXPECT_EQ(scan(import).failed, 1u);
}

}  // namespace
}  // namespace jieban
