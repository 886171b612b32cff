"""An HTTPS server for one test: keeps each request's body in a file and answers with what it is told.

Arguments: certificate, key, directory for requests, answer. Says its port on the first line.
"""
import http.server
import pathlib
import ssl
import sys

certificate, key, directory, answer = sys.argv[1:5]
received = pathlib.Path(directory)


class Gateway(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        count = len(list(received.iterdir()))
        (received / f"{count:04}").write_bytes(self.path.encode() + b"\n" + body)
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer.encode())))
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
# Without the handshake in accept(), a caller that hangs up ends its own thread alone.
server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
server.handle_error = lambda *_: None
print(server.server_address[1], flush=True)
server.serve_forever()
