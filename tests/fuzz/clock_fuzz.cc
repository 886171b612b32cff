// Any bytes as a table of questions: one line comes out for each record, and the same whether the
// table comes whole or byte by byte.
#include <algorithm>
#include <string>

#include "common/base/check.h"
#include "tools/jieban/clock_table.h"

namespace jieban {
namespace {

const Calendar& weekdays() {
  static const Calendar calendar = [] {
    auto document = Document::parse(
        "name: f\ntimezone: UTC\nworking_days: mon-fri\nwindows: [\"09:00-17:00\"]\n", "f");
    auto plan = read_calendar_plan(*document);
    auto made = Calendar::make(std::move(*plan));
    return std::move(*made);
  }();
  return calendar;
}

struct Answered {
  std::string out;
  size_t complaints = 0;
  std::string error;
  bool operator==(const Answered&) const = default;
};

Answered answer(const ClockQuestion& question, std::string_view text, size_t piece) {
  Answered answered;
  const ClockTable table{[&](char* buffer, size_t size) -> Result<size_t> {
                           const size_t count = std::min({size, piece, text.size()});
                           std::copy_n(text.begin(), count, buffer);
                           text.remove_prefix(count);
                           return count;
                         },
                         [&](std::string_view part) -> Result<void> {
                           answered.out += part;
                           return {};
                         },
                         [&](std::string_view) { ++answered.complaints; }, false};
  auto unanswered = answer_table(question, weekdays(), table);
  if (unanswered.ok()) CHECK(*unanswered == answered.complaints);
  if (!unanswered.ok()) answered.error = unanswered.error().message;
  return answered;
}

}  // namespace
}  // namespace jieban

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace jieban;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  for (const ClockQuestion& question : clock_questions()) {
    const std::string header =
        std::string(question.first) + "," + std::string(question.second) + "\n";
    for (const std::string& table : {std::string(text), header + std::string(text)}) {
      CHECK(answer(question, table, 1) == answer(question, table, SIZE_MAX));
    }
  }
  return 0;
}
