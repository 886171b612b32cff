// MailBox: a mail server of the host's packages, and the mails that it took on.
// Thread rule: one thread.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "common/base/file.h"
#include "tests/support/gateways/real_server.h"

namespace jieban {

// The files of a directory by name, whole.
inline std::vector<std::string> files_below(const std::string& directory) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  constexpr size_t kMost = size_t{1} << 20;
  for (const auto& path : paths) texts.push_back(*read_file(path, kMost));
  return texts;
}

class MailBox {
 public:
  // Options as mail_server.py has them.
  MailBox(const std::string& directory, const std::vector<std::string>& options)
      : directory_(directory + "/mails"), server_("mail_server.py", words(options)) {}

  std::string url(const std::string& scheme = "smtp", const std::string& host = "127.0.0.1") const {
    return scheme + "://" + host + ":" + std::to_string(server_.port());
  }
  // Envelope on the first line: sender, recipients, "tls" or "plain", "login" or "nobody".
  std::vector<std::string> mails() const { return files_below(directory_); }

 private:
  std::vector<std::string> words(const std::vector<std::string>& options) const {
    std::filesystem::create_directories(directory_);
    std::vector<std::string> all = {directory_};
    all.insert(all.end(), options.begin(), options.end());
    return all;
  }

  std::string directory_;
  RealServer server_;
};

}  // namespace jieban
