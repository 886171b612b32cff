#include "common/transfer/easy_handle.h"

#include <algorithm>
#include <array>

namespace jieban {
namespace {

long millis(Duration span) {
  auto whole = std::chrono::ceil<std::chrono::milliseconds>(span);
  return std::max<long>(1, long(whole.count()));
}

// Once a process, before the first handle; never undone, since threads may still hold handles.
bool library_ready() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

void set_limits(CURL* handle, const TransferRoute& route) {
  // Signals belong to the daemon; the resolver of the library is a thread.
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  // A resolver that hangs is left behind, not waited for: the call ends in its time.
  curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, millis(route.connect_timeout));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, millis(route.total_timeout));
  // Also how long a mail server that said nothing is waited for when it is told goodbye; two
  // minutes otherwise. Whole seconds only.
  auto answer = std::chrono::ceil<std::chrono::seconds>(route.total_timeout);
  curl_easy_setopt(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, std::max(1L, long(answer.count())));
}

void set_route(CURL* handle, const TransferRoute& route) {
  // Empty texts, not null ones: null lets http_proxy and no_proxy decide.
  curl_easy_setopt(handle, CURLOPT_PROXY, route.proxy.c_str());
  curl_easy_setopt(handle, CURLOPT_NOPROXY, "");
  curl_easy_setopt(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  if (route.ca_file.empty()) return;
  curl_easy_setopt(handle, CURLOPT_CAINFO, route.ca_file.c_str());
  // Otherwise the host's directory of certificates would be trusted as well.
  curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
}

}  // namespace

Result<std::unique_ptr<EasyHandle>> EasyHandle::open(const std::string& url, const char* protocols,
                                                     const TransferRoute& route) {
  CURL* handle = library_ready() ? curl_easy_init() : nullptr;
  if (handle == nullptr) {
    return Error{ErrorCode::unavailable, "calling the gateway: the library does not start"};
  }
  auto owned = std::unique_ptr<EasyHandle>(new EasyHandle(handle));
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
  // The library repeats a request on a kept connection that turns out to be closed.
  curl_easy_setopt(handle, CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(handle, CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, &EasyHandle::on_begin);
  curl_easy_setopt(handle, CURLOPT_PREREQDATA, owned.get());
  set_limits(handle, route);
  set_route(handle, route);
  return owned;
}

EasyHandle::~EasyHandle() {
  curl_easy_cleanup(handle_);
  for (curl_slist* list : lists_) curl_slist_free_all(list);
}

curl_slist* EasyHandle::list_of(const std::vector<std::string>& lines) {
  curl_slist* list = nullptr;
  for (const std::string& line : lines) {
    curl_slist* longer = curl_slist_append(list, line.c_str());
    if (longer == nullptr) break;
    list = longer;
  }
  lists_.push_back(list);
  return list;
}

CURLcode EasyHandle::perform() { return curl_easy_perform(handle_); }

int EasyHandle::status() const {
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  return int(status);
}

// A proxy that wants to be asked otherwise, or not by us, before any gateway was. Its 5xx pass.
int EasyHandle::closed_proxy() const {
  constexpr std::array<long, 5> kClosed = {401, 403, 404, 405, 407};
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_HTTP_CONNECTCODE, &status);
  const bool closed = std::ranges::find(kClosed, status) != kClosed.end();
  return closed && !begun_ ? int(status) : 0;
}

// Only the library's own words: its longer text would name host and address.
Error EasyHandle::error(CURLcode code) const {
  if (const int status = closed_proxy(); status != 0) {
    return {ErrorCode::refused,
            "calling the gateway: the proxy answered " + std::to_string(status)};
  }
  return {begun_ ? ErrorCode::io : ErrorCode::unavailable,
          std::string("calling the gateway: ") + curl_easy_strerror(code)};
}

int EasyHandle::on_begin(void* self, char* /*to*/, char* /*from*/, int /*to_port*/,
                         int /*from_port*/) {
  static_cast<EasyHandle*>(self)->begun_ = true;
  return CURL_PREREQFUNC_OK;
}

bool is_plain_url(std::string_view url, std::initializer_list<std::string_view> schemes) {
  auto scheme = std::ranges::find_if(schemes, [&](auto text) { return url.starts_with(text); });
  if (scheme == schemes.end()) return false;
  if (!std::ranges::all_of(url, [](char c) { return c > ' ' && c < '\x7f'; })) return false;
  std::string_view rest = url.substr(scheme->size());
  std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  return !authority.empty() && authority.find('@') == std::string_view::npos;
}

}  // namespace jieban
