// Structs with every field filled by chance, through the same table that the codec walks; and the
// number of members that a struct really has, to prove that its table forgets none.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "common/base/clock.h"
#include "common/base/random.h"
#include "common/domain/fields.h"
#include "common/domain/lifecycle.h"

namespace jieban {

enum class Optionals { present, absent, mixed };

struct Filler {
  Random& random;
  Optionals optionals = Optionals::present;

  bool with_optional() {
    if (optionals != Optionals::mixed) return optionals == Optionals::present;
    return random.below(2) == 0;
  }

  void fill(bool& out) { out = random.below(2) == 0; }
  void fill(uint64_t& out) { out = random.next() >> random.below(64); }
  void fill(int64_t& out) { out = int64_t(random.next()) >> random.below(64); }
  void fill(Timestamp& out) {
    int64_t micros = 0;
    fill(micros);
    out = from_micros(micros);
  }
  void fill(Bytes& out) {
    out.data.clear();
    for (uint64_t n = random.below(40); n > 0; --n) out.data += char(random.below(256));
  }
  void fill(std::string& out) {
    static constexpr const char* kPieces[] = {"a", "7", " ", "\"", "\n", "é", "街道", "办", "😀"};
    out.clear();
    for (uint64_t n = random.below(40); n > 0; --n) out += kPieces[random.below(9)];
  }
  void fill(OrderState& out) { out = all_order_states()[random.below(all_order_states().size())]; }
  template <class T>
  void fill(std::vector<T>& out) {
    out.resize(random.below(4));
    for (T& item : out) fill(item);
  }
  template <class T>
  void fill(std::map<std::string, T>& out) {
    out.clear();
    for (uint64_t n = random.below(4); n > 0; --n) {
      std::string key;
      fill(key);
      fill(out[key]);
    }
  }
  template <HasFields T>
  void fill(T& out) {
    auto visit = [&]<class M>(const char*, M T::*member) { fill_member(out.*member); };
    T::fields(visit);
  }

 private:
  template <class T>
  void fill_member(T& member) {
    fill(member);
  }
  template <class T>
  void fill_member(std::optional<T>& member) {
    member.reset();
    if (with_optional()) fill(member.emplace());
  }
};

template <class T>
T filled(Random& random, Optionals optionals = Optionals::present) {
  T out;
  Filler{random, optionals}.fill(out);
  return out;
}

template <class T>
size_t table_size() {
  size_t count = 0;
  auto visit = [&](const char*, auto) { ++count; };
  T::fields(visit);
  return count;
}

struct AnyMember {
  template <class T>
  operator T() const;  // NOLINT(*-explicit-*); never defined, only counted with
};

// How many members the aggregate T has.
template <class T, class... Members>
consteval size_t member_count() {
  if constexpr (requires { T{Members{}..., AnyMember{}}; }) {
    return member_count<T, Members..., AnyMember>();
  } else {
    return sizeof...(Members);
  }
}

}  // namespace jieban
