#include "common/base/log.h"

#include <atomic>
#include <cstdio>

namespace jieban {
namespace {

constexpr size_t kValueSizeMax = 512;

std::atomic<int> least_level{int(LogLevel::info)};

void write_to_stderr(LogLevel level, const std::string& line) {
  std::string out = "<" + std::to_string(int(level)) + ">" + line + "\n";
  std::fwrite(out.data(), 1, out.size(), stderr);
}

LogSink& sink() {
  static LogSink instance = write_to_stderr;
  return instance;
}

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::error:
      return "error";
    case LogLevel::warning:
      return "warning";
    case LogLevel::notice:
      return "notice";
    case LogLevel::info:
      return "info";
    case LogLevel::debug:
      return "debug";
  }
  return "error";
}

void append_value(std::string& line, std::string_view value) {
  bool plain = !value.empty() && value.find_first_of(" \"=\\\n\r\t") == std::string_view::npos;
  if (plain && value.size() <= kValueSizeMax) {
    line += value;
    return;
  }
  line += '"';
  for (char c : value.substr(0, kValueSizeMax)) {
    if (c == '"' || c == '\\') line += '\\';
    line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  line += value.size() > kValueSizeMax ? "...\"" : "\"";
}

}  // namespace

void set_log_sink(LogSink new_sink) {
  sink() = new_sink ? std::move(new_sink) : LogSink(write_to_stderr);
}
void set_log_level(LogLevel least) { least_level = int(least); }

std::string format_log_line(LogLevel level, std::string_view event,
                            std::initializer_list<LogField> fields) {
  std::string line = "level=";
  line += level_name(level);
  line += " event=";
  line += event;
  for (const LogField& field : fields) {
    line += ' ';
    line += field.name;
    line += '=';
    append_value(line, field.value);
  }
  return line;
}

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (int(level) > least_level) return;
  sink()(level, format_log_line(level, event, fields));
}

}  // namespace jieban
