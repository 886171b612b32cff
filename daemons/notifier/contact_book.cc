#include "daemons/notifier/contact_book.h"

#include <sys/stat.h>

#include "common/base/log.h"
#include "daemons/notifier/contacts_file.h"

namespace jieban {

Result<std::unique_ptr<ContactBook>> ContactBook::open(const std::string& path) {
  std::unique_ptr<ContactBook> book(new ContactBook(path));
  RETURN_IF_ERROR(book->reload());
  return book;
}

ContactBook::Mark ContactBook::mark_of(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) != 0) return {};
  constexpr int64_t kNanos = 1'000'000'000;
  return {about.st_dev, about.st_ino, about.st_size,
          about.st_mtim.tv_sec * kNanos + about.st_mtim.tv_nsec,
          about.st_ctim.tv_sec * kNanos + about.st_ctim.tv_nsec};
}

// The mark is of before the reading: what is written meanwhile is read at the next question.
Result<void> ContactBook::read(const Mark& mark) {
  mark_ = mark;
  auto contacts = load_contacts(path_);
  if (!contacts.ok()) return contacts.error();
  contacts_ = std::make_shared<const Contacts>(std::move(*contacts));
  return {};
}

Result<void> ContactBook::reload() {
  std::lock_guard<std::mutex> guard(mutex_);
  return read(mark_of(path_));
}

std::shared_ptr<const Contacts> ContactBook::current() {
  std::lock_guard<std::mutex> guard(mutex_);
  const Mark mark = mark_of(path_);
  if (mark == mark_) return contacts_;
  auto outcome = read(mark);
  if (!outcome.ok()) {
    log(LogLevel::error, "contacts_not_read", {{"why", outcome.error().message}});
  }
  return contacts_;
}

std::optional<std::string> ContactBook::address_of(std::string_view id, std::string_view method) {
  return current()->address_of(id, method);
}

std::optional<std::string> ContactBook::person_of(std::string_view phone) {
  return current()->person_of(phone);
}

}  // namespace jieban
