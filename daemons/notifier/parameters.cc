#include "daemons/notifier/notifier.h"

namespace jieban {

std::vector<Parameter> notifier_parameters() {
  return {
      {.name = "rules.notices",
       .kind = ParameterKind::text,
       .default_text = "/etc/jieban/notices.yaml",
       .minimum = "1",
       .meaning = "who is told what, on which channel, in which words"},
      {.name = "spool.directory",
       .kind = ParameterKind::text,
       .default_text = "/var/lib/jieban/notifier/spool",
       .minimum = "1",
       .meaning = "where relative directories of spool channels lie"},
      {.name = "webhook.connect_timeout",
       .kind = ParameterKind::duration,
       .default_text = "2s",
       .minimum = "100ms",
       .maximum = "10s",
       .meaning = "how long a gateway may take to accept a connection"},
      {.name = "webhook.reply_timeout",
       .kind = ParameterKind::duration,
       .default_text = "5s",
       .minimum = "100ms",
       .maximum = "10s",
       .meaning = "how long a gateway may take to answer; then the outcome is unknown"},
  };
}

}  // namespace jieban
