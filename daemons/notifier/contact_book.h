// ContactBook: contacts.yaml as it is now, for edges.
//
// Promises: each question is answered by the file as it lies there: it is looked at each time, and
// read again when it has changed. A file that has become unreadable or wrong leaves the last good
// one in force and is logged once, without a word of its content: who is on duty is still called.
// What fails and how: open() as load_contacts(); reload() too, and the old contacts stay.
// Thread rule: any thread.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "daemons/notifier/contacts.h"

namespace jieban {

class ContactBook {
 public:
  static Result<std::unique_ptr<ContactBook>> open(const std::string& path);

  std::optional<std::string> address_of(std::string_view id, std::string_view method);
  std::optional<std::string> person_of(std::string_view phone);
  std::shared_ptr<const Contacts> current();
  Result<void> reload();

 private:
  // What shows that a file is another one, or was written again.
  struct Mark {
    uint64_t device = 0;
    uint64_t inode = 0;
    int64_t size = 0;
    int64_t modified_nanos = 0;
    int64_t changed_nanos = 0;  // of its mode, too
    bool operator==(const Mark&) const = default;
  };
  explicit ContactBook(std::string path) : path_(std::move(path)) {}
  static Mark mark_of(const std::string& path);
  Result<void> read(const Mark& mark);

  const std::string path_;
  std::mutex mutex_;
  Mark mark_;
  std::shared_ptr<const Contacts> contacts_;
};

}  // namespace jieban
