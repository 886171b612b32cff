#include "tests/crash/workload.h"

#include <algorithm>

#include "common/store/key.h"

namespace jieban::crash {
namespace {

constexpr uint64_t kOrdersKept = 20;
constexpr uint64_t kEventsKept = 30;
constexpr uint64_t kTrimEvery = 10;
constexpr char kStream[] = "upstream.demo";

// Sizes on both sides of what fits into a page; every byte depends on the number.
std::string content(std::string_view kind, uint64_t number) {
  std::string text = std::string(kind) + " " + std::to_string(number) + " ";
  size_t size = number % 7 == 0 ? 9000 : 40 + (number * 97) % 500;
  while (text.size() < size) text.push_back(char('a' + (text.size() * 7 + number * 13) % 26));
  return text;
}

uint64_t first_event(uint64_t head) {
  uint64_t trimmed_at = head - head % kTrimEvery;
  return trimmed_at > kEventsKept ? trimmed_at - kEventsKept : 1;
}

}  // namespace

Result<std::unique_ptr<Workload>> Workload::open(const std::string& path) {
  EnvironmentOptions options;
  options.path = path;
  options.stream = "writer.demo";
  options.map_size = size_t{256} << 20U;
  auto environment = Environment::open(options);
  if (!environment.ok()) return environment.error();
  auto events = EventLog::open(**environment, "events");
  if (!events.ok()) return events.error();
  auto cursors = CursorTable::open(**environment, "cursors");
  if (!cursors.ok()) return cursors.error();
  auto orders = (*environment)->table("orders");
  if (!orders.ok()) return orders.error();
  return std::unique_ptr<Workload>(
      new Workload(std::move(*environment), *events, *cursors, *orders));
}

Result<uint64_t> Workload::committed() const {
  auto txn = environment_->read();
  if (!txn.ok()) return txn.error();
  return events_.head(*txn);
}

Result<void> Workload::commit_next() {
  auto head = committed();
  if (!head.ok()) return head.error();
  auto txn = environment_->write();
  if (!txn.ok()) return txn.error();
  RETURN_IF_ERROR(change(*txn, *head + 1));
  return txn->commit();
}

Result<void> Workload::change(Transaction& txn, uint64_t number) const {
  RETURN_IF_ERROR(events_.append(txn, number, content("event", number)));
  RETURN_IF_ERROR(txn.put(orders_, make_key(number), content("order", number)));
  if (number > kOrdersKept) {
    auto erased = txn.erase(orders_, make_key(number - kOrdersKept));
    if (!erased.ok()) return erased.error();
  }
  if (number % 5 == 0) RETURN_IF_ERROR(undo_a_step(txn, number));
  if (number % kTrimEvery == 0) {
    auto erased = events_.trim(txn, first_event(number), 1000);
    if (!erased.ok()) return erased.error();
  }
  return cursors_.put(txn, kStream, {1, number});
}

Result<void> Workload::undo_a_step(Transaction& txn, uint64_t number) const {
  auto child = txn.child();
  if (!child.ok()) return child.error();
  return child->put(orders_, make_key(number + 1'000'000), "never there");
}

std::string Workload::verify() const {
  auto txn = environment_->read();
  if (!txn.ok()) return txn.error().message;
  auto head = events_.head(*txn);
  if (!head.ok()) return head.error().message;
  auto cursor = cursors_.get(*txn, kStream);
  if (!cursor.ok()) return cursor.error().message;
  if (cursor->sequence != *head) {
    return "cursor " + std::to_string(cursor->sequence) + ", head " + std::to_string(*head);
  }
  std::string wrong = verify_events(*txn, *head);
  return wrong.empty() ? verify_orders(*txn, *head) : wrong;
}

std::string Workload::verify_events(const Transaction& txn, uint64_t head) const {
  auto first = events_.first(txn);
  if (!first.ok()) return first.error().message;
  if (*first != first_event(head)) return "first event " + std::to_string(*first);
  uint64_t next = *first;
  std::string wrong;
  auto done = events_.read(txn, 0, [&](uint64_t sequence, std::string_view record) {
    if (sequence != next) wrong = "a hole before event " + std::to_string(sequence);
    if (record != content("event", sequence)) wrong = "event " + std::to_string(sequence);
    ++next;
    return wrong.empty();
  });
  if (!done.ok()) return done.error().message;
  if (wrong.empty() && next != head + 1) return "events end at " + std::to_string(next);
  return wrong;
}

std::string Workload::verify_orders(const Transaction& txn, uint64_t head) const {
  uint64_t number = head > kOrdersKept ? head - kOrdersKept + 1 : 1;
  Range range(txn, orders_);
  auto found = range.seek({});
  for (; found.ok() && *found; found = range.next(), ++number) {
    if (range.key() != make_key(number)) return "order " + std::to_string(number) + " is missing";
    if (range.value() != content("order", number)) return "order " + std::to_string(number);
  }
  if (!found.ok()) return found.error().message;
  return number == head + 1 ? "" : "orders end at " + std::to_string(number);
}

std::string judge(const std::string& path, uint64_t acknowledged, uint64_t begun) {
  auto workload = Workload::open(path);
  if (!workload.ok()) return "does not open: " + workload.error().message;
  auto committed = (*workload)->committed();
  if (!committed.ok()) return committed.error().message;
  if (*committed < acknowledged) {
    return "lost: " + std::to_string(acknowledged) + " acknowledged, " +
           std::to_string(*committed) + " there";
  }
  if (*committed > begun) return "more transactions than were begun";
  std::string wrong = (*workload)->verify();
  if (!wrong.empty()) return wrong;
  // And it goes on.
  auto next = (*workload)->commit_next();
  if (!next.ok()) return "does not go on: " + next.error().message;
  return (*workload)->verify();
}

}  // namespace jieban::crash
