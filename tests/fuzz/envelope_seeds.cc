// Writes the seeds of the envelope corpus, from real encodings: PROGRAM DIRECTORY
// Run it again after a format changed: cmake --build --preset dev -- envelope_seeds
#include <cstdio>

#include "common/base/file.h"
#include "common/domain/event.h"
#include "common/domain/events.h"
#include "common/domain/topics.h"
#include "common/wire/frame.h"
#include "common/wire/payload.h"
#include "common/wire/record.h"
#include "tests/support/filled.h"

namespace jieban {
namespace {

std::string directory;

void write(const std::string& name, const std::string& bytes) {
  auto written = write_file(directory + "/" + name, bytes, 0644);
  if (!written.ok()) std::fprintf(stderr, "%s\n", written.error().message.c_str());
  CHECK(written.ok());
}

template <class T>
std::string payload(const std::string& name, Optionals optionals = Optionals::present) {
  SeededRandom random(20);
  std::string bytes = encode_payload(filled<T>(random, optionals));
  write(name, bytes);
  return bytes;
}

std::string record(std::string_view topic, const std::string& bytes) {
  Event event;
  event.topic = topic;
  event.occurred_at = from_micros(1'770'000'000'000'000);
  event.order_id = 42;
  event.cause = {"110102007.receiver", 17};
  event.actor = "system";
  event.payload = bytes;
  return encode_record(event);
}

void write_seeds() {
  std::string intake = payload<OrderIntake>("intake");
  std::string move = payload<OrderMove>("move");
  payload<OrderMove>("move_bare", Optionals::absent);
  payload<CommandRequest>("command");
  payload<ClockChanges>("clocks");
  payload<NoticeStep>("notice");
  payload<Quarantined>("quarantined");
  std::string received = record(topics::kOrderReceived, intake);
  std::string moved = record("order.signed", move);
  write("record_received", received);
  write("record_moved", moved);
  FrameBuilder builder("110102007.router", 7);
  CHECK(builder.add(1, received) && builder.add(2, moved));
  std::string frame = builder.finish(2);
  write("frame", frame);
  // {first, count, head} and a body: what the target puts under a sum of its own.
  write("frame_forged", "\1\2\2" + frame.substr(frame.size() - received.size() - moved.size() - 8));
  write("heartbeat", encode_heartbeat("110102007.router", 7, 2));
  write("refusal", encode_heartbeat("110102007.router", 7, 2, kRefusedAhead));
  write("fetch", encode_fetch({"archiver", "110102007.router", 7, 1, 2}));
  write("huge_array", "\xdd\xff\xff\xff\xff");
  write("deep", std::string(64, '\x91'));
}

}  // namespace
}  // namespace jieban

int main(int argc, char** argv) {
  if (argc != 2) return 64;
  jieban::directory = argv[1];
  jieban::write_seeds();
  return 0;
}
