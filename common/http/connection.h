// One accepted connection: buffered reading and writing that cannot be held up for ever.
//
// Promises: a request must arrive within its deadline, however slowly its bytes drip; no more bytes
// are read than allowed; output is collected and sent in few packets.
// What fails and how: read and write return -1 (0 at the end of input), flush false; the
// connection is then of no more use. Never raises SIGPIPE.
// Thread rule: one thread at a time; stop_reading may be called from another one.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "common/base/clock.h"
#include "common/base/file.h"

namespace jieban {

class Connection {
 public:
  Connection(FileDescriptor socket, Duration write_timeout);

  // A new request: at most `bytes_max` bytes of it until allow() is called; all within `timeout`,
  // and no pause longer than `pause_max`.
  void begin_request(size_t bytes_max, Duration timeout, Duration pause_max);
  void allow(size_t bytes) { budget_ = bytes; }

  ssize_t read(char* target, size_t size);
  ssize_t write(const char* source, size_t size);
  bool flush();

  // Bytes of the next request have been read along with this one.
  bool has_input() const { return next_ < input_.size(); }
  // Waits for input; false when there is none within `span`.
  bool wait_for_input(Duration span) const;
  // Tells the peer that we are done, and swallows for a short while what it still sends: closing
  // over unread input would make the kernel discard the answer.
  void linger();
  void stop_reading() const;
  int descriptor() const { return socket_.get(); }

  size_t request_count = 0;
  bool watched = false;  // known to the pool's epoll
  Duration idle_deadline{};

 private:
  bool fill();
  ssize_t receive(char* target, size_t size) const;
  ssize_t receive_into(char* target, size_t size);

  FileDescriptor socket_;
  Duration write_timeout_;
  Duration deadline_{};
  Duration pause_max_{};
  size_t budget_ = 0;
  std::string input_;
  size_t next_ = 0;
  std::string output_;
};

}  // namespace jieban
