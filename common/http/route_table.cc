#include "common/http/route_table.h"

#include <algorithm>

#include "common/base/bytes.h"

namespace jieban {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

Result<std::string> percent_decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      out += plus_is_space && text[at] == '+' ? ' ' : text[at];
      continue;
    }
    auto byte = from_hex(text.substr(at + 1, 2));
    if (!byte || byte->size() != 1) return invalid("a % in the address is not an escape");
    out += *byte;
    at += 2;
  }
  if (!is_utf8(out) || out.find('\0') != std::string::npos) {
    return invalid("the address is not UTF-8 text");
  }
  return out;
}

Result<void> add_query(std::string_view text, HttpHeaders& query) {
  for (std::string_view pair : split(text, '&')) {
    if (pair.empty()) continue;
    size_t equals = std::min(pair.find('='), pair.size());
    auto name = percent_decoded(pair.substr(0, equals), true);
    if (!name.ok()) return name.error();
    auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!value.ok()) return value.error();
    if (!query.emplace(*name, *value).second) {
      return invalid("\"" + *name + "\" occurs twice in the query");
    }
  }
  return {};
}

}  // namespace

Result<TargetParts> target_parts(std::string_view target) {
  if (!target.starts_with('/')) return invalid("the address does not begin with /");
  target = target.substr(0, target.find('#'));
  size_t question = std::min(target.find('?'), target.size());
  TargetParts parts;
  parts.path = target.substr(0, question);
  for (std::string_view segment : split(target.substr(1, question - 1), '/')) {
    auto decoded = percent_decoded(segment, false);
    if (!decoded.ok()) return decoded.error();
    parts.segments.push_back(std::move(*decoded));
  }
  if (question < target.size()) {
    RETURN_IF_ERROR(add_query(target.substr(question + 1), parts.query));
  }
  return parts;
}

size_t RouteTable::add(std::string_view method, std::string_view pattern) {
  CHECK(pattern.starts_with('/'));
  Route route{std::string(method), {}};
  for (std::string_view part : split(pattern.substr(1), '/')) {
    bool parameter = part.size() > 2 && part.front() == '{' && part.back() == '}';
    route.segments.push_back(
        {std::string(parameter ? part.substr(1, part.size() - 2) : part), parameter});
  }
  for (const Route& known : routes_) {
    CHECK((known.method != route.method || known.segments != route.segments) &&
          "a route is declared once");
  }
  routes_.push_back(std::move(route));
  return routes_.size() - 1;
}

std::optional<HttpHeaders> RouteTable::match(const Route& route,
                                             const std::vector<std::string>& segments) {
  if (route.segments.size() != segments.size()) return std::nullopt;
  HttpHeaders params;
  for (size_t i = 0; i < segments.size(); ++i) {
    const Segment& wanted = route.segments[i];
    if (wanted.parameter ? segments[i].empty() : wanted.text != segments[i]) return std::nullopt;
    if (wanted.parameter) params.emplace(wanted.text, segments[i]);
  }
  return params;
}

RouteTable::Found RouteTable::find(std::string_view method,
                                   const std::vector<std::string>& segments) const {
  Found found;
  for (size_t i = 0; i < routes_.size(); ++i) {
    const Route& route = routes_[i];
    auto params = match(route, segments);
    if (!params) continue;
    bool answers = route.method == method || (method == "HEAD" && route.method == "GET");
    if (!answers && found.allowed.find(route.method) == std::string::npos) {
      if (!found.allowed.empty()) found.allowed += ", ";
      found.allowed += route.method;
    }
    bool more_literal = !found.match || params->size() < found.match->params.size();
    if (answers && more_literal) found.match = Match{i, std::move(*params)};
  }
  return found;
}

}  // namespace jieban
