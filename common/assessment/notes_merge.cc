#include "common/assessment/notes_merge.h"

#include <algorithm>

#include "common/domain/code_set.h"

namespace jieban {
namespace {

std::string agreed_word(const std::optional<bool>& agreed) {
  if (!agreed) return "未定";
  return *agreed ? "认可" : "不认可";
}

std::string date_word(const std::optional<Date>& date) { return date ? to_text(*date) : "无"; }

// Tells of one thing that the two say differently.
class Comparison {
 public:
  Comparison(std::string about, std::vector<std::string>& out)
      : about_(std::move(about)), out_(out) {}

  void differ(const char* what, const std::string& archive, const std::string& file) {
    if (archive == file) return;
    out_.push_back(about_ + "：" + what + "，档案为“" + archive + "”，文件为“" + file + "”");
  }

 private:
  std::string about_;
  std::vector<std::string>& out_;
};

const Rectification* find_rectification(const LedgerNotes& notes, const std::string& id) {
  const auto found = std::ranges::find(notes.rectifications, id, &Rectification::id);
  return found == notes.rectifications.end() ? nullptr : &*found;
}

// Party A's opinion was of one cause: it does not go over to another.
void merge_miss(const MissNote& file, MissNote& kept, Comparison&& comparison) {
  comparison.differ("原因", std::string(code_chinese(CodeSet::miss_cause, kept.cause)),
                    std::string(code_chinese(CodeSet::miss_cause, file.cause)));
  if (kept.agreed && file.agreed) {
    comparison.differ("甲方意见", agreed_word(kept.agreed), agreed_word(file.agreed));
  }
  if (!kept.rectification.empty() && !file.rectification.empty()) {
    comparison.differ("整改", kept.rectification, file.rectification);
  }
  if (kept.cause != file.cause) return;
  if (!kept.agreed) kept.agreed = file.agreed;
  if (kept.rectification.empty()) kept.rectification = file.rectification;
}

// What ended is compared as it is: a file that says done where the archive does not, contradicts.
void merge_rectification(const Rectification& file, Rectification& kept, Comparison&& comparison) {
  comparison.differ("要求日期", to_text(kept.demanded), to_text(file.demanded));
  if (kept.due && file.due) comparison.differ("期限", date_word(kept.due), date_word(file.due));
  comparison.differ("完成日期", date_word(kept.done), date_word(file.done));
  comparison.differ("拒不整改", kept.refused ? "是" : "否", file.refused ? "是" : "否");
  if (!kept.due) kept.due = file.due;
  if (!file.text.empty()) kept.text = file.text;
}

std::string miss_name(const std::pair<std::string, std::string>& key) {
  return "工单 " + key.first + " " + std::string(code_chinese(CodeSet::miss_figure, key.second));
}

}  // namespace

MergedNotes merge_notes(const LedgerNotes& archive, const LedgerNotes& file) {
  MergedNotes merged{file, {}};
  merged.notes.misses = archive.misses;
  merged.notes.rectifications = archive.rectifications;
  std::vector<std::string>& told = merged.contradictions;
  for (const Rectification& each : file.rectifications) {
    auto known = std::ranges::find(merged.notes.rectifications, each.id, &Rectification::id);
    if (known == merged.notes.rectifications.end()) {
      merged.notes.rectifications.push_back(each);
    } else {
      merge_rectification(each, *known, Comparison("整改 " + each.id, told));
    }
  }
  for (const auto& [key, note] : file.misses) {
    auto [known, fresh] = merged.notes.misses.try_emplace(key, note);
    if (!fresh) merge_miss(note, known->second, Comparison(miss_name(key), told));
  }
  for (const auto& [key, note] : archive.misses) {
    const bool known = note.rectification.empty() ||
                       find_rectification(merged.notes, note.rectification) != nullptr;
    if (!known) told.push_back(miss_name(key) + "：所记的整改 " + note.rectification + " 没有登记");
  }
  return merged;
}

}  // namespace jieban
