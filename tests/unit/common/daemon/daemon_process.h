// A daemon in a process of its own, with a configuration of its own, for the tests of run_daemon().
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "common/base/file.h"
#include "common/daemon/daemon.h"
#include "tests/unit/common/daemon/daemon_fixture.h"

namespace jieban {

// Hands in one input when it starts; every signal that it sends itself has its answer on stderr.
class TestEdge : public Edge {
 public:
  explicit TestEdge(int number) : number_(number) {}
  Result<void> start(const EdgeContext& context) override {
    auto done = [](const GroupAnswer& answer) {
      bool ok = !answer.error && answer.answers.at(0).ok();
      std::fprintf(stderr, "answer: %s\n", ok ? answer.answers[0].value().c_str() : "none");
    };
    RETURN_IF_ERROR(context.inbox.submit({{input("add", 1)}, false, done}));
    thread_ = std::thread([] {});
    ::kill(::getpid(), number_);
    return {};
  }
  Result<Take> read_again() override {
    std::fprintf(stderr, "rules read again\n");
    ::kill(::getpid(), SIGTERM);
    return Take();
  }
  // A thread that is not joined ends the process with SIGABRT.
  void stop() override {
    std::fprintf(stderr, "edge stopped\n");
    thread_.join();
  }

 private:
  int number_;
  std::thread thread_;
};

class DaemonTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(make_directories(dir_.path("keys")).ok());
    ASSERT_TRUE(write_file(dir_.path("keys/admin.token"), std::string(32, 't')).ok());
    configure("127.0.0.1:0");
    declaration_.name = "router";
    declaration_.parameters = {{"router.greeting", ParameterKind::text, "hello"}};
    declaration_.service = [](const Settings&) { return std::make_unique<CounterService>(); };
    edges(SIGTERM);
  }
  void edges(int number) {
    declaration_.edges = [number](Service&) {
      std::vector<std::unique_ptr<Edge>> all;
      all.push_back(std::make_unique<TestEdge>(number));
      return all;
    };
  }
  void configure(const std::string& ops, const std::string& more = "") {
    write("street:\n  code: demo\nstate:\n  directory: " + dir_.path("store") +
          "\nbus:\n  directory: " + dir_.path("bus") +
          "\nkeys:\n  directory: " + dir_.path("keys") + "\nops:\n  address: \"" + ops + "\"\n" +
          "store:\n  map_size: 8MiB\n  disk_free_min: 1MiB\n" + more);
  }
  void write(const std::string& text) {
    ASSERT_TRUE(write_file(dir_.path("router.yaml"), text).ok());
  }
  int run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "jieban-router");
    std::vector<char*> argv;
    for (std::string& one : arguments) argv.push_back(one.data());
    return run_daemon(declaration_, int(argv.size()), argv.data());
  }
  int start() const { return run({"--config", dir_.path("router.yaml")}); }
  int check() const { return run({"--config", dir_.path("router.yaml"), "--check-config"}); }

  // Runs with what is printed kept in `out_` and `err_`.
  int quietly(const std::function<int()>& call) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    int code = call();
    std::fflush(stdout);
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return code;
  }

  // In a process of its own, to its end; what it says is kept in `err_`.
  void run_apart() {
    const std::string file = dir_.path("said");
    EXPECT_EXIT(
        {
          const int said = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
          ::dup2(said, STDERR_FILENO);
          std::_Exit(start());
        },
        testing::ExitedWithCode(0), "");
    auto text = read_file(file, 1U << 20U);
    err_ = text.ok() ? *text : "";
  }
  bool said(const std::string& words) const { return err_.find(words) != std::string::npos; }

  TempDir dir_{"/dev/shm"};
  DaemonDeclaration declaration_;
  std::string out_;
  std::string err_;
};

using DaemonDeathTest = DaemonTest;

}  // namespace jieban
