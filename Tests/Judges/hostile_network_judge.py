"""Peers that are slow, idle, huge, half or many, and one that is honest: how long it waits for its answers meanwhile.

Arguments: the bot's URL, the signing secret, and for how many seconds. Prints JSON: times in milliseconds, what went wrong."""

import argparse
import hashlib
import hmac
import http.client
import itertools
import json
import os
import resource
import selectors
import socket
import time
import urllib.parse

arguments = argparse.ArgumentParser()
arguments.add_argument("url")
arguments.add_argument("--secret", required=True)
arguments.add_argument("--seconds", type=float, required=True)
arguments = arguments.parse_args()
address = urllib.parse.urlsplit(arguments.url)
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
end = float("inf")

HEAD = b"POST /slack/commands HTTP/1.1\r\nHost: x\r\n"
HALF_HEAD = HEAD + b"X-A: "
HALF_BODY = HEAD + b"Content-Length: 1000\r\n\r\ntext=42+scale"
HUGE = HEAD + b"Content-Length: 26214400\r\n\r\n" + b"a" * 100_000
# Whole requests whose answers nobody reads.
UNREAD = b"POST /slack/events HTTP/1.1\r\nHost: x\r\n\r\n" * 5
# What each kind sends when it comes, and what it adds from time to time.
KINDS = [(b"", b""), (HALF_HEAD, b""), (HALF_HEAD, b"a"), (HALF_BODY, b"b"), (HUGE, b"a" * 100_000), (UNREAD, b"")]
# Six hundred at once against fewer than a hundred places. Each comes again when it was sent away.
PEERS = 600
# Connections in a second, so that this machine has time for the honest one.
PACE = 120
# In milliseconds: an answer that takes longer without any of them comes from a machine with other things to do. They come more
# slowly there by as much, and stay longer, six times at most.
QUICK = 10


def hostile():
    """All of them on one thread."""
    selector, waiting, open_peers = selectors.DefaultSelector(), [KINDS[i % len(KINDS)] for i in range(PEERS)], set()
    next_drip = began = time.monotonic()
    made = 0
    while (now := time.monotonic()) < end:
        while waiting and made < (now - began) * PACE:
            kind = waiting.pop(0)
            peer = socket.socket()
            peer.setblocking(False)
            peer.connect_ex((address.hostname, address.port))
            selector.register(peer, selectors.EVENT_WRITE, kind)
            open_peers.add(peer)
            made += 1
        for key, event in selector.select(0.005):
            peer, kind = key.fileobj, key.data
            try:
                if event & selectors.EVENT_WRITE:
                    peer.send(kind[0])
                    selector.modify(peer, selectors.EVENT_READ, kind)
                elif kind[0] is UNREAD and peer.recv(1, socket.MSG_PEEK):
                    selector.unregister(peer)
                elif not peer.recv(65536):
                    raise ConnectionError
            except BlockingIOError:
                pass
            except OSError:
                selector.unregister(peer)
                open_peers.discard(peer)
                peer.close()
                waiting.append(kind)
        if now > next_drip:
            next_drip = now + 0.2
            for key in list(selector.get_map().values()):
                if key.events == selectors.EVENT_READ and key.data[1]:
                    try:
                        key.fileobj.send(key.data[1])
                    except OSError:
                        pass
    for peer in open_peers:
        peer.close()


triggers = itertools.count(1)


def command():
    """A signed command, with a connection of its own."""
    fields = {
        "team_id": "T0001", "channel_id": "C0OPS", "channel_name": "ops", "user_id": "U0CAROL", "user_name": "carol",
        "command": "/cluster", "text": "version", "api_app_id": "A0001", "trigger_id": f"5.6.{next(triggers)}",
    }
    body, now = urllib.parse.urlencode(fields).encode(), str(int(time.time()))
    code = hmac.new(arguments.secret.encode(), b"v0:" + now.encode() + b":" + body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded", "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": f"v0={code}",
    }
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
    connection.request("POST", "/slack/commands", body, headers)
    reply = connection.getresponse()
    text = reply.read()
    connection.close()
    assert reply.status == 200 and b"clusterbot" in text, (reply.status, text)


def honest(end):
    """Commands one after the other until then: their times and what went wrong."""
    times, errors = [], []
    while time.monotonic() < end:
        begin = time.monotonic()
        try:
            command()
        except (AssertionError, OSError, http.client.HTTPException) as problem:
            errors.append(repr(problem))
        times.append(round((time.monotonic() - begin) * 1000, 1))
        time.sleep(0.02)
    return sorted(times), errors


def p99(times):
    return times[int(len(times) * 0.99)]


# What else this machine has to do, for each processor, before anything begins here.
load = os.getloadavg()[0] / os.cpu_count()
# How quick this machine is by itself, now.
alone, errors = honest(time.monotonic() + 1.5)
slowness = min(6, max(1, alone[len(alone) // 2] / QUICK))
PACE /= slowness
end = time.monotonic() + arguments.seconds * slowness
# In a process of its own, so that the honest one does not wait for it on this side, and behind everything else: the attackers'
# processors are not this machine's.
if not (attackers := os.fork()):
    os.nice(19)
    hostile()
    os._exit(0)
# Until all of them are there.
time.sleep(1.5)
times, more = honest(end)
os.waitpid(attackers, 0)
print(
    json.dumps(
        {"count": len(times), "p50": times[len(times) // 2], "p99": p99(times), "max": times[-1], "p99_alone": p99(alone), "load": load, "slowness": slowness, "errors": errors + more}
    )
)
