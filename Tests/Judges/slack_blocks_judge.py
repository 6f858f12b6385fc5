#!/usr/bin/env python3
"""Judges messages for Slack, with the models of Slack's own SDK and the limits that those miss.

    pip install slack_sdk==3.47.0
    slack_blocks_judge.py MESSAGES.jsonl

Each line is one JSON object with `text` and `blocks`, as sent to `chat.postMessage`, `chat.update` or a `response_url`.
Ends with `N passed, M failed`, counted in messages; exit code 0 only if nothing failed and there was something to judge.
"""

import json
import sys

from slack_sdk.models.blocks import Block

BLOCKS, FIELD, CONTEXT, TEXT = 50, 2000, 3000, 4000
SECTION, FIELDS, HEADER, ELEMENTS, LABEL, VALUE, ID = 3000, 10, 150, 25, 75, 2000, 255


def length(text):
    """In UTF-16 units: no way of counting gives more."""
    return len(text.encode("utf-16-le")) // 2


def once(pairs):
    """An object that names a member twice is read differently by different readers."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member occurs twice")
    return members


def problems_of_text(place, text, *kinds):
    if not isinstance(text, dict) or text.get("type") not in kinds:
        yield f"{place} is not {' or '.join(kinds)}"
    elif not isinstance(text.get("text"), str) or not text["text"]:
        yield f"{place} has no text"
    elif text["type"] == "mrkdwn" and "emoji" in text or text["type"] == "plain_text" and "verbatim" in text:
        yield f"{place} has an option of the other kind of text"


def too_long(place, text, most):
    if length(text) > most:
        yield f"{place} of {length(text)}, more than {most}"


def problems_of_block(block):
    kind = block.get("type")
    try:
        parsed = Block.parse(block)
        if parsed is None:
            raise ValueError("unknown to the SDK")
        parsed.validate_json()
        if parsed.to_dict() != block:
            yield f"{kind}: the SDK knows it as {json.dumps(parsed.to_dict(), sort_keys=True)}"
    except Exception as error:  # The SDK's own errors have many types; each of them is a refusal.
        yield f"{kind}: {error}"
        return
    # The SDK counts in characters, of which one may be two units.
    yield from too_long("block_id", block.get("block_id", ""), ID)
    if kind == "header":
        yield from problems_of_text("header", block.get("text"), "plain_text")
        yield from too_long("header", block["text"]["text"], HEADER)
    if kind == "section" and "text" in block:
        yield from problems_of_text("section", block["text"], "mrkdwn", "plain_text")
        yield from too_long("section", block["text"].get("text", ""), SECTION)
    if len(block.get("fields", [])) > FIELDS:
        yield f"{len(block['fields'])} fields, more than {FIELDS}"
    for field in block.get("fields", []) if kind == "section" else []:
        yield from problems_of_text("field", field, "mrkdwn", "plain_text")
        yield from too_long("field", field.get("text", ""), FIELD)
    if kind == "context":
        for element in block["elements"]:
            if element.get("type") == "image":
                continue
            yield from problems_of_text("context", element, "mrkdwn", "plain_text")
            yield from too_long("context", element.get("text", ""), CONTEXT)
    if kind == "actions":
        actions = [element.get("action_id") for element in block["elements"]]
        if len(set(actions)) != len(actions) or not all(actions):
            yield f"action ids are missing or not unique: {actions}"
        if len(actions) > ELEMENTS:
            yield f"{len(actions)} elements, more than {ELEMENTS}"
        for element in block["elements"]:
            if element.get("type") == "button":
                yield from problems_of_text("button", element.get("text"), "plain_text")
                yield from too_long("label", element["text"]["text"], LABEL)
                yield from too_long("value", element.get("value", ""), VALUE)
                yield from too_long("action_id", element["action_id"], ID)


def problems(line):
    try:
        message = json.loads(line, object_pairs_hook=once)
        text, blocks = message["text"], message["blocks"]
    except (ValueError, KeyError, TypeError) as error:
        yield f"no message: {error!r}"
        return
    if not isinstance(text, str) or not text.strip():
        yield "no text for notifications"
    elif length(text) > TEXT:
        yield f"text of {length(text)}, more than {TEXT}"
    if not isinstance(blocks, list) or not blocks:
        yield "no blocks"
        return
    if len(blocks) > BLOCKS:
        yield f"{len(blocks)} blocks, more than {BLOCKS}"
    names = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(names)) != len(names):
        yield "block ids are not unique"
    for block in blocks:
        yield from problems_of_block(block)


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    passed = failed = 0
    with open(sys.argv[1], encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            found = list(problems(line))
            for problem in found:
                print(f"FAILED: line {number}: {problem}")
            passed, failed = passed + (not found), failed + bool(found)
    print(f"{passed} passed, {failed} failed")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
