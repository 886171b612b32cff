"""A mail server (aiosmtpd) for one test: keeps each mail in a file, envelope first.

Arguments: directory for mails, then any of
  cert=FILE key=FILE   offers STARTTLS, and with tls=implicit speaks TLS from the first byte
  user=U password=P    wants this login (over TLS only, unless plain=yes)
  greet=CODE auth=CODE mail=CODE rcpt=CODE data=CODE  refuses that command (greet: whoever comes)
                       with the code, which may have an enhanced one behind it ("550 5.7.1")
  hang=data            takes the text and says nothing for a minute
Says its port on the first line.
"""
import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

received = pathlib.Path(sys.argv[1])
option = dict(argument.split("=", 1) for argument in sys.argv[2:])


def refusal(code):
    return f"{code} refused for 13800138000"


class Keeper:
    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if "mail" in option:
            return refusal(option["mail"])
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if "rcpt" in option:
            return refusal(option["rcpt"])
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if option.get("hang") == "data":
            await asyncio.sleep(60)
        if "data" in option:
            return refusal(option["data"])
        head = [envelope.mail_from, *envelope.rcpt_tos, "tls" if session.ssl else "plain",
                "login" if session.authenticated else "nobody"]
        count = len(list(received.iterdir()))
        (received / f"{count:04}").write_bytes(
            " ".join(head).encode() + b"\n" + envelope.original_content)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    if "auth" in option:
        return AuthResult(success=False, handled=False, message=refusal(option["auth"]))
    good = (data.login.decode(), data.password.decode()) == (option["user"], option["password"])
    return AuthResult(success=good, handled=False)


def context():
    if "cert" not in option:
        return None
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(option["cert"], option["key"])
    return made


class Server(SMTP):
    greeted = False

    async def push(self, status):
        if not self.greeted and "greet" in option:
            status = refusal(option["greet"])
        self.greeted = True
        await super().push(status)


def smtp():
    implicit = option.get("tls") == "implicit"
    login = "user" in option
    return Server(
        Keeper(), hostname="localhost", enable_SMTPUTF8=False,
        tls_context=None if implicit else context(),
        auth_required=login, authenticator=authenticate if login else None,
        auth_require_tls=not implicit and option.get("plain") != "yes")


async def serve():
    implicit = context() if option.get("tls") == "implicit" else None
    server = await asyncio.get_running_loop().create_server(smtp, "127.0.0.1", 0, ssl=implicit)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(serve())
