// The bytes of one event, on disk and on the wire. Stream and sequence are not among them: they
// are where the record stands.
#pragma once

#include <string>
#include <string_view>

#include "common/base/result.h"
#include "common/domain/event.h"

namespace jieban {

constexpr uint64_t kRecordVersion = 1;

std::string encode_record(const Event& event);

// Fills everything but stream and sequence. `corrupt` for anything but exactly one record; the
// payload is not looked into.
Result<Event> decode_record(std::string_view bytes);
// Into an event that keeps the room of its strings; half filled when it fails.
Result<void> decode_record(std::string_view bytes, Event& event);

}  // namespace jieban
