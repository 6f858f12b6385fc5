"""(d)–(f): the disk, the whole way of a command, memory and start-up."""

import os
import subprocess
import tempfile
import time

import programs
import traffic
from figures import Figure, percentile

CHANGES = 100_000


def measure_disk(folder, table):
    """What one commit a sync could reach at most: 4 KiB appended and synced, again and again."""
    rates = []
    for _ in range(5):
        with tempfile.TemporaryFile(dir=folder, buffering=0) as file:
            count, end = 0, time.monotonic() + 1
            while time.monotonic() < end:
                file.write(bytes(4096))
                os.fdatasync(file.fileno())
                count += 1
            rates.append(count)
    table.section("(d) the disk: 4 KiB appended and synced, 5 rounds of 1 s")
    table.line("syncs/s", Figure(rates).text())


def lines(output):
    return [float(line) for line in output.split()]


def measure_round_trips(tools, folder, table):
    """From a command typed to its result posted; nobody has to agree, and no two in one channel within a second."""
    rounds, count = 5, 200
    whole, calls = [], []
    path = os.path.join(folder, "commands")
    for number in range(rounds):
        traffic.write_commands(path, count, channels=count)
        peer = subprocess.Popen([tools["peer"], path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            port = int(peer.stdout.readline().split()[-1])
            with programs.clusterbot(tools["clusterbot"], port, needs="none") as bot:
                output, _ = peer.communicate(f"{bot.port}\n", timeout=120)
        finally:
            peer.kill()
        if peer.returncode != 0:
            raise SystemExit("the simulated peers ended early")
        # The first ones open connections and warm up.
        whole.append(lines(output)[20:])
        with programs.running([tools["peer"]]) as server:
            call = [tools["bare_curl"], str(server.port), str(count)]
            calls.append(lines(subprocess.run(call, check=True, stdout=subprocess.PIPE, text=True).stdout)[20:])
    trips = Figure([percentile(times, 0.5) for times in whole])
    bare = Figure([percentile(times, 0.5) for times in calls])
    overhead = Figure([trip - call for trip, call in zip(
        (percentile(times, 0.5) for times in whole), (percentile(times, 0.5) for times in calls))])
    table.section(f"(e) one command at a time, {rounds} rounds of {count}, milliseconds (median of each round)")
    table.line("command to result in the channel, p50", trips.text(2))
    table.line("p99", Figure([percentile(times, 0.99) for times in whole]).text(2))
    table.line("a bare libcurl call of the same PUT, p50", bare.text(2))
    table.target("overhead, p50", overhead.text(2), overhead.median < 5, "< 5 ms")
    table.line("", "", "within it: 5 syncs (4 commits and the marker), 1 read of the cluster, 2 calls of Slack")


def start(tools, peer, folder):
    """Seconds from exec to listening on the store in a folder, several times."""
    seconds = []
    for _ in range(5):
        with programs.clusterbot(tools["clusterbot"], peer, folder, seconds=seconds):
            pass
    return Figure(seconds)


def measure_memory(tools, peer, folder, table):
    path = os.path.join(folder, "commands")
    with tempfile.TemporaryDirectory(dir=folder) as home:
        empty = start(tools, peer, home)
        with programs.clusterbot(tools["clusterbot"], peer, home) as bot:
            time.sleep(2)
            idle = bot.status("VmRSS") / 1024
            made, busy = 0, []
            begin = time.monotonic()
            while made < CHANGES:
                traffic.write_commands(path, min(25_000, CHANGES - made))
                made += traffic.load(tools["load"], bot.port, path, 256, 60)["answered"]
                busy.append(bot.status("VmRSS") / 1024)
            seconds = time.monotonic() - begin
            time.sleep(5)
            after, peak = bot.status("VmRSS") / 1024, bot.status("VmHWM") / 1024
        full = start(tools, peer, home)
        size = os.path.getsize(os.path.join(home, "clusterbot.db")) / 2**20
    table.section(f"(f) resident memory in MiB, and start-up (exec to listening) in seconds, 5 starts each")
    table.target("idle, empty store", f"{idle:.0f}", idle < 64, "< 64 MiB")
    table.line("under load, 256 connections", Figure(busy).text())
    table.target(
        f"after {CHANGES:,} changes, all still open", f"{after:.0f}", after < 128, "< 128 MiB"
    )
    table.line("peak", f"{peak:.0f}", f"{CHANGES:,} changes took {seconds:.0f} s; the store has {size:.0f} MiB")
    table.target("start-up, empty store", empty.text(3), empty.values[-1] < 1, "< 1 s")
    table.target(f"start-up, {CHANGES:,} open changes", full.text(3), full.values[-1] < 1, "< 1 s")
