"""A slash command handler with Slack's Bolt for Python, as its documentation shows it for asyncio behind uvicorn: checks
the signature, answers, and stores nothing. What clusterbot is measured against.

The answer is the content of the file ANSWER, the signing secret is SIGNING.
"""

import os

from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

with open(os.environ["ANSWER"], encoding="utf-8") as file:
    ANSWER = file.read()


async def authorize():
    """No look-up at Slack: the bot's own ids are known."""
    return AuthorizeResult(enterprise_id=None, team_id="T0001", bot_token="xoxb-none", bot_id="B0001", bot_user_id="U0BOT")


app = AsyncApp(signing_secret=os.environ["SIGNING"], authorize=authorize)


@app.command("/cluster")
async def cluster(ack):
    await ack(ANSWER)


api = AsyncSlackRequestHandler(app, path="/slack/commands")
