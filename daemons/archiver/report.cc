#include "daemons/archiver/report.h"

#include <algorithm>

#include "common/domain/topics.h"

namespace jieban {
namespace {

constexpr std::chrono::hours kNoon{12};
constexpr std::chrono::hours kIssueDelay{1};  // DOMAIN §11.1: issued at 13:00
constexpr std::chrono::days kDay{1};

bool happened(const std::optional<Timestamp>& at, Timestamp as_of) { return at && *at <= as_of; }

std::string first_level(const std::string& category) {
  std::string level = category.substr(0, category.find('>'));
  return level.empty() ? "未分类" : level;
}

// The most frequent first; of equals, the name that sorts first.
std::vector<NamedCount> ranked(const std::map<std::string, uint64_t>& counts, size_t count_max) {
  std::vector<NamedCount> rows;
  for (const auto& [name, count] : counts) rows.push_back({name, count});
  std::ranges::stable_sort(rows, std::greater<>(), &NamedCount::count);
  if (rows.size() > count_max) rows.resize(count_max);
  return rows;
}

// Orders of a section with the time that ranks them.
struct Shelf {
  std::vector<std::pair<Timestamp, std::string>> orders;

  Section section() {
    Section section;
    section.count = orders.size();
    std::ranges::sort(orders);
    for (const auto& [at, order_no] : orders) {
      if (section.order_numbers.size() == kSectionNamesMax) break;
      section.order_numbers.push_back(order_no);
    }
    return section;
  }
};

// What has left the street is in no figure about its deadline (DOMAIN §17).
constexpr StateSet kLeft = {OrderState::returned, OrderState::cancelled};

// Goes over all orders once.
class Tally {
 public:
  explicit Tally(Report& report) : report_(report), as_of_(report.period.as_of) {
    Timestamp end = report.period.to;
    today_ = std::chrono::floor<std::chrono::days>(end + kShanghaiOffset) - kShanghaiOffset;
    for (OrderState state : all_order_states()) states_[state] = 0;
  }

  void add(const OrderSummary& order) {
    Timestamp seen = std::max<Timestamp>(as_of_, *order.received_at + kIssueDelay);
    if (within_period(*order.created_at)) add_received(order, seen);
    for (const RoundMoments& round : rounds_of(order)) {
      if (round.due_at && within_period(*round.due_at)) add_due(order, round, seen);
    }
    if (*order.received_at <= as_of_) shelve(order);
  }

  void finish() {
    report_.by_class = ranked(classes_, classes_.size());
    report_.hot = ranked(categories_, kHotCategories);
    for (const auto& [state, count] : states_) {
      report_.by_state.push_back({std::string(to_string(state)), count});
    }
    report_.waiting = waiting_.section();
    report_.due_today = due_today_.section();
    report_.due_tomorrow = due_tomorrow_.section();
    report_.overdue = overdue_.section();
  }

 private:
  bool within_period(Timestamp at) const {
    return report_.period.from <= at && at < report_.period.to;
  }

  void add_received(const OrderSummary& order, Timestamp seen) {
    ++report_.received;
    ++classes_[order.order_class];
    ++states_[state_at(order, seen)];
    ++categories_[first_level(order.category)];
    if (order.round > 1) ++report_.repeats;
    // The period is that of its creation: what was done in a later round does not count here.
    const RoundMoments first = rounds_of(order).front();
    ++report_.signed_rate.of;
    if (!happened(first.signed_at, seen)) return;
    ++report_.signed_rate.met;
    ++report_.forwarded_rate.of;
    if (happened(first.dispatched_at, seen) || is_forwarded(order, seen)) {
      ++report_.forwarded_rate.met;
    }
  }

  // DOMAIN §17: returned or answered by the seat itself.
  static bool is_forwarded(const OrderSummary& order, Timestamp seen) {
    if (!order.turns) return false;
    OrderState state = state_at(order, seen);
    return state != OrderState::new_order && state != OrderState::signed_in &&
           state != OrderState::return_requested && state != OrderState::cancelled;
  }

  void add_due(const OrderSummary& order, const RoundMoments& round, Timestamp seen) {
    if (kLeft.has(state_at(order, seen))) return;
    ++report_.on_time_rate.of;
    const bool in_time = is_answered(order, round, seen) && *on_time(order, round);
    if (in_time) ++report_.on_time_rate.met;
  }

  static bool is_answered(const OrderSummary& order, const RoundMoments& round, Timestamp seen) {
    const auto& at = round.submitted_at ? round.submitted_at : order.city_completed_at;
    return happened(at, seen);
  }

  void shelve(const OrderSummary& order) {
    const OrderState state = state_at(order, as_of_);
    if (state == OrderState::new_order) {
      waiting_.orders.emplace_back(*order.received_at, order.order_no);
    }
    const RoundMoments round = round_at(order, as_of_);
    if (is_answered(order, round, as_of_) || kLeft.has(state) || !round.due_at) return;
    const Timestamp due = *round.due_at;
    if (due < as_of_) overdue_.orders.emplace_back(due, order.order_no);
    if (due >= today_ && due < today_ + kDay) due_today_.orders.emplace_back(due, order.order_no);
    if (due >= today_ + kDay && due < today_ + 2 * kDay) {
      due_tomorrow_.orders.emplace_back(due, order.order_no);
    }
  }

  Report& report_;
  Timestamp as_of_;
  Timestamp today_;
  std::map<std::string, uint64_t> classes_;
  std::map<OrderState, uint64_t> states_;
  std::map<std::string, uint64_t> categories_;
  Shelf waiting_;
  Shelf due_today_;
  Shelf due_tomorrow_;
  Shelf overdue_;
};

Result<void> count_moments(const Archive& archive, Report& report) {
  std::string end = make_key(report.period.to);
  return walk(archive.environment, archive.tables.moments, make_key(report.period.from),
              [&](const Transaction&, std::string_view key, std::string_view topic) {
                if (key >= end) return Result<bool>(false);
                report.updates += topic == topics::kOrderUpdated ? 1 : 0;
                report.warnings += topic == topics::kDeadlineWarned ? 1 : 0;
                report.breaches += topic == topics::kDeadlineBreached ? 1 : 0;
                return Result<bool>(true);
              });
}

Result<void> count_steps(const Archive& archive, Report& report) {
  for (std::string_view topic : kReportedSteps) report.steps.push_back({std::string(topic), 0});
  for (std::string_view kind : {"return", "bounce", "rejection", "extension"}) {
    auto walked = for_each_record(
        archive, kind, report.period.from, report.period.to, [&](const Event& event) {
          auto row = std::ranges::find(report.steps, event.topic, &NamedCount::name);
          if (row == report.steps.end()) return Result<void>();
          ++row->count;
          if (event.topic != kReportedSteps.front()) return Result<void>();
          auto move = decode_payload<OrderMove>(event.payload);
          if (!move.ok()) return Result<void>(move.error());
          bool late = move->arguments && move->arguments->contains("override") &&
                      move->arguments->find("override")->second == "yes";
          report.late_returns += late ? 1 : 0;
          return Result<void>();
        });
    if (!walked.ok()) return walked.error();
  }
  return {};
}

}  // namespace

Result<ReportPeriod> daily_period(const std::string& day, Timestamp now) {
  auto midnight = parse_local(day + " 00:00:00");
  if (!midnight) return invalid("a day is written like 2026-07-18");
  auto period = free_period(*midnight + kNoon - kDay, *midnight + kNoon, now);
  if (period.ok()) period->day = day;
  return period;
}

Result<ReportPeriod> free_period(Timestamp from, Timestamp to, Timestamp now) {
  if (from >= to) return invalid("a period ends after it begins");
  if (from > now) return invalid("a period that has not begun yet has no report");
  return ReportPeriod{from, to, std::min<Timestamp>(to + kIssueDelay, now), {}};
}

Result<Report> make_report(const Archive& archive, const ReportPeriod& period) {
  Report report;
  report.period = period;
  {
    auto txn = archive.environment.read();
    if (!txn.ok()) return txn.error();
    const std::string& stream = archive.environment.format().stream;
    auto head = chain_head(*txn, archive.tables.records, stream);
    if (!head.ok()) return head.error();
    report.chain_count = head->count;
    report.chain_hash = head->hash;
  }
  Tally tally(report);
  auto counted =
      for_each_order(archive, [&](uint64_t, const OrderSummary& order) { tally.add(order); });
  if (!counted.ok()) return counted.error();
  tally.finish();
  RETURN_IF_ERROR(count_moments(archive, report));
  RETURN_IF_ERROR(count_steps(archive, report));
  return report;
}

}  // namespace jieban
