"""Signed slash commands, prepared before the measuring, and the load that is made of them."""

import hmac
import itertools
import json
import struct
import subprocess
import time
import urllib.parse

import programs

# Slack takes one message a second and channel: with so many channels the pipeline behind the answers has its work, too.
CHANNELS = 10

# Slack counts the first part of a trigger id up.
TRIGGER = 398_738_663_015

FIXED = urllib.parse.urlencode({
    "token": "unused", "team_id": "T0001", "team_domain": "bench", "channel_name": "ops", "command": "/cluster", "api_app_id": "A0001",
})
HEADERS = (
    "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\nAccept: application/json,*/*\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n"
)
_numbers = itertools.count(1)


def signed(fields, stamp):
    """A whole request as Slack sends it."""
    body = f"{FIXED}&{fields}".encode()
    code = hmac.digest(programs.SECRET.encode(), b"v0:" + stamp + b":" + body, "sha256").hex()
    head = (
        f"POST /slack/commands HTTP/1.1\r\nHost: localhost\r\n{HEADERS}X-Slack-Request-Timestamp: {stamp.decode()}\r\n"
        f"X-Slack-Signature: v0={code}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def write_commands(path, count, text="{cluster} sg add {number}", channels=CHANNELS):
    """Commands that nobody has sent before: each is a new change request. Good for five minutes.

    Of several texts one comes after the other."""
    texts = [text] if isinstance(text, str) else text
    stamp = str(int(time.time())).encode()
    with open(path, "wb") as file:
        for number in itertools.islice(_numbers, count):
            words = texts[number % len(texts)].format(number=number, cluster=programs.FIRST_CLUSTER + number % programs.CLUSTERS)
            words = words.replace(" ", "+")
            person = f"user_id=U{number % programs.PEOPLE:04d}&user_name=p{number % programs.PEOPLE}"
            place = f"channel_id=C{number % channels:04d}&text={words}"
            trigger = f"trigger_id={TRIGGER + number}.4745.803a0bc887a14d10d2c447fce8b6703c"
            request = signed(f"{person}&{place}&{trigger}", stamp)
            file.write(struct.pack("<I", len(request)) + request)


def load(tool, port, path, connections, seconds, rate=None, expected="I am on it"):
    """One run of the generator: requests a second, and the times in milliseconds."""
    arguments = [tool, str(port), path, str(connections), str(seconds), expected] + ([str(rate)] if rate else [])
    result = json.loads(subprocess.run(arguments, check=True, stdout=subprocess.PIPE, text=True).stdout)
    if result["failed"]:
        raise SystemExit(f"{result['failed']} requests failed, the first with {result['failure']}")
    result["rate"] = result["answered"] / result["seconds"]
    return result
