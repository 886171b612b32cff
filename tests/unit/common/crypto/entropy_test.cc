// No byte is handed out twice: not over the end of a block, to two threads, or to a forked child.
#include "common/crypto/entropy.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace jieban {
namespace {

constexpr size_t kSize = 16;

std::string take(size_t size = kSize) {
  std::string bytes(size, '\0');
  fill_random(reinterpret_cast<uint8_t*>(bytes.data()), size);
  return bytes;
}

TEST(Entropy, SizesThatDoNotDivideABlockCrossItsEnd) {
  std::set<std::string> seen;
  for (size_t i = 0; i < 4000; ++i) EXPECT_TRUE(seen.insert(take(kSize + i % 13)).second);
}

TEST(Entropy, EveryByteIsFilledAlsoOfALongRequest) {
  for (size_t size : {size_t{1}, size_t{2047}, size_t{2048}, size_t{2049}, size_t{100'000}}) {
    // A byte that nobody writes would be zero each time: 1 in 256 per draw otherwise.
    std::string bits(size, '\0');
    for (int draw = 0; draw < 16; ++draw) {
      const std::string bytes = take(size);
      for (size_t i = 0; i < size; ++i) bits[i] = char(bits[i] | bytes[i]);
    }
    EXPECT_EQ(bits.find('\0'), std::string::npos) << size;
  }
  fill_random(nullptr, 0);
}

TEST(Entropy, ThreadsNeverGetTheSameBytes) {
  std::vector<std::vector<std::string>> drawn(4);
  std::vector<std::thread> threads;
  for (auto& mine : drawn) {
    threads.emplace_back([&mine] {
      for (int i = 0; i < 1000; ++i) mine.push_back(take());
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> seen;
  for (const auto& mine : drawn) {
    for (const std::string& bytes : mine) EXPECT_TRUE(seen.insert(bytes).second);
  }
}

TEST(Entropy, AForkedChildDoesNotRepeatItsParent) {
  (void)take();  // a block is under way
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const std::string bytes = take();
    ::_exit(::write(ends[1], bytes.data(), bytes.size()) == ssize_t(kSize) ? 0 : 1);
  }
  const std::string ours = take();
  std::string theirs(kSize, '\0');
  EXPECT_EQ(::read(ends[0], theirs.data(), kSize), ssize_t(kSize));
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_NE(ours, theirs);
  ::close(ends[0]);
  ::close(ends[1]);
}

}  // namespace
}  // namespace jieban
