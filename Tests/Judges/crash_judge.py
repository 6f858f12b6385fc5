#!/usr/bin/env python3
"""Judges what a killed and restarted clusterbot left behind: its store, its history, its channels, against the log of the
simulated cluster API. Knows nothing of clusterbot but the contract of its exports, its tables, and what must hold at each of
the 28 crash points; only Python's own library is used.

Reads one run a line on standard input, as JSON, and answers each with one line: {"problems": [...], "facts": {...}}.
A run without problems has an empty list.
"""

import hashlib
import json
import re
import sqlite3
import sys

HEAD = re.compile(r"(\d+):([0-9a-f]{16})")
ENDS = {"succeeded", "failed", "refused", "denied", "cancelled", "expired", "superseded"}
# Kinds of entries of which the channels hear in new messages.
TOLD = ENDS | {"unknown", "settled"}


def canonical(value):
    """RFC 8785 for what entries may hold: no floating-point numbers."""
    if isinstance(value, float):
        raise ValueError("a floating-point number in an entry")
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def chain_problems(entries):
    """The contract's rule for the chain, entry by entry."""
    previous = "0" * 64
    for number, entry in enumerate(entries, start=1):
        hashed = {key: value for key, value in entry.items() if key not in ("prev", "hash", "texts")}
        if entry["seq"] != number:
            yield f"entry {number} of the history has the number {entry['seq']}"
        if entry["prev"] != previous:
            yield f"entry {number} does not follow the one before"
        if hashlib.sha256(f"{entry['prev']}\n{canonical(hashed)}".encode()).hexdigest() != entry["hash"]:
            yield f"entry {number} does not have its hash"
        texts = entry.get("texts") or {}
        for name, digest in (entry.get("texts_sha256") or {}).items():
            text = texts.get(name)
            if text and hashlib.sha256(f"{text['salt']}\n{text['text']}".encode()).hexdigest() != digest:
                yield f"the {name} of entry {number} is not the text that was hashed"
        previous = entry["hash"]


class Store:
    """A store's file, by SQL alone."""

    def __init__(self, path):
        self.db = sqlite3.connect(f"file:{path}?mode=rw", uri=True)
        self.db.row_factory = sqlite3.Row

    def rows(self, sql):
        return [dict(row) for row in self.db.execute(sql)]

    @property
    def tables(self):
        return self.names("table")

    def names(self, kind):
        return {row["name"] for row in self.rows(f"SELECT name FROM sqlite_master WHERE type = '{kind}'")}

    def columns(self, table):
        return {row["name"] for row in self.rows(f"PRAGMA table_info({table})")}

    def table(self, name):
        return self.rows(f"SELECT * FROM {name}") if name in self.tables else []

    def problems(self):
        found = [row[0] for row in self.db.execute("PRAGMA integrity_check")]
        if found != ["ok"]:
            yield f"the store is damaged: {found[:3]}"
        if list(self.db.execute("PRAGMA foreign_key_check")):
            yield "the store has rows that point nowhere"
        entries = []
        for row in sorted(self.table("history"), key=lambda row: row["seq"]):
            entry = json.loads(row["entry"])
            entries.append(entry | {"prev": row["prev"], "hash": row["hash"]})
        yield from chain_problems(entries)


class Death:
    """What was there when the process died."""

    def __init__(self, run, record):
        self.record = record
        self.store = Store(record["store"])
        self.changes = self.store.table("change")
        self.intents = {row["change"] for row in self.store.table("intent")}
        self.approvals = self.store.table("approval")
        self.deliveries = self.store.table("delivery")
        self.unposted = [row for row in self.store.table("post") if row["posted"] < row["wanted"]]
        self.heads = {f"{row['seq']}:{row['hash'][:16]}" for row in self.store.table("history")}
        self.messages = [message["text"] for message in record["messages"]]
        self.run = run

    def any(self, *states, puts=None, intent=None):
        """Whether a change was in one of these states, and so many requests of it ever reached the cloud."""
        return any(
            change["state"] in states
            and (puts is None or self.run.puts_of(change["id"]) in puts)
            and (intent is None or (change["id"] in self.intents) == intent)
            for change in self.changes
        )

    @property
    def later_puts(self):
        return {1} if len(self.run.deaths) == 1 else {0, 1}

    @property
    def shows_result(self):
        return any(head in self.heads for text in self.messages for head in (":".join(pair) for pair in HEAD.findall(text)))


class Run:
    def __init__(self, record):
        self.record = record
        self.entries = [json.loads(line) for line in record["export"].splitlines() if line]
        self.changes = {change["id"]: change for change in json.loads(record["list"])}
        self.store = Store(record["store"])
        self.deaths = []

    def of(self, change, *kinds):
        return [entry for entry in self.entries if entry["change"] == change and (not kinds or entry["kind"] in kinds)]

    def requests_of(self, change):
        """The requests at the cloud that carry the very body which this change's intent names."""
        sending = self.of(change, "sending")
        if not sending:
            return []
        body = sending[0]["detail"]["body_sha256"]
        cluster = f"/cluster/{self.changes[change]['cluster']['id']}/"
        return [
            request for request in self.record["cloud"]
            if cluster in request["path"] and hashlib.sha256(request["body"].encode()).hexdigest() == body
        ]

    def puts_of(self, change):
        return len(self.requests_of(change)) if change in self.changes else 0

    @property
    def is_on_failing_disk(self):
        return self.record["point"] in ("F15", "F16")

    def problems(self):
        if self.record["exit"] != 0:
            yield f"the last process ended with {self.record['exit']}"
        yield from chain_problems(self.entries)
        yield from self.store.problems()
        stored = [json.loads(row["entry"])["seq"] for row in self.store.table("history")]
        if len(stored) != len(self.entries):
            yield "the export is not the store's history"
        if self.store.table("hold"):
            yield "a crash was taken for a restored backup"
        self.deaths = [Death(self, record) for record in self.record["deaths"]]
        for death in self.deaths:
            for problem in death.store.problems():
                yield f"after {death.record['reached']}: {problem}"
        for change in self.changes.values():
            yield from self.change_problems(change)
        yield from self.cloud_problems()
        yield from self.delivery_problems()
        yield from self.channel_problems()
        yield from self.death_problems()
        yield from self.backup_problems()

    # What became of each change.

    def change_problems(self, change):
        name, state, known = f"#{change['id']}", change["state"], change["how_known"]
        if state not in ENDS:
            yield f"{name} is {state} at the end"
        entries = self.of(change["id"])
        kinds = [entry["kind"] for entry in entries]
        if not kinds or kinds[0] != "requested" or kinds.count("requested") != 1:
            yield f"{name} has the entries {kinds}"
            return
        if kinds.count("sending") > 1:
            yield f"{name} was sent {kinds.count('sending')} times by its history"
        told = [entry for entry in entries if "state" in entry["detail"]]
        if not told or told[-1]["detail"]["state"] != state or told[-1]["detail"].get("how_known") != known:
            yield f"{name} is {state} ({known}), but its history ends with {told[-1]['detail'] if told else None}"
        row = [row for row in self.store.table("change") if row["id"] == change["id"]][0]
        if (row["state"], row["how_known"]) != (state, known):
            yield f"{name} is {state} in the list and {row['state']} in the store"
        requests = self.requests_of(change["id"])
        applied = [request for request in requests if request["applied"]]
        if len(requests) > 1:
            yield f"{name} was sent {len(requests)} times"
        if state == "succeeded" and len(applied) != 1:
            yield f"{name} counts as succeeded ({known}), and the cloud carried out nothing"
        if state == "failed" and applied:
            yield f"{name} counts as failed ({known}), and the cloud carried it out"
        if known == "not_sent" and requests:
            yield f"{name} counts as not sent, and the cloud has it"
        if requests and state not in ("succeeded", "failed"):
            yield f"{name} is {state}, and the cloud has a request of it"
        if known == "answer" and not any(request["status"] for request in requests):
            yield f"{name} is known by an answer that was never given"
        if requests and "approved" not in kinds and "confirmed" not in kinds and change["cluster"]["id"] == 42 \
                and change["action"] not in ("attach_ip", "add_security_group"):
            yield f"{name} was sent without anybody's agreement"
        for approval in change["approvals"]:
            if approval["decision"] == "approved" and approval["person"] == change["requester"]["person"]:
                yield f"{name} was approved by its requester"
        if kinds.count("approved") > 1:
            yield f"{name} was approved twice by one person"

    def cloud_problems(self):
        mine = [request["number"] for change in self.changes for request in self.requests_of(change)]
        for request in self.record["cloud"]:
            if mine.count(request["number"]) != 1:
                yield f"request {request['number']} ({request['body']}) belongs to {mine.count(request['number'])} changes"

    # Nothing that was accepted is forgotten, nothing is taken twice.

    def delivery_problems(self):
        wanted = self.record["old_changes"]
        for delivery in self.record["deliveries"]:
            answers = [attempt for attempt in delivery["attempts"] if attempt["status"] == 200]
            if not answers:
                yield f"delivery {delivery['number']} was never taken"
            for attempt in delivery["attempts"]:
                # 500 says that nobody knows whether it was stored; only a commit that failed over the disk does.
                if attempt["status"] not in (None, 200, 503) and not (self.is_on_failing_disk and attempt["status"] == 500):
                    yield f"delivery {delivery['number']} was answered with {attempt['status']}"
            if delivery["kind"] != "command" or "text=resolve" in delivery["body"]:
                continue
            wanted += 1
            # The first number in an answer is that of the change which it is about.
            numbers = {number for answer in answers for number in re.findall(r"#(\d+)", answer["reply"])[:1]}
            if len(numbers) != 1:
                yield f"delivery {delivery['number']} became the changes {sorted(numbers)}"
            elif int(numbers.pop()) not in self.changes:
                yield f"the change of delivery {delivery['number']} is forgotten"
        asked = [change for change in self.changes if not self.of(change, "requested")[0]["detail"].get("replaces")]
        if len(asked) != wanted:
            yield f"{wanted} commands became {len(asked)} changes"

    # The channel hears of everything, and of nothing else.

    def channel_problems(self):
        heads = {f"{entry['seq']}:{entry['hash'][:16]}": entry for entry in self.entries}
        places = {}
        for message in self.record["messages"]:
            numbers = re.findall(r"#(\d+)", message["text"])
            for head in (":".join(pair) for pair in HEAD.findall(message["text"])):
                if head not in heads:
                    yield f"a message names {head}, which the history does not have: {message['text']}"
                elif str(heads[head]["change"]) not in numbers:
                    yield f"a message names {head}, which is about another change: {message['text']}"
                else:
                    places.setdefault((message["channel"], head), []).append(message["ts"])
        spare = len(self.deaths) + self.record["blind_posts"]
        yield from self.identity_problems(spare)
        for (channel, head), posted in places.items():
            entry = heads[head]
            # In the conversation, the change's own message and a notice may both name the entry.
            usual = 1 if channel == self.record["history_channel"] else 2
            if len(posted) > usual + spare:
                yield f"{channel} hears {len(posted)} times of entry {entry['seq']}"
        conversation = self.store.table("post")
        for change in self.changes.values():
            shown = [row for row in conversation if row["change"] == change["id"] and row["place"] == "conversation"]
            results = [entry for entry in self.of(change["id"], *TOLD) if entry["seq"] > self.record["old_entries"]]
            for entry in results:
                head = f"{entry['seq']}:{entry['hash'][:16]}"
                if self.record["history_channel"] and (self.record["history_channel"], head) not in places:
                    yield f"the history channel never heard of entry {entry['seq']} ({entry['kind']})"
            if shown and results:
                channel = change["channel"].rsplit("/", 1)[1]
                head = f"{results[-1]['seq']}:{results[-1]['hash'][:16]}"
                if (channel, head) not in places:
                    yield f"the conversation never heard what came of #{change['id']}"
        for row in conversation:
            if row["posted"] < row["wanted"]:
                yield f"a message about #{row['change']} is still to be posted"

    def identity_problems(self, spare):
        """What is posted again carries the same number and revision, or the same entry."""
        revisions = {row["id"]: row["revision"] for row in self.store.table("change")}
        counts = {}
        for message in self.record["messages"]:
            found = re.fullmatch(r"change-(\d+)-(revision|entry)-(\d+)", message.get("identity") or "")
            if not found:
                # The answers to commands are no posts.
                if message["channel"] == self.record["history_channel"]:
                    yield f"a message does not say what it shows: {message['text']}"
                continue
            change, kind, number = int(found[1]), found[2], int(found[3])
            if f"#{change}" not in message["text"]:
                yield f"{message['identity']} is a message about another change: {message['text']}"
            # Only the history channel's posts name the entry's place; lines in a conversation do not.
            is_in_history = message["channel"] == self.record["history_channel"]
            if kind == "entry" and is_in_history and f" {number}:" not in message["text"]:
                yield f"{message['identity']} is a message about another entry: {message['text']}"
            if kind == "revision" and number > revisions.get(change, 0):
                yield f"{message['identity']} is a revision that does not exist"
            key = (message["channel"], message["identity"])
            counts[key] = counts.get(key, 0) + 1
        for (channel, identity), count in counts.items():
            if count > 1 + spare:
                yield f"{channel} has {identity} {count} times"

    # A backup is whole or it is not there.

    def backup_problems(self):
        backup = self.record["backup"]
        if not backup:
            return
        last = backup["way"].split(",")[-1].rsplit(":", 1)[0]
        if backup["exit"] != 9 or f"reached {last}" not in backup["errors"]:
            yield f"the backup did not die at {last}: {backup['exit']} {backup['errors']}"
        if (backup["file"] is not None) != (last == "backupNamed"):
            yield f"a backup that died at {last} left {backup['file']}"
        if backup["next_exit"] != 0:
            yield f"after a backup that died none can be made: {backup['next_exit']}"
        for path in filter(None, [backup["file"], backup["next_exit"] == 0 and backup["next_file"]]):
            copy = Store(path)
            for problem in copy.problems():
                yield f"the backup {path}: {problem}"
            kept = {row["hash"] for row in copy.table("history")}
            if not kept or not kept <= {entry["hash"] for entry in self.entries}:
                yield f"the backup {path} holds another history"

    # What must hold at the point itself.

    def death_problems(self):
        point, way = self.record["point"], self.record["way"]
        if not self.deaths and point == "F15":
            return  # A full disk need not end it.
        if not self.deaths:
            yield f"{point} was not reached: {way}"
            return
        death = self.deaths[0]
        last = way.split(",")[-1].rsplit(":", 1)[0]
        if point == "F31":
            if death.record["exit"] != 0:
                yield f"after SIGTERM the process ended with {death.record['exit']}: {death.record['errors']}"
            if self.record["seconds_to_end"] >= 45:
                yield f"after SIGTERM the process ran for {self.record['seconds_to_end']} s"
        elif self.is_on_failing_disk:
            if death.record["exit"] != 1:
                yield f"on a failing disk the process ended with {death.record['exit']}: {death.record['errors']}"
        elif death.record["exit"] != 9:
            yield f"the process ended with {death.record['exit']} instead of being killed: {death.record['errors']}"
        if not way.startswith(("disk", "killed", "terminated")) and death.record["reached"] != last:
            yield f"the process died at {death.record['reached']!r}, not at {last}"
        for later in self.deaths[1:]:
            if later.record["exit"] != 9 or not later.record["reached"]:
                yield f"a process that was to recover ended with {later.record['exit']}: {later.record['errors']}"
        # What was answered with 200 is on the disk.
        for each in self.deaths:
            if len(each.deliveries) < len(each.record["acknowledged"]):
                yield f"{len(each.record['acknowledged'])} deliveries were answered, {len(each.deliveries)} are stored"
        if not DEMANDS[point](death, way):
            states = [(row["id"], row["state"], self.puts_of(row["id"])) for row in death.changes]
            yield f"{point} demands something else of what the death left: {states}, {len(death.deliveries)} deliveries, " \
                f"{len(death.approvals)} decisions, {len(death.unposted)} posts to be made"


def sent_later(death, way):
    """Nothing was begun, so the restarted process sends it: once. If that one dies too, it may not have come to it."""
    return death.any("ready", puts=death.later_puts, intent=False)


def never_sent(death, way):
    """The intent is there and nothing has left: nothing ever will."""
    return death.any("sending", puts={0}, intent=True)


def in_intent_commit(death, way):
    return never_sent(death, way) if death.any("sending", puts={0}) else sent_later(death, way)


DEMANDS = {
    "C01": lambda death, way: not death.deliveries and not death.changes,
    "C02": lambda death, way: not death.deliveries and not death.changes,
    "C03": lambda death, way: len(death.deliveries) == 1 and not death.record["acknowledged"] and death.any("preparing"),
    "C04": lambda death, way: death.record["acknowledged"] and not death.record["posted"] and death.unposted,
    "C05": lambda death, way: death.record["posted"] and death.unposted,
    "C06": lambda death, way: death.any("pending", puts=death.later_puts) and not death.approvals,
    "C07": lambda death, way: len(death.deliveries) == 2 and len(death.record["acknowledged"]) == 1
    and any(row["verdict"] == "approved" for row in death.approvals) and not death.any("pending"),
    "C08": sent_later,
    "C09": sent_later,
    "C10": sent_later,
    "C11": sent_later,
    "C12": in_intent_commit,
    "C13": never_sent,
    "C14": never_sent,
    "C15": never_sent,
    "C16": lambda death, way: death.any("sending", puts={0, 1}),
    "C17": lambda death, way: death.any("sending", puts={1}),
    "C18": lambda death, way: death.any("sending", puts={1}),
    "C19": lambda death, way: death.any("sending", puts={1}),
    "C20": lambda death, way: death.any("sending", puts={1}),
    "C21": lambda death, way: death.any("sending", "succeeded", "failed", "unknown", puts={1}),
    "C22": lambda death, way: death.any("succeeded", "failed", "unknown", puts={1}) and death.unposted,
    "C23": lambda death, way: death.shows_result and death.unposted,
    "C24": lambda death, way: death.any("unknown", puts={1}),
    "C25": lambda death, way: death.any("unknown", puts={1}),
    "C26": lambda death, way: any(row["how_known"] == "person" for row in death.changes) and death.unposted,
    "C27": lambda death, way: bool(death.changes),
    "C28": lambda death, way: death.tables_are_whole,
    # What is under way is finished: after a service that ended in good order nothing is being sent.
    # That every request has its intent, and one only, is checked for all runs.
    "F15": lambda death, way: death.tables_are_whole,
    "F16": lambda death, way: death.tables_are_whole,
    "F31": lambda death, way: not death.any("sending") and bool(death.changes),
}


def tables_are_whole(death):
    """All of a version's tables or none of it: nothing in between."""
    migrations = {row["identifier"][:4] for row in death.store.table("grdb_migrations")}
    own = {"change", "approval", "intent", "history", "history_text", "post", "delivery", "meta"}
    if ("0002" in migrations) != ("hold" in death.store.tables):
        return False
    if ("0003" in migrations and "0009" not in migrations) != ("message_tried" in death.store.columns("change")):
        return False
    if ("0004" in migrations) != ("change_moves_as_it_may" in death.store.names("trigger")):
        return False
    is_by_time = "0001" in migrations and ("0007" not in migrations or "0009" in migrations)
    if is_by_time != ("delivery_at" in death.store.names("index")):
        return False
    if ("0007" in migrations) != ("change_preparing" in death.store.names("index")):
        return False
    if ("0009" in migrations) != ("change_move" in death.store.tables):
        return False
    return own <= death.store.tables if "0001" in migrations else not own & death.store.tables


Death.tables_are_whole = property(tables_are_whole)


def main():
    for line in sys.stdin:
        try:
            run = Run(json.loads(line))
            problems = list(run.problems())
            facts = {
                "changes": len(run.changes), "requests": len(run.record["cloud"]), "entries": len(run.entries),
                "deaths": [death.record["reached"] or "killed" for death in run.deaths],
                "states": sorted(f"{change['state']}/{change['how_known']}" for change in run.changes.values()),
            }
        except Exception as error:  # A run that cannot be judged is not a run that passed.
            import traceback
            problems, facts = [f"the judge failed: {error!r} {traceback.format_exc(limit=-2)}"], {}
        print(json.dumps({"problems": problems, "facts": facts}), flush=True)


if __name__ == "__main__":
    main()
