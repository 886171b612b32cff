// SmstoolsCollector: what smsd has left for us in its folders, told once it is kept.
//
// sent: the centre has the message (buffered); the file moves to `told`, where it waits for its
// report. report: a status report, matched by Message_id and telephone to the youngest file in
// `told` that is older than it; a message of several parts has one for each, of which the last
// tells that it is there, and any that it is not. failed: the modem or the centre refused it.
// incoming: a reply. Promises: a file goes (or moves) only after its taker has said ok, so that a
// crash between tells it twice and never not at all. Files that are not ours, or that cannot be
// read, stay where they are; the latter are logged, once each. What waits in vain for its other
// half for `kPatience` goes. What fails and how: `io` or `not_found` for folders; a file that a
// taker refuses is left for the next turn. Thread rule: one thread; callbacks are called from it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/result.h"
#include "daemons/notifier/channels/sms_events.h"
#include "daemons/notifier/channels/smstools_file.h"

namespace jieban {

class SmstoolsCollector {
 public:
  static constexpr Duration kPatience = std::chrono::hours(72);
  // smsd moves a file and may write into it after that: only what has been left alone is taken.
  static constexpr Duration kSettled = std::chrono::seconds(1);
  // In one turn, over all folders; the rest comes in the next.
  static constexpr size_t kFilesMax = 500;

  SmstoolsCollector(std::string directory, TakeReceipt take_receipt, TakeReply take_reply)
      : directory_(std::move(directory)),
        take_receipt_(std::move(take_receipt)),
        take_reply_(std::move(take_reply)) {}

  // One turn. How many files were dealt with. `now`: the host's own time, as files are dated.
  Result<size_t> collect(Timestamp now);

 private:
  struct Found;
  struct Told;
  Result<void> each(const std::string& folder, Timestamp now,
                    const std::function<bool(const Found&)>& take);
  bool take_sent(const Found& found);
  bool take_failed(const Found& found);
  bool take_report(const Found& found, Timestamp now);
  bool take_incoming(const Found& found);
  std::optional<Told> told_of(const Found& report, uint64_t message_id) const;
  void sweep_told(Timestamp now);
  void complain(const std::string& path, std::string_view why);

  std::string directory_;
  TakeReceipt take_receipt_;
  TakeReply take_reply_;
  size_t left_ = 0;
  std::set<std::string> complained_;  // of what stays, once each
};

}  // namespace jieban
