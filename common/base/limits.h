// Every limit of the house by name, with its arithmetic.
#pragma once

#include <chrono>
#include <cstddef>

namespace jieban::limits {

using std::chrono::milliseconds;

// One event on the wire and on disk. An order's free text is at most 8,000 characters (DOMAIN
// §6.1), 24 KB in UTF-8, sealed once; the rest is short.
constexpr size_t kEventBytesMax = 256 * 1024;

// One transaction: an LMDB commit costs about a millisecond however large it is, so a batch may
// be large; it stays small enough that a redo after a refused event is not felt.
constexpr size_t kBatchEventsMax = 4096;
constexpr size_t kBatchBytesMax = 4 * 1024 * 1024;

// One frame on the bus: bounds what a stalled subscriber can hold in the publisher's queue
// (kSendQueueFrames x kFrameBytesMax = 64 MiB at the very most).
constexpr size_t kFrameBytesMax = 256 * 1024;
constexpr size_t kMessageBytesMax = 1024 * 1024;  // ZeroMQ refuses anything larger
constexpr int kSendQueueFrames = 256;
constexpr int kReceiveQueueFrames = 64;

// Frames that arrived ahead of a gap and are kept while the gap is fetched.
constexpr size_t kHeldFramesMax = 64;

constexpr milliseconds kHeartbeatInterval{1000};
constexpr milliseconds kFetchTimeout{500};
constexpr milliseconds kFetchBackoffMax{5000};
constexpr milliseconds kAcknowledgeInterval{500};

// Replay served in one turn of the loop, over all who ask: keeps live traffic going.
constexpr size_t kReplayBytesPerTurn = 2 * 1024 * 1024;

// The door.
constexpr size_t kRequestBytesMax = 8 * 1024 * 1024;
constexpr size_t kOrdersPerRequestMax = 2000;
constexpr size_t kJsonDepthMax = 16;
constexpr size_t kJsonNodesMax = 200'000;

// MessagePack decoding.
constexpr size_t kPayloadDepthMax = 8;
constexpr size_t kPayloadItemsMax = 4096;

constexpr size_t kConfigBytesMax = 64 * 1024;   // a daemon's own file
constexpr size_t kRulesBytesMax = 1024 * 1024;  // a rule table, a directory, a lexicon
constexpr size_t kConfigDepthMax = 8;

constexpr size_t kTimersPerTickMax = 1000;

}  // namespace jieban::limits
