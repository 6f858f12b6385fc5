"""(a)–(c): how fast commands are accepted durably, beside servers that store nothing."""

import contextlib
import os
import socket
import sys
import time

import programs
import traffic
from figures import Figure

CONNECTIONS = (1, 32, 256)
ROUNDS = 5
BOLT = "Bolt for Python, 2 workers"
SECONDS = 2
# More than any of them answers in a round, so that the time ends it.
PREPARED = {1: 30_000, 32: 60_000, 256: 60_000}


@contextlib.contextmanager
def bolt(folder, *options):
    """Bolt for Python behind uvicorn with two workers."""
    answer = os.path.join(folder, "answer.json")
    with open(answer, "w", encoding="utf-8") as file:
        file.write(programs.ANSWER)
    arguments = [
        sys.executable, "-m", "uvicorn", "slack_bolt_app:api", "--workers", "2", "--port", "0", "--no-access-log",
        "--app-dir", programs.HERE, *options,
    ]
    # It says on standard error where it listens.
    with programs.running(
        ["sh", "-c", 'exec "$@" 2>&1', "sh", *arguments], programs.environment(ANSWER=answer), "127.0.0.1:"
    ) as server:
        # It names its port before its workers listen there.
        for _ in range(100):
            with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", server.port)):
                break
            time.sleep(0.1)
        yield server


def measure(tools, peer, folder, table):
    """Every round asks each server once, so that what else the machine does meets all of them."""
    with contextlib.ExitStack() as stack:
        servers = {
            "clusterbot, durable": stack.enter_context(programs.clusterbot(tools["clusterbot"], peer)),
            "bare Hummingbird": stack.enter_context(programs.running([tools["bare"], programs.ANSWER])),
            # As `pip install uvicorn` runs it, and with the faster parts that can be installed beside it.
            BOLT: stack.enter_context(bolt(folder, "--loop", "asyncio", "--http", "h11")),
            "Bolt, with uvloop and httptools": stack.enter_context(
                bolt(folder, "--loop", "uvloop", "--http", "httptools")
            ),
            "slack-go": stack.enter_context(
                programs.running([tools["slack_go"], os.path.join(folder, "answer.json")], programs.environment())
            ),
        }
        path = os.path.join(folder, "commands")
        medians = {}
        for connections in CONNECTIONS:
            results = {name: [] for name in servers}
            for _ in range(ROUNDS):
                for name, server in servers.items():
                    traffic.write_commands(path, PREPARED[connections])
                    results[name].append(traffic.load(tools["load"], server.port, path, connections, SECONDS))
            table.section(f"(a)–(c) requests/s over {connections} connections, {ROUNDS} rounds of {SECONDS} s in turns")
            for name, rounds in results.items():
                rate = Figure([one["rate"] for one in rounds])
                p50, p99 = (Figure([one[part] for one in rounds]).median for part in ("p50", "p99"))
                table.line(name, rate.text(), f"p50 {p50:.2f} ms, p99 {p99:.2f} ms")
                medians[name, connections] = rate.median
    compare(medians, table)


def compare(medians, table):
    table.section("(a) beside the others, medians")
    own = {connections: medians["clusterbot, durable", connections] for connections in CONNECTIONS}
    for connections in CONNECTIONS:
        share = own[connections] / medians["bare Hummingbird", connections]
        what = f"of bare Hummingbird at {connections}"
        if connections == 256:
            table.target(what, f"{share:.0%}", share >= 0.5, "≥ 50%")
        else:
            table.line(what, f"{share:.0%}")
    for connections in CONNECTIONS:
        times = own[connections] / medians[BOLT, connections]
        what = f"times Bolt at {connections}"
        if connections == 1:
            table.line(what, f"{times:.1f}")
        else:
            table.target(what, f"{times:.1f}", times >= 5, "≥ 5")
    for connections in CONNECTIONS:
        share = own[connections] / medians["slack-go", connections]
        table.line(f"of slack-go, which stores nothing, at {connections}", f"{share:.0%}", "as near as it will go")


def measure_paced(tools, peer, folder, table):
    """At an even thousand a second, each measured from the moment it was due."""
    rate, seconds, connections = 1000, 10, 64
    path = os.path.join(folder, "commands")
    with programs.clusterbot(tools["clusterbot"], peer) as bot:
        rounds = []
        for _ in range(4):
            traffic.write_commands(path, rate * seconds)
            rounds.append(traffic.load(tools["load"], bot.port, path, connections, seconds, rate))
    # The first one warms up.
    p50, p99 = (Figure([one[part] for one in rounds[1:]]) for part in ("p50", "p99"))
    table.section(f"(a) at {rate:,} requests/s, 3 rounds of {seconds} s, milliseconds from when each was due")
    table.line("p50", p50.text(2))
    table.target("p99", p99.text(2), p99.median < 25, "< 25 ms")
