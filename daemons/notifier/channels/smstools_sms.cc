#include "daemons/notifier/channels/smstools_sms.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>

#include "common/base/bytes.h"
#include "common/base/file.h"
#include "common/crypto/hashes.h"
#include "daemons/notifier/channels/message_cut.h"
#include "daemons/notifier/channels/sms_account.h"
#include "daemons/notifier/channels/sms_text.h"
#include "daemons/notifier/channels/smstools_file.h"

namespace jieban {
namespace {

using Outcome = DeliveryOutcome;

constexpr size_t kNameBytes = 16;  // 128 bits: no two notices ever share a name
// smsd adds headers to the file that it takes.
constexpr unsigned kGroupMayWrite = 0660;

std::string file_name(const std::string& notice_id) {
  return "jieban-" + to_hex(std::string_view(blake2b(notice_id)).substr(0, kNameBytes));
}

bool is_one_line(const std::string& text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < ' '; });
}

// Written where smsd does not look, then moved in one step.
Result<void> write_aside(const std::string& path, const std::string& content) {
  RETURN_IF_ERROR(make_directories(path.substr(0, path.rfind('/'))));
  RETURN_IF_ERROR(write_file(path, content, kGroupMayWrite));
  // The daemon's umask keeps the group from writing.
  if (::chmod(path.c_str(), kGroupMayWrite) != 0) return system_error("chmod of a message");
  return {};
}

}  // namespace

DeliveryReport SmstoolsSms::deliver(const OutgoingNotice& notice) {
  auto account = read_smstools_account(rule_.account_file);
  if (!account.ok()) return {Outcome::denied, account.error().message};
  const std::string& wanted = notice.address.empty() ? account->phone : notice.address;
  if (wanted.empty()) return {Outcome::denied, "nobody to send to: no telephone number"};
  auto phone = mobile_number(wanted);
  if (!phone) return {Outcome::rejected, "what is to be called is no mobile number"};
  if (!is_one_line(notice.notice_id)) return {Outcome::rejected, "the notice's id is not one line"};
  const std::string name = file_name(notice.notice_id);
  const std::string aside = rule_.target + "/writing/" + name;
  const std::string outgoing = rule_.target + "/outgoing";
  const std::string text = shown_text(notice);
  auto written = write_aside(aside, smstools_message(*phone, notice.notice_id, text));
  if (!written.ok()) return {Outcome::failed, written.error().message};
  if (::rename(aside.c_str(), (outgoing + "/" + name).c_str()) != 0) {
    return {Outcome::failed, system_error("moving a message to " + outgoing).message};
  }
  DeliveryReport report{Outcome::accepted, std::nullopt, notice.notice_id};
  const SmsAlphabet alphabet = measure_sms(text).alphabet;
  report.segments = sms_segments(fit_sms(text, alphabet), alphabet);
  auto synced = sync_directory(outgoing);
  if (synced.ok()) return report;
  report.outcome = Outcome::unknown;
  report.error = synced.error().message;
  return report;
}

}  // namespace jieban
