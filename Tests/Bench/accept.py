#!/usr/bin/env python3
"""Measures how fast clusterbot accepts signed slash commands durably, beside its bare health route: accept.py CLUSTERBOT.

Both are measured in one run, by the same generator, over loopback, in several rounds that alternate. The generator is
Python and bounds what can be seen: read the two columns against each other, not as what the service can do.
"""

import hashlib
import hmac
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

SECRET = "bench-signing-secret"
ROUNDS = 5
REQUESTS = 400
CONNECTIONS = (1, 8, 32)

CONFIGURATION = """
server: {listen: "127.0.0.1:0"}
store: sqlite:clusterbot.db
cluster_api: {base_url: "http://127.0.0.1:9/none", read_back: false}
projects: {p: {project_id: 1, location: Delhi, api_key: {env: NONE}, token: {env: NONE}}}
clusters: [{id: 42, name: bench, project: p}]
people: [{name: amy, accounts: ["slack:T0001/U0AMY"]}, {name: bob, accounts: ["slack:T0001/U0BOB"]}]
groups: {all: {people: [amy, bob]}, leads: {people: [bob]}}
policy: [{name: all, allow: [changes], who: [all], needs: {approvals: [{from: leads, count: 1}]}}]
chat:
  slack:
    app_id: A0001
    workspaces: {T0001: {}}
    signing_secrets: [{env: SIGNING}]
"""


def start(clusterbot, folder):
    path = os.path.join(folder, "clusterbot.yaml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(CONFIGURATION)
    os.chmod(path, 0o600)
    process = subprocess.Popen(
        [clusterbot, "serve", "--config", path],
        env=dict(os.environ, NONE="none", SIGNING=SECRET),
        stderr=subprocess.PIPE,
        text=True,
    )
    for line in process.stderr:
        if '"message":"listening"' in line:
            port = int(line.split('"address":"127.0.0.1:')[1].split('"')[0])
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return process, port
    sys.exit("clusterbot did not start")


def command(number):
    """A command that nobody has sent before: every one is a new change request."""
    fields = {
        "team_id": "T0001", "channel_id": "C0OPS", "channel_name": "ops", "user_id": "U0AMY", "user_name": "amy",
        "command": "/cluster", "text": f"42 sg add {number}", "api_app_id": "A0001", "trigger_id": f"bench.{number}",
    }
    body = urllib.parse.urlencode(fields)
    stamp = str(int(time.time()))
    mac = hmac.new(SECRET.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": "v0=" + mac,
    }
    return "POST", "/slack/commands", body, headers


def measure(port, requests, connections):
    """Requests a second, and the times of all in milliseconds."""
    times, failures = [], []

    def work(share):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        for method, path, body, headers in share:
            begin = time.perf_counter()
            connection.request(method, path, body, headers)
            reply = connection.getresponse()
            text = reply.read()
            times.append((time.perf_counter() - begin) * 1000)
            if reply.status != 200 or (method == "POST" and b"I am on it" not in text):
                failures.append((reply.status, text[:200]))
        connection.close()

    threads = [threading.Thread(target=work, args=(requests[i::connections],)) for i in range(connections)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        sys.exit(f"{len(failures)} requests failed, the first with {failures[0]}")
    return len(times) / (time.perf_counter() - begin), times


def main(clusterbot):
    with tempfile.TemporaryDirectory() as folder:
        process, port = start(clusterbot, folder)
        try:
            number = 0
            print(f"{'connections':>11}  {'what':<26}{'requests/s':>16}{'p50 ms':>9}{'p99 ms':>9}")
            for connections in CONNECTIONS:
                rows = {"durable command": [], "bare health route": []}
                for _ in range(ROUNDS):
                    commands = [command(number + i + 1) for i in range(REQUESTS)]
                    number += REQUESTS
                    rows["durable command"].append(measure(port, commands, connections))
                    rows["bare health route"].append(measure(port, [("GET", "/healthz", None, {})] * REQUESTS, connections))
                for what, rounds in rows.items():
                    rates = sorted(rate for rate, _ in rounds)
                    times = sorted(t for _, round_ in rounds for t in round_)
                    spread = f"{statistics.median(rates):.0f} ({rates[0]:.0f}–{rates[-1]:.0f})"
                    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
                    print(f"{connections:>11}  {what:<26}{spread:>16}{p50:>9.2f}{p99:>9.2f}")
        finally:
            process.terminate()
            process.wait(60)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
