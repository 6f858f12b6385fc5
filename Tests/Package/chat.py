"""People in the simulated workspace: says something, or waits until something is seen there.

chat.py URL say PERSON CHANNEL TEXT        sends the text, as Slack would
chat.py URL see PERSON CHANNEL TEXT        waits until a message that this person sees holds the text, and prints it
"""

import json
import sys
import time
import urllib.parse
import urllib.request

PATIENCE = 60


def readable(message):
    """All text of a message, whatever block it stands in."""
    found = [message["text"]]

    def walk(value):
        if isinstance(value, dict):
            if isinstance(value.get("text"), str):
                found.append(value["text"])
            for part in value.values():
                walk(part)
        elif isinstance(value, list):
            for part in value:
                walk(part)

    walk(message["blocks"])
    return " ".join(found)


def state(url, person, channel):
    query = urllib.parse.urlencode({"as": person, "channel": channel, "since": 0})
    with urllib.request.urlopen(f"{url}/sandbox/slack/state?{query}", timeout=10) as reply:
        return json.load(reply)


def say(url, person, channel, text):
    body = json.dumps({"text": text, "as": person, "channel": channel}).encode()
    request = urllib.request.Request(
        f"{url}/sandbox/slack/send", data=body, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as reply:
        assert reply.status == 200, reply.status


def see(url, person, channel, text):
    end = time.monotonic() + PATIENCE
    while True:
        messages = [readable(message) for message in state(url, person, channel)["messages"]]
        for message in messages:
            if text in message:
                print(message)
                return
        if time.monotonic() > end:
            sys.exit(f"{person} does not see “{text}” in {channel}, but: {messages}")
        time.sleep(0.1)


if __name__ == "__main__":
    url, verb, person, channel, text = sys.argv[1:]
    {"say": say, "see": see}[verb](url, person, channel, text)
