#include "tests/simulation/checkers.h"

#include <algorithm>
#include <array>
#include <set>

#include "common/domain/topics.h"
#include "common/domain/topology.h"
#include "common/wire/payload.h"

namespace jieban {
namespace {

constexpr std::array<Checker, 10> kCheckers = {{
    {"no stream has a gap or a double", &check_sequences},
    {"every cursor stands at the head of its stream", &check_cursors},
    {"the archive is the union of the four streams", &check_archive},
    {"nothing acknowledged is lost", &check_acknowledged_rows},
    {"a command is carried out or refused, once", &check_commands},
    {"every order lives by the life cycle", &check_life_cycles},
    {"each alert comes once, and not before it is due", &check_alerts},
    {"no cause goes out under two notice ids", &check_notices},
    {"each step of a ladder is told once or named as a gap, and none after an answer",
     &check_ladders},
    {"only what a core must refuse is quarantined", &check_quarantine},
}};

constexpr std::array<const char*, 4> kArchived = {"receiver", "router", "sla-watcher", "notifier"};

std::string at(const Event& event) {
  return event.stream + " " + std::to_string(event.sequence) + " " + event.topic;
}

}  // namespace

std::span<const Checker> checkers() { return kCheckers; }

Findings check_all(const History& history) {
  Findings all;
  for (const Checker& checker : kCheckers) {
    for (const std::string& finding : checker.check(history)) {
      all.push_back(std::string(checker.promise) + ": " + finding);
    }
  }
  return all;
}

Findings check_sequences(const History& history) {
  Findings found;
  for (const auto& [name, daemon] : history.daemons) {
    uint64_t expected = 1;
    Timestamp before = from_micros(0);
    for (const Event& event : daemon.events) {
      if (event.sequence != expected) found.push_back(at(event) + " where another was expected");
      // What follows from an event of an upstream has its time. So may a call: it names its ladder
      // as its cause, whatever became of it.
      const bool own = event.cause.sequence == 0 && event.cause.stream.empty();
      if (event.occurred_at < before && own) {
        found.push_back(at(event) + " is earlier than the event before it");
      }
      if (own) before = event.occurred_at;
      expected = event.sequence + 1;
    }
    if (daemon.head + 1 != expected) found.push_back(name + " has a head without its event");
  }
  return found;
}

Findings check_cursors(const History& history) {
  Findings found;
  for (const auto& [name, daemon] : history.daemons) {
    for (const std::string& upstream : upstreams_of(name)) {
      const DaemonHistory& source = history.daemons.at(upstream);
      auto cursor = daemon.cursors.find(source.stream);
      uint64_t applied = cursor == daemon.cursors.end() ? 0 : cursor->second.sequence;
      if (applied == source.head) continue;
      found.push_back(name + " stands at " + std::to_string(applied) + " of " + source.stream +
                      ", whose head is " + std::to_string(source.head));
    }
  }
  return found;
}

Findings check_archive(const History& history) {
  std::vector<ArchivedRecord> expected;
  for (const char* name : kArchived) {
    const DaemonHistory& daemon = history.daemons.at(name);
    for (size_t i = 0; i < daemon.records.size(); ++i) {
      expected.push_back({daemon.stream, daemon.events[i].sequence, daemon.records[i]});
    }
  }
  std::vector<ArchivedRecord> archive = history.archive;
  std::ranges::sort(expected);
  std::ranges::sort(archive);
  Findings found;
  std::vector<ArchivedRecord> wrong;
  std::ranges::set_symmetric_difference(expected, archive, std::back_inserter(wrong));
  for (const ArchivedRecord& record : wrong) {
    found.push_back(record.stream + " " + std::to_string(record.sequence) +
                    " is missing, foreign or there twice");
  }
  return found;
}

// What a client was told of a row must stand in the stream: "new" as order.received, "updated" as
// order.updated, of this very row, exactly once.
Findings check_acknowledged_rows(const History& history) {
  Findings found = history.complaints;
  std::map<std::string, int> rows;
  std::set<std::string> numbers;
  for (const Event& event : history.events("receiver")) {
    bool received = event.topic == topics::kOrderReceived;
    if (!received && event.topic != topics::kOrderUpdated) continue;
    auto intake = decode_payload<OrderIntake>(event.payload);
    if (!intake.ok()) {
      found.push_back(at(event) + ": " + intake.error().message);
      continue;
    }
    ++rows[event.topic + intake->facts.order_no + intake->batch_id + intake->row_hash.data];
    bool first = numbers.insert(intake->facts.order_no).second;
    if (first != received) found.push_back(at(event) + ": received twice, or updated before");
  }
  for (const AcknowledgedRow& row : history.rows) {
    if (!numbers.contains(row.order_no)) found.push_back(row.order_no + " is not there");
    if (row.outcome == "unchanged") continue;
    std::string_view topic = row.outcome == "new" ? topics::kOrderReceived : topics::kOrderUpdated;
    int count = rows[std::string(topic) + row.order_no + row.batch_id + row.row_hash.data];
    if (count == 1) continue;
    found.push_back(row.order_no + " of " + row.batch_id + " was acknowledged as " + row.outcome +
                    " and is there " + std::to_string(count) + " times");
  }
  return found;
}

Findings check_commands(const History& history) {
  Findings found;
  const std::string& receiver = history.daemons.at("receiver").stream;
  std::map<uint64_t, std::string> answers;  // the router's first event about a command
  for (const Event& event : history.events("router")) {
    if (event.cause.stream == receiver) answers.try_emplace(event.cause.sequence, event.topic);
  }
  std::map<std::string, uint64_t> keys;
  for (const Event& event : history.events("receiver")) {
    if (!event.topic.starts_with(topics::kCommandPrefix)) continue;
    auto request = decode_payload<CommandRequest>(event.payload);
    if (!request.ok()) {
      found.push_back(at(event) + ": " + request.error().message);
      continue;
    }
    if (!keys.try_emplace(request->idempotency_key, event.sequence).second) {
      found.push_back(at(event) + ": the key was there before");
    }
    if (!answers.contains(event.sequence)) found.push_back(at(event) + " was never answered");
  }
  for (const auto& [key, told] : history.commands) {
    auto asked = keys.find(key);
    if (asked == keys.end() || asked->second != told.sequence) {
      found.push_back(key + " was answered and is not there");
      continue;
    }
    std::string topic = told.outcome == "done" ? told.event : std::string(topics::kCommandRefused);
    if (answers[told.sequence] != topic) found.push_back(key + " was told another outcome");
  }
  return found;
}

Findings check_quarantine(const History& history) {
  Findings found;
  std::set<uint64_t> odd;
  for (const Event& event : history.events("router")) {
    if (event.topic != topics::kOrderOpened) continue;
    auto opening = decode_payload<OrderOpening>(event.payload);
    if (opening.ok() && opening->order_class == "odd") odd.insert(event.order_id);
  }
  for (const auto& [name, daemon] : history.daemons) {
    uint64_t told = 0;
    for (const Event& event : daemon.events) told += event.topic == topics::kQuarantined ? 1 : 0;
    if (told != daemon.quarantine.size()) found.push_back(name + " told another number of rows");
    for (const QuarantineRow& row : daemon.quarantine) {
      if (name == "sla-watcher" && odd.contains(row.order_id)) continue;
      found.push_back(name + " refused " + row.stream + " " + std::to_string(row.sequence) + " " +
                      row.topic + ": " + row.error);
    }
  }
  return found;
}

}  // namespace jieban
