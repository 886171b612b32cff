// Records of CSV in pieces of any size: the same records come out, and a bad one spoils no other.
#include "tools/jieban/csv_stream.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace jieban {
namespace {

struct Read {
  std::vector<std::vector<std::string>> cells;
  std::vector<size_t> lines;
  std::vector<std::string> faults;
  std::string raw;  // joined with '|'
  std::string error;
};

Read read(std::string_view text, size_t piece) {
  CsvStream stream([&](char* buffer, size_t size) -> Result<size_t> {
    const size_t count = std::min({text.size(), piece, size});
    std::copy_n(text.begin(), count, buffer);
    text.remove_prefix(count);
    return count;
  });
  Read all;
  CsvRecord record;
  while (true) {
    auto found = stream.next(record);
    if (!found.ok()) all.error = found.error().message;
    if (!found.ok() || !*found) return all;
    all.cells.push_back(record.cells);
    all.lines.push_back(record.line);
    all.faults.push_back(record.fault);
    all.raw.append(record.raw).append("|");
  }
}

using Cells = std::vector<std::vector<std::string>>;

TEST(CsvStream, PiecesOfAnySizeGiveTheSameRecords) {
  const std::string text =
      "\xEF\xBB\xBF"
      "a,b\r\n1,\"x,\n\"\"y\"\"\"\n\n,\n\"\",z";
  for (const size_t piece : {size_t{1}, size_t{2}, size_t{3}, size_t{7}, size_t{1000}}) {
    const Read all = read(text, piece);
    EXPECT_EQ(all.cells, (Cells{{"a", "b"}, {"1", "x,\n\"y\""}, {"", ""}, {"", "z"}})) << piece;
    EXPECT_EQ(all.lines, (std::vector<size_t>{1, 2, 5, 6})) << piece;
    EXPECT_EQ(all.raw, "a,b|1,\"x,\n\"\"y\"\"\"|,|\"\",z|") << piece;
    EXPECT_EQ(all.faults, std::vector<std::string>(4)) << piece;
  }
}

TEST(CsvStream, NothingIsNoRecord) {
  EXPECT_TRUE(read("", 10).cells.empty());
  EXPECT_TRUE(read("\n\r\n\n", 10).cells.empty());
}

TEST(CsvStream, ACellCountIsThatOfTheLatestRecord) {
  EXPECT_EQ(read("a,b,c\nd\ne,\n", 100).cells, (Cells{{"a", "b", "c"}, {"d"}, {"e", ""}}));
}

TEST(CsvStream, AStrayQuoteSpoilsItsOwnRecordOnly) {
  const Read all = read("a\"b,1\nc,2\n\"d\"e,3\nf,4\n", 100);
  ASSERT_EQ(all.faults.size(), 4U);
  EXPECT_NE(all.faults[0], "");
  EXPECT_EQ(all.faults[1], "");
  EXPECT_NE(all.faults[2], "");
  EXPECT_EQ(all.cells[3], (std::vector<std::string>{"f", "4"}));
}

TEST(CsvStream, AQuoteThatIsNeverClosedIsTheLastRecord) {
  const Read all = read("a,1\n\"b,2\nc,3\n", 5);
  ASSERT_EQ(all.faults.size(), 2U);
  EXPECT_EQ(all.faults[1], "a quote is never closed");
  EXPECT_EQ(all.lines[1], 2U);
}

TEST(CsvStream, ARecordWithoutAnEndIsRefusedNotKept) {
  const Read all = read("a\n\"" + std::string(2 * kRecordBytesMax, '\n'), 100'000);
  EXPECT_EQ(all.cells.size(), 1U);
  EXPECT_EQ(all.error.find("line 2: longer than"), 0U) << all.error;
}

TEST(CsvStream, AFailureOfTheSourceEndsIt) {
  CsvStream stream([](char*, size_t) -> Result<size_t> { return Error{ErrorCode::io, "gone"}; });
  CsvRecord record;
  EXPECT_EQ(stream.next(record).error().message, "gone");
}

}  // namespace
}  // namespace jieban
