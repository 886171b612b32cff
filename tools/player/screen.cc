#include "tools/player/screen.h"

#include <algorithm>
#include <cstdio>

#include "common/domain/topics.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

constexpr std::chrono::milliseconds kBlockInterval{200};
constexpr std::chrono::seconds kLineInterval{5};
constexpr size_t kBarColumns = 30;
constexpr size_t kDeadlinesShown = 3;
constexpr size_t kColumnsMax = 100;

std::string minute_text(Timestamp at) { return format_local(at).substr(0, 16); }

std::string bar(const Progress& progress) {
  const auto whole = std::max<int64_t>(1, (progress.end - progress.begin).count());
  const auto past = std::clamp<int64_t>((progress.now - progress.begin).count(), 0, whole);
  const auto filled = size_t(past * int64_t(kBarColumns) / whole);
  std::string text;
  for (size_t i = 0; i < kBarColumns; ++i) text += i < filled ? "█" : "░";
  return text;
}

std::string states_text(const Board& board) {
  const auto counts = board.by_state();
  std::string text;
  for (OrderState state : all_order_states()) {
    auto found = counts.find(state);
    const int64_t count = found == counts.end() ? 0 : found->second;
    text += std::string(to_chinese(state)) + " " + std::to_string(count) + "  ";
  }
  return text;
}

std::string alerts_text(const Progress& progress, const Board& board) {
  return "warned " + std::to_string(board.count(topics::kDeadlineWarned)) + "  breached " +
         std::to_string(board.count(topics::kDeadlineBreached)) + "  notices sent " +
         std::to_string(board.count(topics::kNoticeSent)) + "  commands refused " +
         std::to_string(progress.commands_refused);
}

std::string deadlines_text(const Progress& progress, const Board& board) {
  std::string text;
  for (const RunningDeadline& next : board.next_deadlines(progress.now, kDeadlinesShown)) {
    if (!text.empty()) text += " · ";
    text += minute_text(next.at).substr(5) + " " + next.order_no + " " + next.clock;
  }
  return text.empty() ? "none" : text;
}

void write(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

}  // namespace

std::vector<std::string> progress_block(const Progress& progress, const Board& board) {
  const bool after = progress.now >= progress.end;
  return {minute_text(progress.now) + "  " + bar(progress) + "  orders " +
              std::to_string(progress.orders_in) + (after ? "  (waiting is shortened now)" : ""),
          states_text(board), "next deadlines  " + deadlines_text(progress, board),
          alerts_text(progress, board)};
}

std::string progress_line(const Progress& progress, const Board& board) {
  return minute_text(progress.now) + "  orders " + std::to_string(progress.orders_in) + "  " +
         states_text(board) + alerts_text(progress, board);
}

void Screen::show(const Progress& progress, const Board& board) {
  const Duration interval = mode_ == Mode::block ? Duration(kBlockInterval) : kLineInterval;
  if (mode_ == Mode::silent || monotonic_now() - shown_at_ < interval) return;
  shown_at_ = monotonic_now();
  if (mode_ == Mode::lines) return write(progress_line(progress, board) + "\n");
  std::string text;
  if (block_lines_ > 0) text = "\x1b[" + std::to_string(block_lines_) + "A";
  const std::vector<std::string> lines = progress_block(progress, board);
  for (const std::string& line : lines) text += "\x1b[2K" + fitted(line, kColumnsMax) + "\n";
  block_lines_ = lines.size();
  write(text);
}

void Screen::say(const std::string& line) {
  if (mode_ == Mode::silent) return;
  block_lines_ = 0;
  write(line + "\n");
}

}  // namespace jieban
