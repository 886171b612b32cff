// ChannelWorker: the thread of one channel. Takes what is due, announces the attempts, makes them,
// and hands in what came of them.
//
// Promises: no notice goes out before its attempt is committed; each announced attempt gets an end,
// in this process or at the next start. While a gateway is down it is tried with one notice at a
// time and a pause, so that a long outage costs each notice only its own retries. A group is as
// large as what the gateway takes in a second: an attempt that is begun is soon made, or goes back,
// and what is cancelled meanwhile is not told. A gateway that wants to be left alone gets nothing
// more of the group.
// What fails and how: what cannot be read or handed in is logged and tried again.
// Thread rule: start, knock, ask_to_stop and stop from the loop's thread; stop waits for the
// delivery that is under way, and for nothing else.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "common/daemon/edge.h"
#include "common/daemon/rule_book.h"
#include "daemons/notifier/channel.h"
#include "daemons/notifier/notice_tables.h"

namespace jieban {

class ChannelWorker {
 public:
  static constexpr size_t kGroupMax = 64;
  static constexpr Duration kGroupSpan = std::chrono::seconds(1);
  // So many failures in a row, and the channel counts as down.
  static constexpr uint64_t kFailuresMax = 3;
  static constexpr Duration kPause = std::chrono::seconds(1);
  static constexpr Duration kIdleMax = std::chrono::minutes(1);
  // Well beyond what a turn may take: the longest idling, then a group and its slowest answer.
  static constexpr Duration kStandstill = std::chrono::minutes(5);
  // After a group of which all were put off: what is due behind them must not wait for long.
  static constexpr Duration kNextGroup = std::chrono::milliseconds(1);

  ChannelWorker(std::string name, const EdgeContext& context, const NoticeTables& tables,
                const RuleBook<NotifierRules>& rules, OpenChannel open);
  ~ChannelWorker() { stop(); }

  void start();
  // Something is due, or the rules have changed.
  void knock();
  // How long the thread has not come round. Beyond kStandstill it hangs: no gateway and no pause
  // takes it so long. `now` is monotonic. Any thread.
  Duration quiet_for(Duration now) const { return now - Duration(round_at_.load()); }
  // Does not wait; stop() does.
  void ask_to_stop();
  void stop();

 private:
  struct Pending;
  void run();
  Duration turn();
  Result<void> refresh_channel(const Transaction& txn);
  Result<DueNotices> take_due();
  // Those that may go; nothing when the core could not be asked about all of them.
  std::optional<std::vector<NoticeRow>> announce(std::vector<NoticeRow> rows);
  std::optional<std::vector<NoticeRow>> as_begun(std::vector<NoticeRow> rows) const;
  std::vector<DeliveryEnd> deliver(const std::vector<NoticeRow>& rows);
  DeliveryEnd deliver_one(const NoticeRow& row);
  const char* obstacle(size_t made, Timestamp begun) const;
  void note_sign(DeliveryOutcome outcome);
  void fit_group(size_t made, Duration span);
  void settle(const std::vector<DeliveryEnd>& ends);
  std::optional<GroupAnswer> hand_in(std::vector<Input> inputs);
  void count(DeliveryOutcome outcome);
  Duration pause() const { return context_.clock.real(kPause); }
  void wait_for(Duration span);
  bool stopping() const;
  void come_round() { round_at_ = monotonic_now().count(); }

  std::string name_;
  EdgeContext context_;
  const NoticeTables& tables_;
  RuleBook<NotifierRules> rules_;  // a copy: its cache belongs to this thread
  OpenChannel open_;
  std::optional<ChannelRule> rule_;
  std::unique_ptr<Channel> channel_;  // none while the rules do not name this channel
  uint64_t failures_ = 0;             // in a row
  bool held_ = false;                 // the gateway wants no more of this group
  size_t group_size_ = kGroupMax;     // what fits into kGroupSpan

  std::map<DeliveryOutcome, Counter*> outcomes_;
  std::map<SmsAlphabet, Counter*> segments_;
  Counter* abandoned_ = nullptr;
  Gauge* overdue_ = nullptr;
  Histogram* seconds_ = nullptr;

  std::atomic<Duration::rep> round_at_ = monotonic_now().count();
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool knocked_ = false;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace jieban
