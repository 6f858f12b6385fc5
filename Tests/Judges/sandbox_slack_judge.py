#!/usr/bin/env python3
"""Asks Slack's own client library whether the simulated Slack behaves like Slack.

    sandbox_slack_judge.py SLACK_URL TOKEN

SLACK_URL  the simulated workspace of the demo, e.g. http://127.0.0.1:8081 (the Web API is below /api/); it must have
           been told where its app is, but the app need not run
TOKEN      the app's bot token

Needs slack_sdk 3.47.0. Exit status 0 only if everything was as it should be.
"""

import json
import sys
import time
import urllib.parse
import urllib.request

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler
from slack_sdk.models.blocks import ActionsBlock, ButtonElement, HeaderBlock, SectionBlock
from slack_sdk.webhook import WebhookClient

passed = 0
failed = 0


def check(name, good, seen=""):
    global passed, failed
    if good:
        passed += 1
        print(f"ok    {name}")
    else:
        failed += 1
        print(f"FAIL  {name}: {seen!r}")


def refused(name, word, call):
    try:
        reply = call()
    except SlackApiError as error:
        check(name, error.response["error"] == word, error.response.data)
    else:
        check(name, False, f"answered ok: {reply.data}")


def post_json(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


def a_response_url(slack):
    """The one of a fresh command. It is valid whatever the app answered, and even if there is no app."""
    post_json(f"{slack}/sandbox/slack/send", {"as": "U0AMY", "channel": "C0OPS", "text": "/cluster help"})
    with urllib.request.urlopen(f"{slack}/sandbox/slack/log") as reply:
        sent = [one for one in json.load(reply)["deliveries"] if one["kind"] == "command"]
    return urllib.parse.parse_qs(sent[-1]["body"])["response_url"][0]


def main(slack, token):
    slack = slack.rstrip("/")
    client = WebClient(token=token, base_url=f"{slack}/api/")

    me = client.auth_test()
    check("auth.test", me["ok"] and me["team_id"] == "T0001", me.data)
    refused("a wrong token raises", "invalid_auth", lambda: WebClient(token="xoxb-no", base_url=f"{slack}/api/").auth_test())
    refused("an unknown method raises", "unknown_method", lambda: client.api_call("chat.teleport"))

    blocks = [
        HeaderBlock(text="Judge"),
        SectionBlock(text="*bold* and `code`"),
        ActionsBlock(elements=[ButtonElement(text="Approve", action_id="approve", value="1", style="primary")]),
    ]
    posted = client.chat_postMessage(channel="C0HISTORY", text="judge", blocks=blocks)
    check("chat.postMessage", posted["channel"] == "C0HISTORY" and posted["message"]["text"] == "judge", posted.data)
    check("the blocks come back with ids", all(b.get("block_id") for b in posted["message"]["blocks"]), posted.data)
    edited = client.chat_update(channel="C0HISTORY", ts=posted["ts"], text="judged")
    check("chat.update", edited["ts"] == posted["ts"] and edited["message"]["text"] == "judged", edited.data)
    check("text alone removes the blocks", "blocks" not in edited["message"], edited.data)
    whisper = client.chat_postEphemeral(channel="C0HISTORY", user="U0AMY", text="psst")
    check("chat.postEphemeral", bool(whisper["message_ts"]), whisper.data)
    user = client.users_info(user="U0AMY")
    check("users.info", user["user"]["id"] == "U0AMY" and not user["user"]["is_bot"], user.data)
    place = client.conversations_info(channel="C0OPS")
    check("conversations.info", place["channel"]["is_member"], place.data)
    leads = client.usergroups_users_list(usergroup="S0LEADS")
    check("usergroups.users.list", "U0BOB" in leads["users"], leads.data)
    groups = client.usergroups_list(include_disabled=True)
    check("usergroups.list", any(g["id"] == "S0LEADS" and g["handle"] == "leads" for g in groups["usergroups"]), groups.data)
    refused("no_such_subteam raises", "no_such_subteam", lambda: client.usergroups_users_list(usergroup="S404"))
    refused("user_not_found raises", "user_not_found", lambda: client.users_info(user="U404"))
    # The client follows the cursors by itself.
    pages = [page["members"] for page in client.users_list(limit=2)]
    people = [person for page in pages for person in page]
    check("users.list comes page by page", len(pages) > 1 and all(len(page) <= 2 for page in pages), pages)
    check("… with everybody once", len({p["id"] for p in people}) == len(people) and len(people) >= 5, people)
    check("… and bots marked", [p["id"] for p in people if p["is_bot"]] == ["U0BOT"], people)
    refused("invalid_cursor raises", "invalid_cursor", lambda: client.users_list(cursor="none"))
    post_json(f"{slack}/sandbox/slack/usergroup", {"id": "S0LEADS", "users": ["U0BOB", "U0DAVE"]})
    changed = client.usergroups_users_list(usergroup="S0LEADS")
    check("a user group changes", changed["users"] == ["U0BOB", "U0DAVE"], changed.data)
    post_json(f"{slack}/sandbox/slack/person", {"id": "U0DAVE", "kind": "guest"})
    check("an account becomes a guest's", client.users_info(user="U0DAVE")["user"]["is_restricted"], "not restricted")
    post_json(f"{slack}/sandbox/slack/person", {"id": "U0DAVE", "kind": "deactivated"})
    check("an account is deactivated", client.users_info(user="U0DAVE")["user"]["deleted"], "not deleted")
    tired = None
    for _ in range(30):
        try:
            client.usergroups_users_list(usergroup="S0LEADS")
        except SlackApiError as error:
            tired = error.response
            break
    check("looking up too often ends with 429", tired is not None and tired.status_code == 429, tired)
    check("… which says how long to wait", int((tired.headers if tired else {}).get("Retry-After", 0)) >= 1, tired)
    post_json(f"{slack}/sandbox/slack/person", {"id": "U0DAVE", "kind": "member"})

    def post(**arguments):
        return client.chat_postMessage(**{"channel": "C0HISTORY", "text": "x", **arguments})

    refused("not_in_channel raises", "not_in_channel", lambda: post(channel="C0RANDOM"))
    refused("channel_not_found raises", "channel_not_found", lambda: post(channel="C404"))
    refused("invalid_blocks raises", "invalid_blocks", lambda: post(blocks=[{"type": "divider"}] * 51))
    update = client.chat_update
    refused("message_not_found raises", "message_not_found", lambda: update(channel="C0HISTORY", ts="1.000000", text="x"))
    refused(
        "cant_update_message raises",
        "cant_update_message",
        lambda: update(channel="C0HISTORY", ts=whisper["message_ts"], text="x"),
    )

    limited = None
    for number in range(20):
        try:
            client.chat_postMessage(channel="C0SHARED", text=f"burst {number}")
        except SlackApiError as error:
            limited = error.response
            break
    check("a burst ends with 429", limited is not None and limited.status_code == 429, limited)
    wait = int((limited.headers if limited else {}).get("Retry-After", 0))
    check("… which says how long to wait", wait >= 1, wait)
    patient = WebClient(token=token, base_url=f"{slack}/api/")
    patient.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=2))
    began = time.monotonic()
    after = patient.chat_postMessage(channel="C0SHARED", text="patient")
    took = time.monotonic() - began
    check("… and waiting so long is enough", after["ok"] and took >= wait * 0.9, took)

    url = a_response_url(slack)
    hook = WebhookClient(url)
    for number in range(1, 6):
        reply = hook.send(text=f"answer {number}", response_type="ephemeral", replace_original=number > 1)
        check(f"response_url, use {number}", reply.status_code == 200 and reply.body == "ok", (reply.status_code, reply.body))
    reply = hook.send(text="answer 6")
    check("response_url, no sixth use", reply.status_code == 404 and reply.body == "used_url", (reply.status_code, reply.body))
    reply = WebhookClient(url + "0").send(text="guess")
    check("a guessed response_url is refused", reply.status_code == 404, (reply.status_code, reply.body))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except Exception as error:  # the judge itself must never look like a pass
        failed += 1
        print(f"FAIL  stopped by {type(error).__name__}: {error}")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
