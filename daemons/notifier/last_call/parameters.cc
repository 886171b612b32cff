#include "daemons/notifier/last_call/parameters.h"

namespace jieban {
namespace {

// The notifier's own files.
std::vector<Parameter> shared_parameters() {
  return {
      {.name = "rules.notices",
       .kind = ParameterKind::text,
       .default_text = "/etc/jieban/notices.yaml",
       .minimum = "1",
       .meaning = "the channels"},
      {.name = "rules.rota",
       .kind = ParameterKind::text,
       .default_text = "/etc/jieban/rota.yaml",
       .minimum = "1",
       .meaning = "who has the role"},
      {.name = "contacts.file",
       .kind = ParameterKind::text,
       .default_text = "/etc/jieban/contacts.yaml",
       .minimum = "1",
       .meaning = "addresses of persons"},
      {.name = "spool.directory",
       .kind = ParameterKind::text,
       .default_text = "/var/lib/jieban/notifier/spool",
       .minimum = "1",
       .meaning = "where relative directories of spool channels lie"},
  };
}

}  // namespace

std::vector<Parameter> last_call_parameters() {
  std::vector<Parameter> parameters = {
      {.name = "watch.url",
       .kind = ParameterKind::text,
       .default_text = "http://127.0.0.1:9104/healthz",
       .minimum = "1",
       .meaning = "where the notifier says whether it can work (its ops.address)"},
      {.name = "watch.after",
       .kind = ParameterKind::duration,
       .default_text = "3m",
       .minimum = "0s",
       .maximum = "1h",
       .meaning = "so long without an answer or with an ailment, and somebody is called"},
      {.name = "watch.repeat",
       .kind = ParameterKind::duration,
       .default_text = "30m",
       .minimum = "1m",
       .maximum = "1d",
       .meaning = "how often they are called again; who was not reached, with each look"},
      {.name = "watch.state",
       .kind = ParameterKind::text,
       .default_text = "/run/jieban-last-call/outage.json",
       .minimum = "1",
       .meaning = "what is remembered from one look to the next"},
      {.name = "watch.copies",
       .kind = ParameterKind::text,
       .default_text = "/var/lib/jieban/notifier/last-good",
       .minimum = "1",
       .meaning = "where copies of notices, rota and contacts lie, for when one goes wrong"},
      {.name = "call.role",
       .kind = ParameterKind::text,
       .default_text = "team_leader",
       .meaning = "everybody who has it by the rota is called, on duty or not; empty: nobody"},
      {.name = "call.persons",
       .kind = ParameterKind::list,
       .default_text = "",
       .maximum = "20",
       .meaning = "others who are called, by their ids in contacts.yaml"},
      {.name = "call.methods",
       .kind = ParameterKind::list,
       .default_text = "sms,robot",
       .minimum = "1",
       .maximum = "5",
       .meaning = "by which means, the first that takes it"},
      {.name = "call.down",
       .kind = ParameterKind::text,
       .default_text =
           "【接办停机】通知进程自{since}起无应答，短信和群消息都已停发，请立即检查服务器。",
       .minimum = "1",
       .maximum = "300",
       .meaning = "what they are told when nothing answers; {since}: when it was first missed"},
      {.name = "call.unable",
       .kind = ParameterKind::text,
       .default_text = "【接办停机】通知进程自{since}起不能工作（{why}），"
                       "短信和群消息都已停发，请立即检查服务器。",
       .minimum = "1",
       .maximum = "300",
       .meaning = "what they are told when it answers that it can't work; {why} is its ailment"},
      {.name = "call.over",
       .kind = ParameterKind::text,
       .default_text = "【接办恢复】通知进程已恢复工作（{since}起中断），积压的通知正在补发。",
       .minimum = "1",
       .maximum = "300",
       .meaning = "what they are told when it works again"},
  };
  for (Parameter& each : shared_parameters()) parameters.push_back(std::move(each));
  return parameters;
}

}  // namespace jieban
