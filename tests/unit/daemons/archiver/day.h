// A street's day for tests of the archiver: streams that are written by hand and delivered to the
// archiver's fold in any interleaving.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "common/daemon/fold.h"
#include "common/domain/events.h"
#include "common/domain/topics.h"
#include "common/wire/record.h"
#include "daemons/archiver/archiver.h"
#include "tests/support/temp_dir.h"

namespace jieban::archiver_test {

inline Timestamp local(const std::string& text) {
  auto at = parse_local(text);
  CHECK(at.has_value());
  return *at;
}

// An archiver with its store.
struct Place {
  TempDir dir{"/dev/shm"};
  Archiver core;
  std::unique_ptr<Fold> fold;

  Place() {
    EnvironmentOptions options;
    options.path = dir.path("archiver");
    options.stream = "110102007.archiver";
    options.map_size = size_t{256} << 20U;
    auto opened = Fold::open(options, core);
    CHECK(opened.ok());
    fold = std::move(*opened);
  }
  Archive archive() const { return {fold->environment(), core.tables()}; }

  StepOutcome run(Batch batch) {
    auto outcome = fold->run(batch);
    EXPECT_TRUE(outcome.ok()) << outcome.error().message;
    return outcome.ok() ? std::move(*outcome) : StepOutcome();
  }
  StepOutcome tick(Timestamp now) {
    Batch batch;
    batch.now = now;
    batch.parts.emplace_back();
    return run(std::move(batch));
  }

  // All rows of all tables of the core, for comparing.
  std::map<std::string, std::map<std::string, std::string>> contents() const {
    std::map<std::string, std::map<std::string, std::string>> all;
    for (const auto& [name, id] : fold->tables()) {
      auto& rows = all[name];
      auto walked = walk(fold->environment(), id, {},
                         [&](const Transaction&, std::string_view key, std::string_view value) {
                           rows[std::string(key)] = value;
                           return Result<bool>(true);
                         });
      EXPECT_TRUE(walked.ok());
    }
    return all;
  }
};

// The four streams, and how far a place has got in each.
class Streams {
 public:
  template <class Payload>
  Cause say(const std::string& daemon, std::string_view topic, uint64_t order_id, Timestamp at,
            const Payload& payload, Cause cause = {}) {
    Event event;
    event.topic = topic;
    event.occurred_at = at;
    event.order_id = order_id;
    event.cause = std::move(cause);
    event.actor = "system";
    event.payload = encode_payload(payload);
    auto& stream = streams_["110102007." + daemon];
    stream.push_back(encode_record(event));
    return {"110102007." + daemon, stream.size()};
  }

  // The next `count` events of one stream, as one part of a batch; none when it has ended.
  bool next(const std::string& daemon, size_t count, Batch& batch) {
    std::string name = "110102007." + daemon;
    const auto& stream = streams_[name];
    size_t& at = delivered_[name];
    if (at >= stream.size()) return false;
    BatchPart part;
    part.kind = BatchPart::Kind::run;
    part.stream = name;
    part.epoch = 1;
    part.first = at + 1;
    for (size_t end = std::min(stream.size(), at + count); at < end; ++at) {
      part.records.emplace_back(stream[at]);
    }
    batch.parts.push_back(std::move(part));
    return true;
  }
  void rewind() { delivered_.clear(); }

  // Everything, stream after stream in the given order.
  StepOutcome deliver(Place& place, const std::vector<std::string>& order = {
                                        "receiver", "router", "sla-watcher", "notifier"}) {
    Batch batch;
    batch.now = now;
    for (const std::string& daemon : order) next(daemon, SIZE_MAX / 2, batch);
    return place.run(std::move(batch));
  }
  const std::map<std::string, std::vector<std::string>>& all() const { return streams_; }

  Timestamp now = local("2026-07-18 13:00:00");

 private:
  std::map<std::string, std::vector<std::string>> streams_;
  std::map<std::string, size_t> delivered_;
};

struct OrderWish {
  uint64_t id = 1;
  std::string order_no = "YT-1";
  uint64_t round = 1;
  std::string category = "城市管理>违法建设";
  std::string community = "三里河社区";
  std::string order_class = "general";
  std::optional<RouteNote> route{};
  Timestamp received_at = local("2026-07-18 09:00:00");
  Timestamp due_at = local("2026-07-25 09:00:00");
};

inline OrderIntake intake_of(const OrderWish& wish) {
  OrderIntake intake;
  intake.facts.order_no = wish.order_no;
  intake.facts.round = wish.round;
  intake.facts.order_type = "complaint";
  intake.facts.category = wish.category;
  intake.facts.community = wish.community;
  intake.sealed = {Bytes{"key"}, Bytes{"box"}};
  return intake;
}

// order.received, order.opened, clock.changed.
inline Cause say_order(Streams& streams, const OrderWish& wish) {
  Cause received =
      streams.say("receiver", topics::kOrderReceived, wish.id, wish.received_at, intake_of(wish));
  OrderOpening opening;
  opening.order_no = wish.order_no;
  opening.order_class = wish.order_class;
  opening.category = wish.category;
  opening.community = wish.community;
  opening.clock_start = wish.received_at;
  opening.route = wish.route;
  Cause opened =
      streams.say("router", topics::kOrderOpened, wish.id, wish.received_at, opening, received);
  ClockChanges clocks{wish.order_no, "v1", {}};
  clocks.changes.push_back({"due", "started", wish.received_at, wish.due_at, "rule", {}});
  streams.say("sla-watcher", topics::kClockChanged, wish.id, wish.received_at, clocks, opened);
  return opened;
}

// One row of the life cycle.
inline Cause say_move(Streams& streams, const OrderWish& wish, OrderState from,
                      std::string_view command, Timestamp at, Cause cause = {}) {
  const Transition* row = find_transition(from, command);
  CHECK(row != nullptr);
  OrderMove move;
  move.order_no = wish.order_no;
  move.from = from;
  move.to = row->to.value_or(from);
  move.command = command;
  if (command == "dispatch") move.lead_unit = "unit-7";
  return streams.say("router", row->topic, wish.id, at, move, std::move(cause));
}

// From the signature to the submission.
inline void say_until_submitted(Streams& streams, const OrderWish& wish, Timestamp signed_at,
                                Timestamp submitted_at) {
  using enum OrderState;
  say_move(streams, wish, new_order, "sign", signed_at);
  say_move(streams, wish, signed_in, "dispatch", signed_at);
  say_move(streams, wish, dispatched, "hand_in", submitted_at);
  say_move(streams, wish, auditing, "submit", submitted_at);
}

}  // namespace jieban::archiver_test
