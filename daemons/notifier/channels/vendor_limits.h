// What the gateways take, as data: how often, how long a text, and how long they sulk.
//
// Promises: a row for each kind that has a limit, with where it was read. Nobody here keeps them:
// whoever sends asks. A window of count in per means that no stretch of that length, wherever it
// begins, holds more.
// Fails: nothing. Thread rule: constants.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "common/base/clock.h"
#include "daemons/notifier/channel_kind.h"
#include "daemons/notifier/channels/message_cut.h"

namespace jieban {

struct RateWindow {
  uint64_t count = 0;
  Duration per{};
};

struct VendorLimit {
  ChannelKind kind = ChannelKind::spool;
  std::span<const RateWindow> windows;  // of one robot, one account
  Duration penalty{};                   // for so long nothing is taken after one too many
  size_t text_max = 0;                  // 0: none known
  TextUnit unit = TextUnit::bytes;
  std::string_view source;
};

constexpr size_t kWecomTextMax = 2048;
constexpr size_t kWecomMarkdownMax = 4096;
constexpr size_t kDingtalkTextMax = 20'000;
// Of the whole body. 20 KB may mean 20,480; this is within either reading.
constexpr size_t kFeishuBodyMax = 20'000;
constexpr size_t kUmsCharactersMax = 402;

std::span<const VendorLimit> vendor_limits();
// Null for a kind without limits.
const VendorLimit* vendor_limit_of(ChannelKind kind);

}  // namespace jieban
