// Which route answers a method and a target such as "/api/v1/orders/1%2F2?page=3".
//
// Promises: segments are compared after percent-decoding each of them, so that an encoded slash
// stays inside its segment; a literal segment wins over a parameter. HEAD finds the routes of GET.
// What fails and how: target_parts refuses (`invalid`) a target with a broken escape, ill-formed
// UTF-8, a zero byte or a query name that occurs twice. Declaring a route twice is our own error:
// CHECK.
// Thread rule: any number of readers once all routes are added.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.h"
#include "common/http/message.h"

namespace jieban {

struct TargetParts {
  std::string path;
  std::vector<std::string> segments;
  HttpHeaders query;
};

Result<TargetParts> target_parts(std::string_view target);

class RouteTable {
 public:
  struct Match {
    size_t route = 0;
    HttpHeaders params;
  };
  struct Found {
    std::optional<Match> match;
    std::string allowed;  // without a match: the methods that the path does have, "GET, POST"
  };

  // Returns the number of the route, counted from 0. A pattern is "/api/orders/{order_no}".
  size_t add(std::string_view method, std::string_view pattern);
  Found find(std::string_view method, const std::vector<std::string>& segments) const;

 private:
  struct Segment {
    std::string text;
    bool parameter = false;
    bool operator==(const Segment&) const = default;
  };
  struct Route {
    std::string method;
    std::vector<Segment> segments;
  };
  static std::optional<HttpHeaders> match(const Route& route,
                                          const std::vector<std::string>& segments);

  std::vector<Route> routes_;
};

}  // namespace jieban
