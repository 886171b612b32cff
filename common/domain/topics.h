// The topics of all streams. A name is for ever: events are read for years.
#pragma once

#include <string_view>

namespace jieban::topics {

// receiver
constexpr std::string_view kOrderReceived = "order.received";
constexpr std::string_view kOrderUpdated = "order.updated";
constexpr std::string_view kImportDone = "import.done";
constexpr std::string_view kCommandPrefix = "command.";  // command.sign, command.dispatch, ...

// router
constexpr std::string_view kOrderOpened = "order.opened";
constexpr std::string_view kOrderAmended = "order.amended";
constexpr std::string_view kOrderUnrouted = "order.unrouted";
constexpr std::string_view kCommandRefused = "command.refused";
constexpr std::string_view kImportNoted = "import.noted";  // import.done, passed on

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
constexpr std::string_view kNoticeDelivered = "notice.delivered";
constexpr std::string_view kNoticeUndelivered = "notice.undelivered";
constexpr std::string_view kNoticeCancelled = "notice.cancelled";
constexpr std::string_view kNoticeMerged = "notice.merged";
constexpr std::string_view kAlertOpened = "alert.opened";
constexpr std::string_view kAlertAcknowledged = "alert.acknowledged";
constexpr std::string_view kAlertEscalated = "alert.escalated";
constexpr std::string_view kAlertResolved = "alert.resolved";
constexpr std::string_view kAlertGap = "alert.gap";
constexpr std::string_view kAlertExhausted = "alert.exhausted";
constexpr std::string_view kChannelFailed = "channel.failed";
constexpr std::string_view kChannelRecovered = "channel.recovered";
constexpr std::string_view kSilenceAdded = "silence.added";
constexpr std::string_view kSilenceLifted = "silence.lifted";
constexpr std::string_view kRotaOverrideAdded = "rota.override_added";
constexpr std::string_view kRotaLeaveAdded = "rota.leave_added";
constexpr std::string_view kRotaTemporaryAdded = "rota.temporary_added";
constexpr std::string_view kRotaSwapAsked = "rota.swap_asked";
constexpr std::string_view kRotaSwapAccepted = "rota.swap_accepted";
constexpr std::string_view kRotaSwapApproved = "rota.swap_approved";
constexpr std::string_view kRotaSwapRefused = "rota.swap_refused";
constexpr std::string_view kRotaChangeWithdrawn = "rota.change_withdrawn";

// archiver
constexpr std::string_view kArchiveSealed = "archive.sealed";

// every daemon
constexpr std::string_view kRulesLoaded = "rules.loaded";
constexpr std::string_view kQuarantined = "event.quarantined";

}  // namespace jieban::topics
