#include "tools/player/summary.h"

#include "common/domain/topics.h"
#include "tools/site/text_table.h"

namespace jieban {
namespace {

constexpr std::array<std::string_view, 4> kOutcomes = {"new", "updated", "unchanged", "rejected"};
constexpr size_t kIncompleteShown = 20;

std::string intake_text(const Accounts& accounts) {
  std::string text = "in            " + std::to_string(accounts.orders().size()) + " orders:";
  for (std::string_view outcome : kOutcomes) {
    text += "  " + std::string(outcome) + " " + std::to_string(accounts.count(outcome));
  }
  text += "\n";
  for (const auto& [reason, count] : accounts.reject_reasons()) {
    text += "  rejected    " + std::to_string(count) + " × " + printable(reason) + "\n";
  }
  return text;
}

std::string classes_text(const Board& board) {
  std::string text = "by class     ";
  for (const auto& [name, count] : board.by_class()) {
    text += " " + (name.empty() ? "?" : name) + " " + std::to_string(count) + " ";
  }
  return text + "\n";
}

std::string states_text(const Board& board) {
  std::string text = "by state     ";
  for (const auto& [state, count] : board.by_state()) {
    text += " " + std::string(to_chinese(state)) + " " + std::to_string(count) + " ";
  }
  return text + "\n";
}

std::string alerts_text(const Summary& summary) {
  const Board& board = *summary.board;
  return "deadlines     warned " + std::to_string(board.count(topics::kDeadlineWarned)) +
         "  breached " + std::to_string(board.count(topics::kDeadlineBreached)) +
         "\nnotices       sent " + std::to_string(board.count(topics::kNoticeSent)) +
         "  abandoned " + std::to_string(board.count(topics::kNoticeAbandoned)) +
         "\ncommands      refused " + std::to_string(summary.commands_refused) + "\n";
}

std::string archive_text(const ArchiveVerdict& archive) {
  return "archive       " + std::to_string(archive.events) + " events, hash chain " +
         (archive.whole ? "whole" : "NOT WHOLE: " + archive.remark) + "\n";
}

std::string incomplete_text(const Summary& summary) {
  if (summary.incomplete.empty()) {
    return "accounted     every order is in the archive, from received to completed\n";
  }
  std::string text = "INCOMPLETE    " + std::to_string(summary.incomplete.size()) + " orders\n";
  for (size_t i = 0; i < summary.incomplete.size() && i < kIncompleteShown; ++i) {
    const IncompleteOrder& order = summary.incomplete[i];
    text += "  " + printable(order.order_no) + "  lacks " + order.missing + "\n";
  }
  if (summary.incomplete.size() > kIncompleteShown) text += "  ... (--json names all)\n";
  return text;
}

Value counts_value(const std::map<std::string, int64_t>& counts) {
  Value value = Value::Object{};
  for (const auto& [name, count] : counts) value.set(name, count);
  return value;
}

Value intake_value(const Accounts& accounts) {
  Value value;
  value.set("orders", int64_t(accounts.orders().size()));
  for (std::string_view outcome : kOutcomes) {
    value.set(std::string(outcome), accounts.count(outcome));
  }
  value.set("reject_reasons", counts_value(accounts.reject_reasons()));
  return value;
}

}  // namespace

std::string summary_text(const Summary& summary) {
  std::string text = "\n" + intake_text(*summary.accounts) + classes_text(*summary.board) +
                     states_text(*summary.board) + alerts_text(summary) +
                     archive_text(summary.archive) + incomplete_text(summary);
  for (const std::string& remark : summary.remarks) text += "remark        " + remark + "\n";
  text += "took          " + std::to_string(int(summary.real_seconds)) + " s\n";
  return summary.report.empty() ? text : text + "\n" + summary.report + "\n";
}

Value summary_value(const Summary& summary) {
  const Board& board = *summary.board;
  Value states = Value::Object{};
  for (const auto& [state, count] : board.by_state()) {
    states.set(std::string(to_string(state)), count);
  }
  Value incomplete = Value::Array{};
  for (const IncompleteOrder& order : summary.incomplete) {
    Value told;
    told.set("order_no", order.order_no).set("missing", order.missing);
    incomplete.push(std::move(told));
  }
  Value remarks = Value::Array{};
  for (const std::string& remark : summary.remarks) remarks.push(remark);
  Value archive;
  archive.set("events", summary.archive.events).set("chain_whole", summary.archive.whole);
  Value value;
  value.set("good", summary.good()).set("intake", intake_value(*summary.accounts));
  value.set("by_class", counts_value(board.by_class())).set("by_state", std::move(states));
  value.set("warned", board.count(topics::kDeadlineWarned));
  value.set("breached", board.count(topics::kDeadlineBreached));
  value.set("notices_sent", board.count(topics::kNoticeSent));
  value.set("commands_refused", int64_t(summary.commands_refused));
  value.set("archive", std::move(archive)).set("incomplete", std::move(incomplete));
  value.set("remarks", std::move(remarks)).set("real_seconds", summary.real_seconds);
  value.set("report", summary.report);
  return value;
}

}  // namespace jieban
