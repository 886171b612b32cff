// A receiver's core with a real sealer before it, and orders to hand in.
#pragma once

#include <gtest/gtest.h>
#include <poll.h>

#include <functional>
#include <mutex>
#include <thread>

#include "common/base/file.h"
#include "common/base/limits.h"
#include "common/domain/topics.h"
#include "daemons/receiver/door.h"
#include "daemons/receiver/receiver.h"
#include "daemons/receiver/sealer.h"
#include "tests/support/core_harness.h"

namespace jieban {

// Personal texts that no table, no stream and no journal may show.
inline const std::vector<std::string> kPlainTexts = {"秘密标题三号楼漏水", "天花板渗漏诉求内容原文",
                                                     "王某某姓名",         "13900000123",
                                                     "西直门样例胡同九号", "话务员备注原文"};

inline Submission leak_order(const std::string& order_no = "260310000001") {
  Submission order;
  order.row_no = 4;
  order.order_no = order_no;
  order.order_type = "complaint";
  order.title = kPlainTexts[0];
  order.content = kPlainTexts[1] + "，燃气泄漏";
  order.caller_name = kPlainTexts[2];
  order.caller_phone = kPlainTexts[3];
  order.address = kPlainTexts[4];
  order.extra["备注"] = kPlainTexts[5];
  order.cat1 = "住房城乡建设";
  order.cat2 = "房屋质量";
  order.community = "真武庙社区";
  order.source_channel = "电话";
  return order;
}

inline SecretKey key_of(char fill) { return *SecretKey::from_bytes(std::string(32, fill)); }

inline std::shared_ptr<const Sealer> test_sealer(char master = 'm') {
  auto lexicon = Lexicon::build("9", {{"emergency", {"燃气泄漏"}}, {"routing", {"渗漏", "油烟"}}});
  return std::make_shared<const Sealer>(key_of(master), key_of('i'), std::move(*lexicon));
}

class ReceiverFixture : public CoreHarness<Receiver> {
 public:
  ReceiverFixture() : CoreHarness<Receiver>("receiver") {}

  Input order_input(const Submission& order, const std::string& batch = "b-1") const {
    SealedSubmission sealed = sealer->seal_order(order, "city", batch);
    Input made;
    made.topic = kOrderSubmitted;
    made.actor = "city";
    made.payload = encode_payload(sealed.intake);
    made.secret = sealed.wrapped_key;
    return made;
  }
  StepOutcome submit(const Submission& order, const std::string& batch = "b-1") {
    return input(order_input(order, batch));
  }
  Input command_input(const std::string& key, const std::string& order_no = "260310000001",
                      const std::string& text = "") const {
    CommandRequest request;
    request.order_no = order_no;
    request.command = "sign";
    request.idempotency_key = key;
    Input made;
    if (!text.empty()) {
      SealedText sealed = sealer->seal_text(text);
      request.sealed = sealed.box;
      made.secret = sealed.wrapped_key;
    }
    made.topic = kCommandSubmitted;
    made.actor = "seat-1";
    made.payload = encode_payload(request);
    return made;
  }
  CommandOutcome command(const std::string& key, const std::string& order_no = "260310000001") {
    return *decode_payload<CommandOutcome>(*input(command_input(key, order_no)).answers.at(0));
  }
  CommandOutcome known_command(const std::string& key) {
    auto row = core().commands().get(read(), make_key(std::string_view(key)));
    CHECK(row.ok() && *row);
    return **row;
  }
  KnownOrder known(uint64_t order_id) {
    auto row = core().orders().get(read(), make_key(order_id));
    CHECK(row.ok() && *row);
    return **row;
  }
  // The box of an event, opened with the key that the keyring holds for it.
  Result<std::map<std::string, std::string>> open_box(uint64_t order_id, const SealedBox& box,
                                                      const Sealer& with) {
    auto row = core().keyring().get(read(), make_key(order_id) + box.key_id.data);
    CHECK(row.ok());
    if (!*row) return Error{ErrorCode::not_found, "no key"};
    return with.open(box, (*row)->wrapped_key.data);
  }

  std::shared_ptr<const Sealer> sealer = test_sealer();
};

// The loop of a receiver in a thread: takes what edges hand in, as the daemon does. Every command
// is answered by a router that `decide` stands for.
class ReceiverLoop {
 public:
  explicit ReceiverLoop(ReceiverFixture& fixture) : fixture_(fixture) {}
  ~ReceiverLoop() { stop(); }

  void start() {
    thread_ = std::thread([this] {
      while (!stopping_) {
        pollfd wanted{fixture_.inbox.descriptor(), POLLIN, 0};
        ::poll(&wanted, 1, 5);
        fixture_.inbox.clear_descriptor();
        pump();
      }
    });
  }
  void stop() {
    stopping_ = true;
    if (thread_.joinable()) thread_.join();
  }

  std::function<StepOutcome(ReceiverFixture&, const Event& command)> decide;
  Edge* edge = nullptr;
  std::atomic<bool> full = false;  // the store has no room
  std::atomic<int> refused = 0;    // groups, for that reason

 private:
  void pump() {
    while (auto group = fixture_.inbox.take(limits::kBatchEventsMax)) {
      if (full) {
        group->done({Error{ErrorCode::full, "the store has no room"}, {}});
        ++refused;
        continue;
      }
      StepOutcome outcome = fixture_.inputs(group->inputs);
      group->done({std::nullopt, outcome.answers});
      for (const Event& event : events_of(outcome)) {
        bool command = event.topic.starts_with(topics::kCommandPrefix);
        if (command && decide) tell(decide(fixture_, event));
      }
    }
  }
  void tell(const StepOutcome& outcome) {
    for (const Signal& signal : outcome.signals) {
      if (edge != nullptr) edge->signalled(signal);
    }
  }

  ReceiverFixture& fixture_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

// The router's answers to a command that stands at `sequence` of the receiver's stream.
inline StepOutcome router_signs(ReceiverFixture& fixture, uint64_t sequence) {
  OrderMove told;
  told.from = OrderState::new_order;
  told.to = OrderState::signed_in;
  return fixture.event("router", "order.signed", 1, told, {"110102007.receiver", sequence});
}
inline StepOutcome router_refuses(ReceiverFixture& fixture, uint64_t sequence) {
  CommandRefusal told{"", "sign", "state", "工单当前为“已签收”", "SIGNED"};
  return fixture.event("router", topics::kCommandRefused, 1, told,
                       {"110102007.receiver", sequence});
}

}  // namespace jieban
