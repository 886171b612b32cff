// What is logged while it lives; afterwards lines go to stderr again.
#pragma once

#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

#include "common/base/log.h"

namespace jieban {

class LogLines {
 public:
  LogLines() {
    set_log_sink([this](LogLevel, const std::string& line) {
      std::lock_guard<std::mutex> guard(mutex_);
      lines_.push_back(line);
    });
  }
  LogLines(const LogLines&) = delete;
  LogLines& operator=(const LogLines&) = delete;
  ~LogLines() { set_log_sink(nullptr); }

  // Lines that hold `text`.
  size_t count(const std::string& text) const {
    std::lock_guard<std::mutex> guard(mutex_);
    return size_t(std::ranges::count_if(
        lines_, [&](const std::string& line) { return line.find(text) != std::string::npos; }));
  }

  // All of them, for who has to see why.
  std::string text() const {
    std::lock_guard<std::mutex> guard(mutex_);
    std::string text;
    for (const std::string& line : lines_) text += line + "\n";
    return text;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

}  // namespace jieban
