#include "daemons/router/repeat_links.h"

#include <algorithm>

namespace jieban {
namespace {

uint64_t mixed(uint64_t hash, std::string_view text) {
  constexpr uint64_t kPrime = 0x100000001b3;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  return hash;
}

constexpr uint64_t kBasis = 0xcbf29ce484222325;

// Empty where there is no such hash, or one that says nothing.
std::optional<uint64_t> number_of(const std::optional<Bytes>& normal,
                                  const std::optional<Bytes>& hash) {
  const std::optional<Bytes>& said = normal ? normal : hash;
  if (!said || said->data.size() < sizeof(uint64_t)) return std::nullopt;
  return read_u64(said->data);
}

uint64_t number_of_point(std::string_view point) {
  uint64_t hash = mixed(kBasis, "point");
  for (char c : point) {
    if (c != ' ') hash = mixed(hash, std::string_view(&c, 1));
  }
  return hash;
}

struct Places {
  std::optional<uint64_t> address;
  std::optional<uint64_t> point;
};

const RoutedHashes& hashes_of(const RoutedIntake& intake) {
  static const RoutedHashes none;
  return intake.hashes ? *intake.hashes : none;
}

Places places_of(const RoutedIntake& intake) {
  Places places{number_of(intake.place, hashes_of(intake).address), std::nullopt};
  const auto& others = intake.facts.others;
  if (others && others->point && !others->point->empty()) {
    places.point = number_of_point(*others->point);
  }
  if (!places.address) places.address = places.point;
  if (!places.point) places.point = places.address;
  return places;
}

bool within(Timestamp a, Timestamp b, int64_t window) {
  return std::abs((a - b).count()) <= window;
}

// The latest order of this caller, or of any other, that lies near enough.
std::optional<uint64_t> nearest(const PlaceOrders& place, uint64_t caller, bool same, Timestamp at,
                                int64_t window) {
  const LatestOrder* best = nullptr;
  for (const LatestOrder& each : place.callers) {
    if ((each.caller == caller) != same || !within(each.at, at, window)) continue;
    if (best == nullptr || each.at > best->at) best = &each;
  }
  if (best == nullptr) return std::nullopt;
  return best->order_id;
}

std::optional<uint64_t> join_cluster(PlaceOrders& place, uint64_t caller, Timestamp at,
                                     int64_t window) {
  const bool goes_on = std::ranges::any_of(
      place.callers, [&](const LatestOrder& each) { return within(each.at, at, window); });
  if (!goes_on) place.cluster.reset();
  auto other = nearest(place, caller, false, at, window);
  if (!other) return std::nullopt;
  if (!place.cluster) place.cluster = other;
  return place.cluster;
}

// The latest of each caller; of too many the oldest goes, and what no window reaches any more.
void note(PlaceOrders& place, const LatestOrder& order, const RepeatPolicy& policy) {
  const Duration reach(std::max(policy.repeat_window, policy.cluster_window));
  std::erase_if(place.callers, [&](const LatestOrder& each) { return each.at + reach < order.at; });
  auto known = std::ranges::find(place.callers, order.caller, &LatestOrder::caller);
  if (known != place.callers.end()) {
    if (known->at <= order.at) *known = order;
    return;
  }
  if (place.callers.size() == kCallersMax) {
    place.callers.erase(std::ranges::min_element(place.callers, {}, &LatestOrder::at));
  }
  place.callers.push_back(order);
}

}  // namespace

Result<RouteLinks> RepeatLinks::link(uint64_t order_id, const RoutedIntake& intake, Timestamp at,
                                     const RepeatPolicy& policy, const Table<RouterOrder>& orders,
                                     Transaction& store) const {
  RouteLinks links;
  const auto caller = number_of(intake.caller, hashes_of(intake).caller_phone);
  const Places places = places_of(intake);
  if (!policy.link || !caller || !places.address || intake.facts.category.empty()) return links;
  const LatestOrder order{*caller, order_id, at};

  const auto row_of = [&](uint64_t place) -> Result<PlaceOrders*> {
    const std::string key = make_key(mixed(place, intake.facts.category));
    auto known = places_.edit(store, key);
    if (!known.ok() || *known != nullptr) return known;
    return &places_.add(store, key, {});
  };
  const auto number = [&](std::optional<uint64_t> id) -> Result<std::optional<std::string>> {
    if (!id) return std::optional<std::string>();
    auto row = orders.get(store, make_key(*id));
    if (!row.ok()) return row.error();
    // Another round of the same order is no repeat.
    if (!*row || (*row)->order_no == intake.facts.order_no) return std::optional<std::string>();
    return std::optional<std::string>((*row)->order_no);
  };

  auto address = row_of(*places.address);
  if (!address.ok()) return address.error();
  const auto repeat = nearest(**address, *caller, true, at, policy.repeat_window);
  std::optional<uint64_t> cluster;
  if (places.point == places.address) {
    cluster = join_cluster(**address, *caller, at, policy.cluster_window);
  }
  note(**address, order, policy);
  if (places.point != places.address) {
    auto point = row_of(*places.point);
    if (!point.ok()) return point.error();
    cluster = join_cluster(**point, *caller, at, policy.cluster_window);
    note(**point, order, policy);
  }
  auto repeat_of = number(repeat);
  if (!repeat_of.ok()) return repeat_of.error();
  auto cluster_of = number(cluster);
  if (!cluster_of.ok()) return cluster_of.error();
  return RouteLinks{std::move(*repeat_of), std::move(*cluster_of)};
}

}  // namespace jieban
