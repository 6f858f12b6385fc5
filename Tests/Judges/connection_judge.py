"""What a client may do with one connection, byte by byte: everything is answered once, in order, and the right way.

Arguments: the bot's URL, the signing secret. With --hold, connections are left open until the bot closes them; with --slow,
requests never become whole, however long they take."""

import argparse
import email.utils
import hashlib
import hmac
import itertools
import socket
import sys
import threading
import time
import urllib.parse

arguments = argparse.ArgumentParser()
arguments.add_argument("url")
arguments.add_argument("--secret", required=True)
arguments.add_argument("--hold", action="store_true")
arguments.add_argument("--slow", action="store_true")
arguments = arguments.parse_args()
address = urllib.parse.urlsplit(arguments.url)
triggers = itertools.count(1)


def command(text, *, head="POST /slack/commands HTTP/1.1", more=(), body=None, length=True):
    """A signed slash command as bytes."""
    if body is None:
        fields = {
            "team_id": "T0001", "channel_id": "C0OPS", "channel_name": "ops", "user_id": "U0AMY", "user_name": "amy",
            "command": "/cluster", "text": text, "api_app_id": "A0001", "trigger_id": f"7.8.{next(triggers)}",
        }
        body = urllib.parse.urlencode(fields).encode()
    now = str(int(time.time()))
    signature = hmac.new(arguments.secret.encode(), b"v0:" + now.encode() + b":" + body, hashlib.sha256).hexdigest()
    lines = [head, f"Host: {address.netloc}", f"X-Slack-Request-Timestamp: {now}", f"X-Slack-Signature: v0={signature}"]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, *more, "", ""]).encode(), body


class Connection:
    """A connection and what came back on it."""

    def __init__(self):
        self.socket = socket.create_connection((address.hostname, address.port), timeout=180)
        self.left = b""

    def send(self, *parts):
        self.socket.sendall(b"".join(parts))
        return self

    def more(self):
        got = self.socket.recv(65536)
        self.left += got
        return bool(got)

    def answer(self):
        """The next answer: status, headers, body."""
        while b"\r\n\r\n" not in self.left:
            assert self.more(), f"closed after {self.left!r}"
        head, self.left = self.left.split(b"\r\n\r\n", 1)
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): value.strip() for name, value in (line.split(":", 1) for line in lines)}
        length = int(headers["content-length"])
        while len(self.left) < length:
            assert self.more(), "closed within a body"
        body, self.left = self.left[:length], self.left[length:]
        when = email.utils.parsedate_to_datetime(headers["date"]).timestamp() if "date" in headers else None
        assert when is None or abs(when - time.time()) < 60, headers
        return int(first.split()[1]), headers, body.decode()

    def expect(self, status, words=""):
        got, headers, body = self.answer()
        assert got == status and words in body, (got, headers, body)
        return headers

    def expect_end(self):
        assert self.left == b"" and not self.more(), self.left


def everything_in_order():
    """Requests that do not wait for answers, some for the router, some for the engine's store, some for its reading."""
    connection = Connection()
    connection.send(
        *command("43 scale 1"), b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", *command("help"), *command("43 scale 2"),
        b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", *command("version"),
    )
    connection.expect(200, "+1 node on")
    connection.expect(200)
    connection.expect(200, "What you may do here")
    connection.expect(200, "+2 nodes on")
    connection.expect(404)
    connection.expect(200, "clusterbot")


def bodies():
    """Bodies in pieces, byte by byte, too large, cut off."""
    head, body = command("version", length=False, more=["Transfer-Encoding: chunked"])
    pieces = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:1], body[1:40], body[40:]))
    connection = Connection().send(head, pieces, b"0\r\n\r\n")
    connection.expect(200, "clusterbot")
    for byte in b"".join(command("version")):
        connection.send(bytes([byte]))
    connection.expect(200, "clusterbot")
    # Closed by the bot before it was read to its end, the answer could be lost to a reset.
    for size in (64 * 1024 + 1, 300 * 1024):
        connection = Connection().send(*command("", body=b"a" * size))
        assert connection.expect(413).get("connection") == "close"
        connection.expect_end()
    head, _ = command("", length=False, more=["Transfer-Encoding: chunked"])
    connection = Connection().send(head, *[b"4000\r\n%s\r\n" % (b"a" * 0x4000)] * 5)
    connection.expect(413)
    connection.expect_end()
    # Nobody reads 25 MiB to come to their end; nor of what is no webhook.
    for path, status in (("/slack/commands", 413), ("/slack/commands?x", 413), ("/nothing", 404), ("/healthz", 405)):
        connection = Connection().send(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 26214400\r\n\r\n".encode())
        connection.expect(status)
        sent, piece, end = 0, b"a" * 65536, time.monotonic() + 60
        connection.socket.settimeout(0.2)
        while time.monotonic() < end:
            try:
                sent += connection.socket.send(piece)
            except socket.timeout:
                pass
            except OSError:
                break
        assert sent < 16 * 1024 * 1024 and time.monotonic() < end, (path, sent)
    head, body = command("43 scale 4")
    Connection().send(head, body[:-1]).socket.close()


def endings():
    """Who closes when."""
    connection = Connection().send(*command("version", more=["Connection: close"]))
    assert connection.expect(200, "clusterbot").get("connection") == "close"
    connection.expect_end()
    connection = Connection().send(*command("version", head="POST /slack/commands HTTP/1.0"))
    connection.expect(200, "clusterbot")
    connection.expect_end()
    for text in ("version", "43 scale 3"):
        connection = Connection().send(*command(text))
        connection.socket.shutdown(socket.SHUT_WR)
        connection.expect(200)
        connection.expect_end()


def paths():
    """What is a webhook and what is not."""
    connection = Connection().send(*command("version", head="POST /slack//commands/?x=1 HTTP/1.1"))
    connection.expect(200, "clusterbot")
    connection.send(*command("version", head=f"POST http://{address.netloc}/slack/commands?x HTTP/1.1"))
    connection.expect(200, "clusterbot")
    for method in ("GET", "HEAD", "PUT", "OPTIONS"):
        connection.send(*command("43 scale 5", head=f"{method} /slack/commands HTTP/1.1"))
        assert connection.expect(405)["allow"] == "POST"
    connection.send(*command("43 scale 5", head="POST /slack HTTP/1.1")).expect(404)


def flood():
    """Thousands of requests at once that are answered without waiting for anything, behind one that is not."""
    waiting, unsigned = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"POST /slack/events HTTP/1.1\r\nHost: x\r\n\r\n"
    connection, count = Connection(), 4000
    for _ in range(2):
        sender = threading.Thread(target=connection.send, args=(waiting, unsigned * count))
        sender.start()
        connection.expect(404)
        for _ in range(count):
            connection.expect(401)
        sender.join()


def nonsense():
    """Bytes that are not HTTP."""
    head, body = command("43 scale 6", length=False, more=["Transfer-Encoding: chunked"])
    for sent in (b"nonsense\r\n\r\n", head + b"%x\r\n" % len(body) + body + b"\r\nzz\r\n\r\n"):
        connection = Connection().send(sent)
        connection.expect(400)
        connection.expect_end()
    connection = Connection().send(*command("version"), b"nonsense\r\n\r\n")
    connection.expect(200, "clusterbot")
    connection.expect(400)


def hold():
    """Connections that are open when the bot is told to stop: it ends them, also those whose request is not whole."""
    head, body = command("version")
    untouched, used, halfway = Connection(), Connection().send(head, body), Connection().send(head, body[:-1])
    head_only = Connection().send(head[:-1])
    used.expect(200)
    print("held", flush=True)
    for connection in (untouched, used, halfway, head_only):
        connection.expect_end()


def slow():
    """Heads and bodies that take longer than ten seconds, byte by byte or not at all."""
    head, body = command("43 scale 7")
    drips = {
        "a head that stops": (head[:20], b""), "a head that drips": (head[:20], head[20:]),
        "a body that stops": (head + body[:5], b""), "a body that drips": (head, body),
    }
    problems = []

    def wait(name, first, rest):
        begin, connection = time.monotonic(), Connection().send(first)
        connection.socket.settimeout(0.5)
        for byte in itertools.chain(rest, itertools.repeat(None)):
            try:
                if byte is not None:
                    connection.send(bytes([byte]))
                if not connection.more():
                    break
            except socket.timeout:
                if time.monotonic() - begin < 60:
                    continue
            except ConnectionError:
                pass
            break
        took = time.monotonic() - begin
        # Ten seconds, and some more where the machine has other things to do.
        if not 9 < took < 30:
            problems.append((name, took))

    threads = [threading.Thread(target=wait, args=(name, *parts)) for name, parts in drips.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems, problems


usual = [everything_in_order, bodies, endings, paths, flood, nonsense]
for check in [hold] if arguments.hold else [slow] if arguments.slow else usual:
    check()
    print(check.__name__, "ok")
sys.exit(0)
