// How long a text the gateways take; longer ones are cut (message_cut.h).
//
// How often they take one, and how long they sulk, is data: `destinations` of escalation.yaml.
// Fails: nothing. Thread rule: constants.
#pragma once

#include <cstddef>

namespace jieban {

constexpr size_t kWecomTextMax = 2048;       // bytes, DOMAIN §15.2
constexpr size_t kWecomMarkdownMax = 4096;   // bytes, DOMAIN §15.2
constexpr size_t kDingtalkTextMax = 20'000;  // bytes; general knowledge
// Bytes of the whole body, DOMAIN §15.1. 20 KB may mean 20,480; this is within either reading.
constexpr size_t kFeishuBodyMax = 20'000;
// Ours: so much of a text may be mentions of persons, so that what is told has room beside them.
constexpr size_t kMentionBytesMax = 1024;
constexpr size_t kUmsCharactersMax = 402;  // characters, DOMAIN §15.6

}  // namespace jieban
