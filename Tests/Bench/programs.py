"""Starts and ends what is measured: clusterbot, what it is measured against, and what stands in for its peers."""

import contextlib
import json
import os
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SECRET = "be4c4be4c4be4c4be4c4be4c4be4c4be"
FIRST_CLUSTER = 40
CLUSTERS = 4
# Nobody has thousands of open changes, as the one person would who asks for all of them.
PEOPLE = 200

CONFIGURATION = """
server: {{listen: "127.0.0.1:0"}}
store: sqlite:{store}
cluster_api: {{base_url: "http://127.0.0.1:{peer}/gpu"}}
projects: {{p: {{project_id: 1, location: Delhi, api_key: {{env: API_KEY}}, token: {{env: API_TOKEN}}}}}}
clusters: [{clusters}]
limits: {{open_changes: 1000000, requests_per_minute: 1000000}}
people: [{people}]
groups: {{team: {{people: [{names}]}}, leads: {{people: [p0, p1]}}}}
policy: [{{name: all, allow: [changes], who: [team], needs: {needs}}}]
chat:
  slack:
    app_id: A0001
    workspaces: {{T0001: {{bot_token: {{env: BOT_TOKEN}}}}}}
    signing_secrets: [{{env: SIGNING}}]
    api_url: "http://127.0.0.1:{peer}/api/"
"""

APPROVALS = "{approvals: [{from: leads, count: 1}]}"

# One answer of clusterbot to such a command; what the others answer too.
ANSWER = (
    '{"blocks":[{"text":{"text":"#4711 add security group 4711 to bench – I am on it.","type":"mrkdwn"},'
    '"type":"section"}],"response_type":"in_channel","text":"#4711 add security group 4711 to bench – I am on it."}'
)


class Program:
    """A process that listens on a port of this machine."""

    def __init__(self, process, port):
        self.process, self.port = process, port

    def status(self, name):
        """A field of /proc/PID/status in KiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(name + ":"))

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def environment(**more):
    return dict(os.environ, SIGNING=SECRET, API_KEY="key", API_TOKEN="token", BOT_TOKEN="xoxb-bench", **more)


@contextlib.contextmanager
def running(arguments, env=None, listening="listening on ", **more):
    """A program that prints where it listens; ended by SIGTERM."""
    process = subprocess.Popen(arguments, env=env, stdout=subprocess.PIPE, text=True, **more)
    try:
        for line in process.stdout:
            if listening in line:
                yield Program(process, int(line.split(listening)[1].split()[0].rstrip("/")))
                return
        raise SystemExit(f"{arguments[0]} did not start")
    finally:
        process.terminate()
        process.wait(60)


@contextlib.contextmanager
def clusterbot(executable, peer, folder=None, needs=APPROVALS, store="clusterbot.db", seconds=None):
    """The service on a store in a folder, between a simulated API and Slack. `seconds` is told how long it took to start."""
    with contextlib.ExitStack() as stack:
        folder = folder or stack.enter_context(tempfile.TemporaryDirectory())
        path = configuration(folder, peer, needs, store)
        begin = time.monotonic()
        log = os.path.join(folder, "log")
        with open(log, "w", encoding="utf-8") as file:
            process = subprocess.Popen([executable, "serve", "--config", path], env=environment(), stderr=file)
        try:
            address = listening(process, log)
            if seconds is not None:
                seconds.append(time.monotonic() - begin)
            yield Program(process, int(address.rsplit(":", 1)[1]))
        finally:
            process.terminate()
            if process.wait(60) != 0:
                raise SystemExit(f"clusterbot ended with {process.returncode}")


def listening(process, log):
    """Where it listens, as soon as its log says so."""
    while process.poll() is None:
        with open(log, encoding="utf-8") as file:
            for line in file:
                if line.endswith("\n") and '"message":"listening"' in line:
                    return json.loads(line)["address"]
        time.sleep(0.001)
    raise SystemExit("clusterbot did not start")


def configuration(folder, peer, needs=APPROVALS, store="clusterbot.db"):
    path = os.path.join(folder, "clusterbot.yaml")
    with open(path, "w", encoding="utf-8") as file:
        clusters = (f"{{id: {FIRST_CLUSTER + i}, name: bench-{i}, project: p}}" for i in range(CLUSTERS))
        people = (f'{{name: p{i}, accounts: ["slack:T0001/U{i:04d}"]}}' for i in range(PEOPLE))
        names = ", ".join(f"p{i}" for i in range(PEOPLE))
        fields = dict(clusters=", ".join(clusters), people=", ".join(people), names=names)
        file.write(CONFIGURATION.format(peer=peer, needs=needs, store=store, **fields))
    os.chmod(path, 0o600)
    return path


def compiled(folder):
    """The C programs and the Go program beside this file, compiled into a folder."""
    tools = {}
    for name, libraries in (("load", []), ("peer", []), ("bare_curl", ["-lcurl"])):
        tools[name] = os.path.join(folder, name)
        source = os.path.join(HERE, name + ".c")
        subprocess.run(
            ["gcc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-o", tools[name], source, *libraries], check=True
        )
    tools["slack_go"] = os.path.join(folder, "slack_go")
    subprocess.run(
        ["go", "build", "-o", tools["slack_go"], os.path.join(HERE, "slack_go.go")],
        env=dict(os.environ, GO111MODULE="off", GOPATH="/usr/share/gocode", GOCACHE=os.path.join(folder, "go-cache")),
        check=True,
    )
    return tools
