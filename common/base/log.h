// Logging: one logfmt line a fact, on stderr for journald, with the priority prefix "<n>".
//
// Never personal data: no names, phones, addresses, free text; order numbers and counts only.
// Values are quoted when they need it, control characters escaped, long values cut.
// Thread rule: any thread. The sink is set once, before threads start.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace jieban {

enum class LogLevel { error = 3, warning = 4, notice = 5, info = 6, debug = 7 };

struct LogField {
  LogField(std::string_view field_name, std::string_view text) : name(field_name), value(text) {}
  LogField(std::string_view field_name, const char* text) : name(field_name), value(text) {}
  template <class Number>
  requires std::is_arithmetic_v<Number> LogField(std::string_view field_name, Number number)
      : name(field_name), value(std::to_string(number)) {}

  std::string_view name;
  std::string value;
};

using LogSink = std::function<void(LogLevel, const std::string& line)>;

// None: the one of the start, which writes to stderr.
void set_log_sink(LogSink sink);
void set_log_level(LogLevel least);

// `event` is a fixed snake_case word, so that it can be searched for.
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

// The line without its priority: `level=info event=ready head=42`.
std::string format_log_line(LogLevel level, std::string_view event,
                            std::initializer_list<LogField> fields);

}  // namespace jieban
