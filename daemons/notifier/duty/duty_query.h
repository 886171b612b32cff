// Changes of the rota and who is on duty, between the door's words and the structs.
//
// Times are Beijing time, "2026-07-18 12:00:00"; those of shifts are RFC 3339, as `jieban rota`
// prints them.
// A reason is masked (safe_text.h) before anything is kept of it; all else that is kept names
// what the rota knows, or is an id without a number of a person's.
// What fails and how: `invalid` and `limit` in Chinese, naming what is wrong and never its value.
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/value.h"
#include "common/duty/rota.h"
#include "common/duty/weekly_window.h"
#include "common/http/message.h"
#include "daemons/notifier/duty/duty_change.h"

namespace jieban {

// `kind`: the last word of the path, "overrides", "leaves", "swaps", "temporary"; `not_found`.
Result<DutyRequest> read_duty_request(std::string_view kind, std::string_view body);
// `verb`: "accept", "approve", "refuse", "withdraw"; `not_found`.
Result<DutyDecision> read_duty_decision(const std::string& id, std::string_view verb,
                                        std::string_view body);

// "lapsed" of a swap that nobody decided on in time, else the state.
std::string duty_state_at(const DutyChange& change, Timestamp now);
Value duty_change_value(const DutyChange& change, const RotaBook& book, Timestamp now);

struct DutyFilter {
  std::optional<Timestamp> from{};
  std::optional<Timestamp> to{};
  std::string state;  // as duty_state_at; "open": a swap that waits; "": all
  std::string kind;   // ""
};
// ?from=&to=&state=&kind=
Result<DutyFilter> read_duty_filter(const HttpHeaders& query);
bool matches(const DutyFilter& filter, const DutyChange& change, Timestamp now);

constexpr std::chrono::days kDutyViewMax{366};

struct DutyQuestion {
  TimeSpan span;
  std::string rota;  // by id or name; "": all
  std::string format = "json";
};
// `now`: ?at=&rota=&format=; else ?from=&to=&rota=&format=. By default from now on, for a week.
Result<DutyQuestion> read_duty_question(const HttpHeaders& query, bool instant, Timestamp now);

// In the format that was asked for: "json", "text", of shifts also "ics". `not_found` for a rota.
Result<HttpResponse> answer_on_duty(const RotaBook& book, const DutyQuestion& question);
// `street`: its code.
Result<HttpResponse> answer_shifts(const RotaBook& book, const DutyQuestion& question,
                                   std::string_view street, Timestamp now);
Result<HttpResponse> answer_duty_check(const RotaBook& book, const DutyQuestion& question);

}  // namespace jieban
