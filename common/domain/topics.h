// The topics of all streams. A name is for ever: events are read for years.
#pragma once

#include <string_view>

namespace jieban::topics {

// receiver
constexpr std::string_view kOrderReceived = "order.received";
constexpr std::string_view kOrderUpdated = "order.updated";
constexpr std::string_view kCommandPrefix = "command.";  // command.sign, command.dispatch, ...

// router
constexpr std::string_view kOrderOpened = "order.opened";
constexpr std::string_view kOrderAmended = "order.amended";
constexpr std::string_view kOrderUnrouted = "order.unrouted";
constexpr std::string_view kCommandRefused = "command.refused";

// sla-watcher
constexpr std::string_view kClockChanged = "clock.changed";
constexpr std::string_view kDeadlineWarned = "deadline.warned";
constexpr std::string_view kDeadlineBreached = "deadline.breached";
constexpr std::string_view kCalendarMissing = "calendar.missing";

// notifier
constexpr std::string_view kNoticeQueued = "notice.queued";
constexpr std::string_view kNoticeAttempted = "notice.attempted";
constexpr std::string_view kNoticeSent = "notice.sent";
constexpr std::string_view kNoticeFailed = "notice.failed";
constexpr std::string_view kNoticeAbandoned = "notice.abandoned";

// archiver
constexpr std::string_view kArchiveSealed = "archive.sealed";

// every daemon
constexpr std::string_view kRulesLoaded = "rules.loaded";
constexpr std::string_view kQuarantined = "event.quarantined";

}  // namespace jieban::topics
