// Submission: an order as handed in, cleaned and typed (the import fields of DOMAIN §6.1).
//
// Absent is empty: an empty string or list, no value. Words of closed sets are the house's
// identifiers ("complaint", "solved"); a word that was not understood is kept as it came in `extra`
// under the field's name. The table of fields says for each what it is called, where it stands,
// whether it is personal, so that sealing, hashing and printing walk one list. Plain values.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "common/base/clock.h"

namespace jieban {

struct Submission {
  size_t row_no = 0;  // where it stood in its file, or its place in a push from 1

  std::string order_no;
  std::string parent_no;
  std::string order_type;
  std::string title;
  std::string content;
  std::string source_channel;
  std::string accept_mode;
  std::string caller_name;
  std::string caller_kind;
  std::string caller_gender;
  std::string caller_phone;
  std::string contact_phone;
  std::optional<bool> confidential;
  std::string enterprise_name;
  std::string cat1, cat2, cat3, cat4, cat5;
  std::string cat_path;
  std::vector<std::string> tags;
  std::string district;
  std::string street;
  std::string community;
  std::string point;
  std::string address;
  std::optional<double> lon;
  std::optional<double> lat;
  std::string urgency;
  std::string secrecy;
  std::optional<Timestamp> called_at;
  std::optional<Timestamp> created_at_city;
  std::optional<Timestamp> dispatched_at;
  std::optional<Timestamp> due_at;
  std::string lead_unit;
  std::string unit_short;
  std::string order_nature;
  std::string status_text;
  std::string reply;
  std::string result;
  std::optional<Timestamp> completed_at;
  std::optional<bool> on_time_sign;
  std::optional<bool> feedback_on_time;
  std::optional<bool> true_claim;
  std::optional<bool> beyond_duty;
  std::optional<bool> visit_valid;
  std::optional<bool> visit_contacted;
  std::string visit_solved;
  std::string visit_satisfied;
  std::optional<Timestamp> visit_at;
  std::string solve_round;
  std::optional<bool> in_assessment;
  std::optional<bool> unreasonable;
  std::string unreasonable_result;
  std::optional<bool> appealed;
  std::string appeal_result;

  std::map<std::string, std::string> extra;

  bool operator==(const Submission&) const = default;
};

// How the text of a field is read and cleaned (normalise.cc).
enum class Shape {
  order_no,  // an opaque number, DOMAIN §6.4
  code,      // half-width: phones, accounts
  line,      // one line of text
  text,      // running text
  path,      // "一级>二级", whatever arrow the source draws
  word,      // one of a closed set (words.h)
  other,     // told by the member's type: time, flag, coordinate, list
};

enum class Privacy { open, personal };

using Member = std::variant<std::string Submission::*, std::vector<std::string> Submission::*,
                            std::optional<bool> Submission::*, std::optional<double> Submission::*,
                            std::optional<Timestamp> Submission::*>;

struct Field {
  std::string_view name;
  Member member;
  Shape shape = Shape::other;
  Privacy privacy = Privacy::open;
  bool mandatory = false;
  size_t length_max = 0;  // characters; of one item for a list
};

// In the order of DOMAIN §6.1. All of `extra` is personal and stands beside this table.
std::span<const Field> submission_fields();
// nullptr when there is no such field.
const Field* find_field(std::string_view name);

// The value as text, the same on every machine: times as format_local, lists joined by "，".
// Empty when absent.
std::string field_text(const Submission& order, const Field& field);
// The same without a copy: it lasts as long as the order and `scratch`, which may hold it.
std::string_view field_view(const Submission& order, const Field& field, std::string& scratch);
// By name; "extra" is all of it as lines, "extra.列名" one column.
std::string canonical_field(const Submission& order, std::string_view name);
// One line "name=value" for each value that is there, line breaks and backslashes escaped: equal
// exactly when the orders are. Personal: to be hashed with a key, never stored or logged.
std::string canonical_text(const Submission& order);
// How it is made, for who walks the fields anyway: a line for each of them in the order of the
// table, then those of `extra`.
void append_canonical_line(std::string& out, std::string_view name, std::string_view value);
void append_canonical_extra(std::string& out, const Submission& order);

}  // namespace jieban
