#include "tests/support/gateways/real_server.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "common/base/check.h"
#include "common/base/file.h"

namespace jieban {
namespace {

pid_t start(std::vector<std::string> words, int output) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  CHECK(posix_spawn_file_actions_init(&actions) == 0);
  CHECK(posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) == 0);
  pid_t process = -1;
  CHECK(posix_spawn(&process, pointers[0], &actions, nullptr, pointers.data(), environ) == 0);
  posix_spawn_file_actions_destroy(&actions);
  return process;
}

void run(const std::vector<std::string>& words) {
  int status = 0;
  pid_t process = start(words, STDERR_FILENO);
  CHECK(::waitpid(process, &status, 0) == process);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace

RealServer::RealServer(const std::string& script, const std::vector<std::string>& arguments) {
  int ends[2] = {-1, -1};
  CHECK(::pipe2(ends, O_CLOEXEC) == 0);
  FileDescriptor from(ends[0]);
  FileDescriptor to(ends[1]);
  std::vector<std::string> words = {"/usr/bin/python3",
                                    JIEBAN_SOURCE_DIR "/tests/support/gateways/" + script};
  words.insert(words.end(), arguments.begin(), arguments.end());
  process_ = start(words, to.get());
  to = FileDescriptor();
  std::string line;
  char byte = 0;
  while (::read(from.get(), &byte, 1) == 1 && byte != '\n') line.push_back(byte);
  port_ = uint16_t(std::atoi(line.c_str()));
  CHECK(port_ != 0);
}

RealServer::~RealServer() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

void make_certificates(const std::string& directory, const std::string& name,
                       const std::string& server_names) {
  const std::string stem = directory + "/" + name;
  const std::string openssl = "/usr/bin/openssl";
  const std::vector<std::string> curve = {"-newkey", "ec",   "-pkeyopt", "ec_paramgen_curve:P-256",
                                          "-nodes",  "-subj"};
  std::vector<std::string> ca = {openssl, "req", "-x509", "-days", "2"};
  ca.insert(ca.end(), curve.begin(), curve.end());
  ca.insert(ca.end(), {"/CN=test " + name, "-keyout", stem + "-ca.key", "-out", stem + "-ca.pem"});
  run(ca);
  std::vector<std::string> request = {openssl, "req"};
  request.insert(request.end(), curve.begin(), curve.end());
  request.insert(request.end(), {"/CN=localhost", "-keyout", stem + ".key", "-out", stem + ".csr"});
  run(request);
  CHECK(write_file(stem + ".ext", "subjectAltName=" + server_names + "\n").ok());
  run({openssl, "x509", "-req", "-days", "2", "-in", stem + ".csr", "-CA", stem + "-ca.pem",
       "-CAkey", stem + "-ca.key", "-CAcreateserial", "-extfile", stem + ".ext", "-out",
       stem + ".pem"});
}

}  // namespace jieban
