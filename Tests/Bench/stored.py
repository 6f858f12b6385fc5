"""(g): what a command and a look cost when a thousand, a hundred thousand and a million changes are stored.
(h): the first answers to a team that is busier than any, where a hundred thousand are."""

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time

import programs
import traffic
from figures import Figure

SIZES = (1_000, 100_000, 1_000_000)
PATTERN = 500
YEAR = 365 * 86_400_000
DELIVERIES_KEPT = 2 * 86_400_000


def pattern(tools, folder):
    """A store with changes that went all the way, through the real service: what the large ones are made of."""
    path = os.path.join(folder, "commands")
    traffic.write_commands(path, PATTERN, channels=PATTERN)
    with programs.running([tools["peer"]]) as peer, programs.clusterbot(
        tools["clusterbot"], peer.port, folder, needs="none"
    ) as bot:
        traffic.load(tools["load"], bot.port, path, 8, 60)
        listing = [tools["clusterbot"], "changes", "list", "--limit", str(PATTERN), "--json", "--config"]
        for _ in range(600):
            output = subprocess.run(
                [*listing, os.path.join(folder, "clusterbot.yaml")],
                env=programs.environment(), check=True, stdout=subprocess.PIPE, text=True,
            ).stdout
            if all(change["state"] == "succeeded" for change in json.loads(output)):
                return
            time.sleep(0.1)
    raise SystemExit("the changes of the pattern did not succeed within a minute")


def columns(db, table):
    return [row[1] for row in db.execute(f"pragma table_info({table})")]


def grow(path, size):
    """Repeats the rows of a store, with numbers and times of their own, until it holds so many changes. The history's
    chain is not made anew: none of these questions looks at it."""
    db = sqlite3.connect(path)
    db.execute("pragma synchronous = off")
    db.execute("pragma journal_mode = memory")
    db.execute("pragma cache_size = -400000")
    triggers = db.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
    for name, _ in triggers:
        db.execute(f'drop trigger "{name}"')
    entries = db.execute("select max(seq) from history").fetchone()[0]
    copies = size // PATTERN
    # What is copied lies in the past, the oldest a year ago, and has numbers behind those of the pattern.
    db.execute(
        "create temp table copy as with recursive n(k) as (select 1 union all select k + 1 from n where k < ?) "
        "select k, -(? - k) * ? / ? - 60000 as shift from n where k < ?",
        (copies, copies, YEAR, copies, copies),
    )
    shifted = {
        "change": {"id": f"id + k * {PATTERN}", "recorded_seq": f"recorded_seq + k * {entries}",
                   "ready_order": f"ready_order + k * {PATTERN}"},
        "intent": {"change": f"change + k * {PATTERN}"},
        "history": {"seq": f"seq + k * {entries}", "change": f"change + k * {PATTERN}"},
        "history_text": {"seq": f"seq + k * {entries}"},
        "post": {"id": "null", "change": f"change + k * {PATTERN}"},
        "delivery": {"key": "key || '/' || k"},
    }
    times = {"typed_at", "created_at", "updated_at", "started_at", "ended_at", "send_by", "lease_until", "at", "next_try"}
    for table, changed in shifted.items():
        names = columns(db, table)
        values = [changed.get(name, f"{name} + shift" if name in times else name) for name in names]
        where = f"where shift > {-DELIVERIES_KEPT}" if table == "delivery" else ""
        db.execute(
            f"insert into {table} ({', '.join(names)}) select {', '.join(values)} from copy, {table} {where} "
            f"order by k"
        )
    db.execute("update meta set value = value + ? where name = 'ready_order'", (size,))
    for _, sql in triggers:
        db.execute(sql)
    db.commit()
    assert db.execute("select count(*) from change").fetchone()[0] == size
    db.execute("pragma journal_mode = delete")
    db.close()
    # What was written without syncing would otherwise be paid for by the first who syncs.
    with open(path, "rb") as file:
        os.fsync(file.fileno())


def asked(tools, bot, folder, words, expected, count=400):
    """Milliseconds of a question in chat, one at a time: the median."""
    path = os.path.join(folder, "questions")
    traffic.write_commands(path, count, text=words)
    return traffic.load(tools["load"], bot.port, path, 1, 60, expected=expected)["p50"]


# Every second one asks for a change, every fifth leafs through the history.
MIXED = (
    "{cluster} sg add {number}", "history 50", "{cluster} sg add {number}", "{cluster} status",
    "{cluster} sg add {number}", "pending", "{cluster} sg add {number}", "{cluster} history 20",
    "{cluster} sg add {number}", "help",
)


def measure_mixed(tools, peer, folder, table):
    """At an even hundred a second, each measured from the moment it was due."""
    rate, seconds, size = 100, 20, 100_000
    with tempfile.TemporaryDirectory(dir=folder) as home:
        pattern(tools, home)
        grow(os.path.join(home, "clusterbot.db"), size)
        path = os.path.join(home, "commands")
        rounds = []
        # What waits for approval would pile up by thousands, as it does in no team, and `pending` lists all of it.
        with programs.clusterbot(tools["clusterbot"], peer, home, needs="none") as bot:
            for _ in range(4):
                traffic.write_commands(path, rate * seconds, MIXED)
                rounds.append(traffic.load(tools["load"], bot.port, path, 64, seconds, rate, expected="response_type"))
    # The first one warms up.
    p50, p99 = (Figure([one[part] for one in rounds[1:]]) for part in ("p50", "p99"))
    table.section(
        f"(h) changes, history, status, pending and help at {rate}/s with {size:,} stored changes, 3 rounds of {seconds} s, "
        "milliseconds from when each was due"
    )
    table.line("p50", p50.text(2))
    table.target("p99", p99.text(2), p99.median < 50, "< 50 ms")


def measure(tools, peer, folder, table):
    with tempfile.TemporaryDirectory(dir=folder) as home:
        pattern(tools, home)
        rows = {}
        for size in SIZES:
            place = os.path.join(home, str(size))
            os.mkdir(place)
            store = os.path.join(place, "clusterbot.db")
            shutil.copy(os.path.join(home, "clusterbot.db"), store)
            grow(store, size)
            for what, figure in figures(tools, peer, place).items():
                rows.setdefault(what, []).append(figure)
            shutil.rmtree(place)
    table.section(f"(g) with {', '.join(f'{size:,}' for size in SIZES)} stored changes (median of 5; the last beside the first)")
    for what, measured in rows.items():
        unit, found = measured[0][0], [figure for _, figure in measured]
        ratio = found[-1].median / found[0].median
        text = " ".join(f"{figure.median:.2f}" for figure in found)
        if unit == "MiB":
            table.line(f"{what}, {unit}", text)
        else:
            table.target(f"{what}, {unit}", text, ratio <= 1.5, f"last ≤ 1.5 × first, is {ratio:.2f} ×")


def figures(tools, peer, place):
    """By name: the unit, and what was measured in a store."""
    path = os.path.join(place, "commands")
    rounds = range(5)
    seconds = []
    for _ in rounds[1:]:
        with programs.clusterbot(tools["clusterbot"], peer, place, seconds=seconds):
            pass
    with programs.clusterbot(tools["clusterbot"], peer, place, seconds=seconds) as bot:
        # Some that are open, for `pending` to list.
        traffic.write_commands(path, 50)
        traffic.load(tools["load"], bot.port, path, 1, 60)
        found = {
            f"`{words}`": ("ms", Figure([asked(tools, bot, place, words, expected) for _ in rounds]))
            for words, expected in (("history 50", "History"), ("42 history 50", "History"), ("pending", "pen changes"))
        }
        times, costs = [], []
        for _ in rounds:
            traffic.write_commands(path, 1000)
            before = bot.cpu_seconds()
            times.append(traffic.load(tools["load"], bot.port, path, 1, 60)["p50"])
            costs.append((bot.cpu_seconds() - before) * 1e6 / 1000)
        found |= {"command, p50": ("ms", Figure(times)), "command, processor time": ("µs", Figure(costs))}
        listing = [tools["clusterbot"], "changes", "list", "--config", os.path.join(place, "clusterbot.yaml")]
        took = []
        for _ in range(9):
            begin = time.monotonic()
            subprocess.run(listing, env=programs.environment(), check=True, stdout=subprocess.DEVNULL)
            took.append((time.monotonic() - begin) * 1000)
        found["`clusterbot changes list`, whole process"] = ("ms", Figure(took))
        found["resident memory"] = ("MiB", Figure([bot.status("VmRSS") / 1024]))
    found["start-up"] = ("s", Figure(seconds))
    return found
