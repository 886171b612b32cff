// Notices as they are asked for: one by its id, or page by page, the latest first.
//
// A page costs what it shows and what its filters pass over; `from` ends the search.
// What fails and how: `not_found` for an id that there is not, `invalid` for a question that is
// wrong, and the errors of the store. Thread rule: any thread, with read transactions of its own.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "common/base/value.h"
#include "common/daemon/fold.h"
#include "common/http/message.h"
#include "daemons/notifier/notice_tables.h"

namespace jieban {

struct NoticeFilter {
  std::optional<NoticeState> state;
  std::string channel;   // "": all
  std::string order_no;  // "": all
  std::string person;    // whom it calls, also as one of several; "": all
  std::string alert;     // of which alert it tells, by itself; "": all
  std::optional<Timestamp> from;
  std::string below;  // `next` of the page before
  size_t page_size = 50;
};

struct NoticePage {
  std::vector<NoticeRow> notices;
  std::optional<std::string> next;
};

constexpr size_t kNoticePageMax = 200;

// state, channel, order_no, person, alert, from, below, page_size; anything else is refused,
// because a filter with a slip in its name would find too much.
Result<NoticeFilter> read_notice_filter(const HttpHeaders& query);
Result<NoticePage> list_notices(const Fold& fold, const NoticeTables& tables,
                                const NoticeFilter& filter);
Result<NoticeRow> find_notice(const Fold& fold, const NoticeTables& tables, const std::string& id);

// What a list tells of, in its order, each as it stands now; none where it is no list.
Result<std::vector<NoticeRow>> list_members(const Fold& fold, const NoticeTables& tables,
                                            const std::string& id);

Value notice_value(const NoticeRow& notice);
// With `members`, where it has some.
Value notice_value(const NoticeRow& notice, const std::vector<NoticeRow>& members);
Value notice_page_value(const NoticePage& page);

}  // namespace jieban
