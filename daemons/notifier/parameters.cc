#include "daemons/notifier/notifier.h"

namespace jieban {
namespace {

// The tables that the core is given as inputs.
std::vector<Parameter> rule_parameters() {
  return {
      {.name = "rules.calendar",
       .kind = ParameterKind::text,
       .default_text = "",
       .maximum = "200",
       .meaning = "the calendar of waits in working time; the official years lie beside it; empty: "
                  "they are natural time"},
      {.name = "rules.notices",
       .kind = ParameterKind::text,
       .default_text = "/etc/jieban/notices.yaml",
       .minimum = "1",
       .meaning = "who is told what, on which channel, in which words"},
      {.name = "rules.escalation",
       .kind = ParameterKind::text,
       .default_text = "/etc/jieban/escalation.yaml",
       .minimum = "1",
       .meaning = "who is called for what, when, and who next; how often at most"},
      {.name = "rules.rota",
       .kind = ParameterKind::text,
       .default_text = "/etc/jieban/rota.yaml",
       .minimum = "1",
       .meaning = "who is on duty when"},
  };
}

}  // namespace

std::vector<Parameter> notifier_parameters() {
  std::vector<Parameter> parameters = {
      {.name = "api.address",
       .kind = ParameterKind::text,
       .default_text = "127.0.0.1:9114",
       .meaning = "where alerts, receipts, replies and acknowledgements come in over HTTP"},
      {.name = "api.beyond_loopback",
       .kind = ParameterKind::boolean,
       .default_text = "false",
       .meaning = "allow an address that other machines reach; only behind a proxy with TLS"},
      {.name = "contacts.file",
       .kind = ParameterKind::text,
       .default_text = "/etc/jieban/contacts.yaml",
       .minimum = "1",
       .meaning = "addresses of persons, units and groups; mode 0640, read again when it changes"},
      {.name = "kannel.secret_file",
       .kind = ParameterKind::text,
       .default_text = "",
       .meaning =
           "file with the key that Kannel sends as ?key=; empty: nothing of Kannel's is taken"},
      {.name = "links.base",
       .kind = ParameterKind::text,
       .default_text = "",
       .maximum = "200",
       .meaning =
           "address of the door as phones reach it, for links that acknowledge; empty: none"},
      {.name = "links.valid_for",
       .kind = ParameterKind::duration,
       .default_text = "24h",
       .minimum = "5m",
       .maximum = "30d",
       .meaning = "how long such a link can be used"},
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
  for (Parameter& each : rule_parameters()) parameters.push_back(std::move(each));
  return parameters;
}

}  // namespace jieban
