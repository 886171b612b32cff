#include "daemons/notifier/channel_worker.h"

#include <algorithm>

#include "common/base/log.h"

namespace jieban {
namespace {

template <class Payload>
Input input_of(std::string_view topic, const Payload& payload, uint64_t order_id = 0) {
  Input input;
  input.topic = topic;
  input.order_id = order_id;
  input.payload = encode_payload(payload);
  return input;
}

OutgoingNotice outgoing(const NoticeRow& row, const std::string& source) {
  OutgoingNotice notice{source,   row.notice_id,  row.topic,        row.order_no,
                        row.text, row.created_at, row.attempts + 1, row.possible_repeat};
  notice.person = row.person.value_or("");
  notice.persons = row.persons.value_or(std::vector<std::string>());
  return notice;
}

double seconds_of(Duration span) { return std::chrono::duration<double>(span).count(); }

void warn(std::string_view event, const std::string& channel, const Error& why) {
  log(LogLevel::warning, event, {{"channel", channel}, {"why", why.message}});
}

}  // namespace

// An answer that may come after its asker has gone.
struct ChannelWorker::Pending {
  std::mutex mutex;
  std::condition_variable arrived;
  std::optional<GroupAnswer> answer;
};

ChannelWorker::ChannelWorker(std::string name, const EdgeContext& context,
                             const NoticeTables& tables, const RuleBook<NotifierRules>& rules,
                             OpenChannel open)
    : name_(std::move(name)),
      context_(context),
      tables_(tables),
      rules_(rules),
      open_(std::move(open)) {
  MetricRegistry& metrics = context_.metrics;
  for (const OutcomeMeaning& each : outcome_meanings()) {
    outcomes_[each.outcome] = &metrics.counter(
        "jieban_notice_attempts_total", "Attempts to deliver a notice, by what came of them",
        {{"channel", name_}, {"outcome", std::string(each.name)}});
  }
  for (const SmsAlphabet alphabet : {SmsAlphabet::gsm, SmsAlphabet::ucs2}) {
    segments_[alphabet] = &metrics.counter(
        "jieban_sms_segments_total",
        "Segments of short messages that went out or may have, as operators charge them",
        {{"channel", name_}, {"alphabet", std::string(to_string(alphabet))}});
  }
  abandoned_ =
      &metrics.counter("jieban_notices_abandoned_total",
                       "Notices that were given up: somebody was not told", {{"channel", name_}});
  overdue_ = &metrics.gauge("jieban_notice_overdue_seconds",
                            "How long the oldest notice that is due has been waiting",
                            {{"channel", name_}});
  seconds_ = &metrics.histogram("jieban_notice_delivery_seconds", "Duration of one delivery",
                                seconds_buckets(), {{"channel", name_}});
}

void ChannelWorker::start() {
  thread_ = std::thread([this] { run(); });
}

void ChannelWorker::knock() {
  std::lock_guard<std::mutex> guard(mutex_);
  knocked_ = true;
  wake_.notify_all();
}

void ChannelWorker::ask_to_stop() {
  std::lock_guard<std::mutex> guard(mutex_);
  stopping_ = true;
  wake_.notify_all();
}

void ChannelWorker::stop() {
  ask_to_stop();
  if (thread_.joinable()) thread_.join();
}

bool ChannelWorker::stopping() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return stopping_;
}

void ChannelWorker::run() {
  while (!stopping()) {
    Duration wait = turn();
    if (wait > Duration::zero()) wait_for(wait);
  }
}

// Until a knock. A pause after failures is kept whatever knocks: `failures_` says which it is.
void ChannelWorker::wait_for(Duration span) {
  std::unique_lock<std::mutex> lock(mutex_);
  bool pause = failures_ >= kFailuresMax;
  wake_.wait_for(lock, span, [&] { return stopping_ || (knocked_ && !pause); });
  knocked_ = false;
}

// One group. Returns how long to wait for the next, in real time.
Duration ChannelWorker::turn() {
  come_round();
  auto due = take_due();
  if (!due.ok()) {
    warn("notices_not_read", name_, due.error());
    return pause();
  }
  Timestamp now = context_.clock.now();
  Duration overdue = due->rows.empty() ? Duration::zero() : now - due->rows.front().due_at;
  overdue_->set(std::max(0.0, seconds_of(overdue)));
  if (due->rows.empty()) {
    Duration ahead = due->next_due == kTimestampMax ? kIdleMax : due->next_due - now;
    return std::clamp(context_.clock.real(ahead), Duration(1000), kIdleMax);
  }
  auto begun = announce(std::move(due->rows));
  if (!begun) return pause();
  if (begun->empty()) return kNextGroup;
  settle(deliver(*begun));
  return failures_ >= kFailuresMax ? pause() : Duration::zero();
}

// The transaction is over before anything slow begins.
Result<DueNotices> ChannelWorker::take_due() {
  auto txn = context_.fold.environment().read();
  if (!txn.ok()) return txn.error();
  RETURN_IF_ERROR(refresh_channel(*txn));
  if (!channel_) return DueNotices{};
  size_t count = failures_ > 0 ? 1 : group_size_;
  return tables_.due(*txn, name_, context_.clock.now(), count);
}

Result<void> ChannelWorker::refresh_channel(const Transaction& txn) {
  auto rules = rules_.current(txn);
  if (!rules.ok()) return rules.error();
  const ChannelRule* rule = *rules != nullptr ? (*rules)->find_channel(name_) : nullptr;
  if (rule == nullptr) {
    rule_.reset();
    channel_.reset();
  } else if (!rule_ || *rule_ != *rule) {
    rule_ = *rule;
    channel_ = open_(*rule);
    failures_ = 0;
    group_size_ = kGroupMax;
  }
  return {};
}

std::optional<std::vector<NoticeRow>> ChannelWorker::announce(std::vector<NoticeRow> rows) {
  std::vector<Input> inputs;
  for (const NoticeRow& row : rows) {
    const AttemptPlan plan = channel_->plan(outgoing(row, context_.fold.stream()));
    DeliveryBegin begin{row.notice_id, row.attempts + 1, plan.gateway_id, plan.parts};
    inputs.push_back(input_of(topics::kDeliveryBegin, begin, row.order_id));
  }
  auto answer = hand_in(std::move(inputs));
  if (!answer) return std::nullopt;
  if (answer->error) {
    warn("attempts_not_begun", name_, *answer->error);
    return std::nullopt;
  }
  std::vector<NoticeRow> begun;
  bool refused = false;
  for (size_t i = 0; i < rows.size(); ++i) {
    const Result<std::string>& said = answer->answers.at(i);
    refused = refused || !said.ok();
    if (said.ok() && *said == "go") begun.push_back(std::move(rows[i]));
  }
  if (begun.empty() && refused) return std::nullopt;
  return as_begun(std::move(begun));
}

// In the words in which the core has begun them: meanwhile there may be more to say.
std::optional<std::vector<NoticeRow>> ChannelWorker::as_begun(std::vector<NoticeRow> rows) const {
  auto txn = context_.fold.environment().read();
  if (!txn.ok()) return rows;
  for (NoticeRow& row : rows) {
    auto stored = tables_.find(*txn, row.notice_id);
    if (!stored.ok() || !*stored) continue;
    row.text = (*stored)->text;
    row.order_no = (*stored)->order_no;
    row.orders = (*stored)->orders;
    row.possible_repeat = (*stored)->possible_repeat;
    row.persons = (*stored)->persons;
  }
  return rows;
}

std::vector<DeliveryEnd> ChannelWorker::deliver(const std::vector<NoticeRow>& rows) {
  std::vector<DeliveryEnd> ends;
  const Timestamp begun = context_.clock.now();
  held_ = false;
  const char* why = nullptr;
  size_t made = 0;
  for (const NoticeRow& row : rows) {
    if (why == nullptr) why = obstacle(made, begun);
    if (why == nullptr) {
      ends.push_back(deliver_one(row));
      ++made;
      continue;
    }
    ends.push_back({row.notice_id, row.attempts + 1, DeliveryOutcome::unsent, why});
    count(DeliveryOutcome::unsent);
  }
  fit_group(made, context_.clock.now() - begun);
  return ends;
}

// Why the rest of a group is not sent now; null: it is.
const char* ChannelWorker::obstacle(size_t made, Timestamp begun) const {
  if (stopping()) return "the notifier was stopped";
  if (made == 0) return nullptr;
  if (failures_ >= kFailuresMax) return "the channel is down";
  if (held_) return "the gateway wants to be left alone";
  return context_.clock.now() - begun >= kGroupSpan ? "the channel is slow" : nullptr;
}

// Grows by doubling, so that one quick answer of a slow gateway fills no group.
void ChannelWorker::fit_group(size_t made, Duration span) {
  const size_t grown = std::min(2 * group_size_, kGroupMax);
  if (made == 0) return;
  group_size_ = grown;
  if (span <= Duration::zero()) return;
  const auto fits = static_cast<size_t>(int64_t(made) * kGroupSpan.count() / span.count());
  group_size_ = std::clamp<size_t>(fits, 1, grown);
}

DeliveryEnd ChannelWorker::deliver_one(const NoticeRow& row) {
  come_round();
  Duration begin = monotonic_now();
  DeliveryReport report = channel_->deliver(outgoing(row, context_.fold.stream()));
  seconds_->observe(seconds_of(monotonic_now() - begin));
  count(report.outcome);
  if (report.segments) {
    segments_.at(report.segments->alphabet)->increment(double(report.segments->count));
  }
  note_sign(report.outcome);
  held_ = report.outcome == DeliveryOutcome::held || report.hold.has_value();
  if (report.outcome != DeliveryOutcome::accepted) {
    log(LogLevel::warning, "notice_not_delivered",
        {{"notice", row.notice_id},
         {"attempt", row.attempts + 1},
         {"outcome", to_string(report.outcome)},
         {"why", report.error.value_or("")}});
  }
  DeliveryEnd end{row.notice_id, row.attempts + 1, report.outcome, report.error};
  end.gateway_id = report.gateway_id;
  end.parts = report.parts;
  if (report.segments) {
    end.segments = report.segments->count;
    end.alphabet = to_string(report.segments->alphabet);
  }
  if (report.hold) end.hold_micros = static_cast<uint64_t>(report.hold->count());
  end.code = report.code;
  end.ended_at = context_.clock.now();
  return end;
}

// A channel that is disabled asks nobody: a pause would spare nobody, and keep the calls from
// going on by other means.
void ChannelWorker::note_sign(DeliveryOutcome outcome) {
  const ChannelSign sign = meaning_of(outcome).sign;
  if (sign == ChannelSign::none || outcome == DeliveryOutcome::disabled) return;
  failures_ = sign == ChannelSign::well ? 0 : failures_ + 1;
}

// Ends are handed in until they are taken. When the daemon stops before that, the attempts are
// found at the next start, as after a crash.
void ChannelWorker::settle(const std::vector<DeliveryEnd>& ends) {
  while (true) {
    std::vector<Input> inputs;
    for (const DeliveryEnd& end : ends) inputs.push_back(input_of(topics::kDeliveryEnd, end));
    auto answer = hand_in(std::move(inputs));
    if (!answer) return;
    if (!answer->error) {
      for (size_t i = 0; i < ends.size(); ++i) {
        const Result<std::string>& said = answer->answers.at(i);
        if (!said.ok()) warn("delivery_end_refused", name_, said.error());
        if (!said.ok() || *said != to_string(NoticeState::abandoned)) continue;
        abandoned_->increment();
        log(LogLevel::error, "notice_abandoned", {{"notice", ends[i].notice_id}});
      }
      return;
    }
    come_round();
    warn("delivery_ends_not_taken", name_, *answer->error);
    wait_for(pause());
    if (stopping()) return;
  }
}

// As Inbox::call, but does not outwait a stop: the loop that would answer may be gone by then. That
// the loop lets us wait is the loop's ailment.
std::optional<GroupAnswer> ChannelWorker::hand_in(std::vector<Input> inputs) {
  auto pending = std::make_shared<Pending>();
  auto done = [pending](GroupAnswer answer) {
    std::lock_guard<std::mutex> guard(pending->mutex);
    pending->answer = std::move(answer);
    pending->arrived.notify_all();
  };
  auto submitted = context_.inbox.submit({std::move(inputs), false, done});
  if (!submitted.ok()) return GroupAnswer{submitted.error(), {}};
  constexpr auto kLookForStop = std::chrono::milliseconds(50);
  std::unique_lock<std::mutex> lock(pending->mutex);
  while (
      !pending->arrived.wait_for(lock, kLookForStop, [&] { return pending->answer.has_value(); })) {
    if (stopping()) return std::nullopt;
    come_round();
  }
  return std::move(pending->answer);
}

void ChannelWorker::count(DeliveryOutcome outcome) { outcomes_.at(outcome)->increment(); }

}  // namespace jieban
