#include "tests/crash/apart.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "common/base/check.h"

namespace jieban::crash {

std::string judge_apart(const Judge& judge, const std::string& store, uint64_t acknowledged) {
  std::array<int, 2> answer{};
  CHECK(::pipe(answer.data()) == 0);
  pid_t child = ::fork();
  CHECK(child >= 0);
  if (child == 0) {
    std::string wrong = judge(store, acknowledged).substr(0, 500);
    bool told = ::write(answer[1], wrong.data(), wrong.size()) == ssize_t(wrong.size());
    ::_exit(told ? 0 : 1);
  }
  ::close(answer[1]);
  std::array<char, 512> buffer{};
  ssize_t size = ::read(answer[0], buffer.data(), buffer.size());
  ::close(answer[0]);
  int status = 0;
  CHECK(::waitpid(child, &status, 0) == child);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return "crashes whoever opens it";
  return std::string(buffer.data(), size_t(std::max<ssize_t>(size, 0)));
}

}  // namespace jieban::crash
