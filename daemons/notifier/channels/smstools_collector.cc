#include "daemons/notifier/channels/smstools_collector.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <vector>

#include "common/base/file.h"
#include "common/base/log.h"
#include "daemons/notifier/channels/sms_text.h"

namespace jieban {
namespace {

namespace fs = std::filesystem;

constexpr size_t kFileBytesMax = size_t{64} * 1024;
constexpr std::string_view kScript = "smsd_script.";

std::vector<std::string> names_in(const std::string& folder, std::error_code& failure) {
  std::vector<std::string> names;
  for (fs::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    std::string name = at->path().filename().string();
    // smsd writes to NAME.LOCK and to hidden files before it moves them, and tries a script out.
    bool not_for_us = name.starts_with('.') || name.ends_with(".LOCK") || name.starts_with(kScript);
    std::error_code ignored;
    if (!not_for_us && at->is_regular_file(ignored)) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

Timestamp time_of(const timespec& at) {
  return from_micros(int64_t(at.tv_sec) * 1'000'000 + at.tv_nsec / 1000);
}

Timestamp written_at(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 ? time_of(info.st_mtim) : from_micros(0);
}

// Written or moved.
Timestamp touched_at(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 ? time_of(info.st_ctim) : kTimestampMax;
}

// smsd writes the number of the last part into the file; those before it are one less each, of a
// byte. Empty when this number is none of them, else whether it is that of the last.
std::optional<bool> is_last_part(const SmstoolsFile& file, uint64_t message_id) {
  std::string_view header = file.header("Message_id");
  uint64_t last = 0;
  if (std::from_chars(header.data(), header.data() + header.size(), last).ec != std::errc()) {
    return std::nullopt;
  }
  auto text = smstools_text(file);
  size_t parts = text.ok() ? measure_sms(*text).parts : 1;
  uint64_t before = (last - message_id) & 0xFFU;
  if (before >= parts) return std::nullopt;
  return before == 0;
}

// Numbers as smsd writes them: digits alone.
std::string digits_of(std::string_view number) {
  std::string digits;
  for (char c : number) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

}  // namespace

struct SmstoolsCollector::Found {
  std::string name;
  std::string path;
  SmstoolsFile file;
};

// The message that a report is about.
struct SmstoolsCollector::Told {
  std::string path;
  std::string notice_id;
  bool last_part = true;
};

// `take` says whether the file was told and is gone.
Result<void> SmstoolsCollector::each(const std::string& folder, Timestamp now,
                                     const std::function<bool(const Found&)>& take) {
  const std::string place = directory_ + "/" + folder;
  std::error_code failure;
  std::vector<std::string> names = names_in(place, failure);
  if (failure) return Error{ErrorCode::io, place + ": " + failure.message()};
  for (const std::string& name : names) {
    if (left_ == 0) return {};
    if (touched_at(place + "/" + name) > now - kSettled) continue;
    auto content = read_file(place + "/" + name, kFileBytesMax);
    if (!content.ok()) continue;
    auto file = parse_smstools(*content);
    if (!file.ok()) {
      complain(place + "/" + name, file.error().message);
      continue;
    }
    if (take({name, place + "/" + name, std::move(*file)})) --left_;
  }
  return {};
}

Result<size_t> SmstoolsCollector::collect(Timestamp now) {
  left_ = kFilesMax;
  RETURN_IF_ERROR(make_directories(directory_ + "/told"));
  RETURN_IF_ERROR(each("sent", now, [&](const Found& found) { return take_sent(found); }));
  RETURN_IF_ERROR(each("failed", now, [&](const Found& found) { return take_failed(found); }));
  RETURN_IF_ERROR(each("report", now, [&](const Found& found) { return take_report(found, now); }));
  RETURN_IF_ERROR(each("incoming", now, [&](const Found& found) { return take_incoming(found); }));
  sweep_told(now);
  return kFilesMax - left_;
}

bool SmstoolsCollector::take_sent(const Found& found) {
  std::string_view notice = found.file.header(kNoticeHeader);
  if (notice.empty()) return false;
  if (!take_receipt_(receipt_of_notice(std::string(notice), SmsState::buffered)).ok()) return false;
  return ::rename(found.path.c_str(), (directory_ + "/told/" + found.name).c_str()) == 0;
}

bool SmstoolsCollector::take_failed(const Found& found) {
  std::string_view notice = found.file.header(kNoticeHeader);
  if (notice.empty()) return false;
  SmsReceipt receipt =
      receipt_of_notice(std::string(notice), SmsState::failed, "smsd: 发送失败 (not sent)");
  if (!take_receipt_(receipt).ok()) return false;
  return ::unlink(found.path.c_str()) == 0;
}

// A report may overtake the file that it is about: it is left for a while.
bool SmstoolsCollector::take_report(const Found& found, Timestamp now) {
  auto status = smstools_status(found.file);
  if (!status.ok()) {
    complain(found.path, status.error().message);
    return false;
  }
  std::optional<Told> told = told_of(found, status->message_id);
  if (!told) return now - written_at(found.path) > kPatience && ::unlink(found.path.c_str()) == 0;
  const bool tells = told->last_part || status->state == SmsState::failed;
  SmsReceipt receipt = receipt_of_notice(told->notice_id, status->state);
  if (status->state == SmsState::failed) receipt.error = status->describe();
  if (tells && !take_receipt_(receipt).ok()) return false;
  // The report first: one that has lost its message would wait in vain.
  bool gone = ::unlink(found.path.c_str()) == 0;
  if (gone && tells && status->state != SmsState::buffered) (void)::unlink(told->path.c_str());
  return gone;
}

bool SmstoolsCollector::take_incoming(const Found& found) {
  auto text = smstools_text(found.file);
  std::string sender = digits_of(found.file.header("From"));
  if (!text.ok() || sender.empty()) {
    complain(found.path, text.ok() ? "no sender" : text.error().message);
    return false;
  }
  SmsReply reply{found.name, mobile_number(sender).value_or(sender), std::move(*text),
                 written_at(found.path)};
  if (!take_reply_(reply).ok()) return false;
  return ::unlink(found.path.c_str()) == 0;
}

// Numbers of the modem come again after 256 messages: the youngest is meant, and none that was sent
// after the report came.
std::optional<SmstoolsCollector::Told> SmstoolsCollector::told_of(const Found& report,
                                                                  uint64_t message_id) const {
  const std::string place = directory_ + "/told/";
  const Timestamp reported = written_at(report.path);
  std::error_code failure;
  std::optional<Told> found;
  for (const std::string& name : names_in(place, failure)) {
    const std::string path = place + name;
    auto content = read_file(path, kFileBytesMax);
    if (!content.ok() || written_at(path) > reported) continue;
    auto file = parse_smstools(*content);
    if (!file.ok()) continue;
    std::optional<bool> last = is_last_part(*file, message_id);
    if (!last || digits_of(file->header("To")) != digits_of(report.file.header("From"))) continue;
    if (found && written_at(path) <= written_at(found->path)) continue;
    found = Told{path, std::string(file->header(kNoticeHeader)), *last};
  }
  return found;
}

void SmstoolsCollector::complain(const std::string& path, std::string_view why) {
  if (complained_.size() >= kFilesMax) complained_.clear();
  if (!complained_.insert(path).second) return;
  log(LogLevel::warning, "smstools_file_unreadable", {{"file", path}, {"why", why}});
}

void SmstoolsCollector::sweep_told(Timestamp now) {
  const std::string place = directory_ + "/told/";
  std::error_code failure;
  for (const std::string& name : names_in(place, failure)) {
    if (now - written_at(place + name) > kPatience) (void)::unlink((place + name).c_str());
  }
}

}  // namespace jieban
