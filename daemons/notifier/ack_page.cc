#include "daemons/notifier/ack_page.h"

#include <algorithm>
#include <array>

#include "common/base/check.h"

namespace jieban {
namespace {

struct PageRow {
  AckPage page;
  int status;
  std::string_view title;
  std::string_view sentence;
};

constexpr std::array<PageRow, 7> kPages = {{
    {AckPage::done, 200, "已确认", "已记录您的确认，谢谢。"},
    {AckPage::repeated, 200, "已确认过", "这条通知先前已经确认，此链接不再有效，无需重复操作。"},
    {AckPage::expired, 410, "链接已过期", "此链接已过有效期，请联系值班坐席确认。"},
    {AckPage::forged, 404, "链接无效",
     "此链接不完整或不正确，请从原消息中重新打开，或联系值班坐席。"},
    {AckPage::gone, 404, "通知不存在", "没有找到这条通知，请联系值班坐席。"},
    {AckPage::refused, 409, "不能确认", "这条通知现在不能确认，请联系值班坐席。"},
    {AckPage::later, 503, "请稍后再试", "系统正忙，您的确认还没有记录，请过一会儿再按一次。"},
}};

constexpr std::chrono::seconds kRetryAfter{10};

std::string escaped(std::string_view text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

HttpResponse page_of(int status, std::string_view title, const std::string& inner) {
  const std::string head(title);
  std::string body =
      "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<meta name=\"robots\" content=\"noindex\"><title>" +
      head +
      "</title><style>body{font-family:sans-serif;margin:2em auto;max-width:30em;padding:0 1em}"
      "button{font-size:1.2em;padding:.6em 2em;width:100%}</style></head><body><h1>" +
      head + "</h1>" + inner + "</body></html>\n";
  HttpResponse response{status, "text/html; charset=utf-8", std::move(body), {}};
  response.headers = {
      {"Cache-Control", "no-store"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
      {"Content-Security-Policy",
       "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"},
  };
  return response;
}

}  // namespace

HttpResponse ack_page(AckPage page, std::string_view reason) {
  const auto* row = std::ranges::find(kPages, page, &PageRow::page);
  CHECK(row != kPages.end());
  std::string inner = "<p>" + std::string(row->sentence) + "</p>";
  if (!reason.empty()) inner += "<p>" + escaped(reason) + "</p>";
  HttpResponse response = page_of(row->status, row->title, inner);
  if (page == AckPage::later) {
    response.headers.emplace_back("Retry-After", std::to_string(kRetryAfter.count()));
  }
  return response;
}

HttpResponse ack_question(std::string_view notice_text) {
  return page_of(200, "请确认收到",
                 "<p>" + escaped(notice_text) +
                     "</p><form method=\"post\"><button type=\"submit\">确认收到</button></form>");
}

}  // namespace jieban
