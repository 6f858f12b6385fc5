#!/usr/bin/env python3
"""Measures clusterbot and what it is measured against, all in one run on one machine: bench.py CLUSTERBOT BARE_HUMMINGBIRD.

Everything stays on this machine's loopback, and every load ends by its count or its time. See the files beside this one
for what each section does.
"""

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time

import acceptance
import programs
import resources
import stored
from figures import Table


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = next(line.split(":")[1].strip() for line in file if line.startswith("model name"))
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} × {model}, {memory:.0f} GiB, Linux {platform.release()}; load before: {os.getloadavg()[0]:.1f}"


def require_tools():
    missing = [tool for tool in ("gcc", "go", "curl-config") if not shutil.which(tool)]
    missing += [name for name in ("slack_bolt", "uvicorn") if importlib.util.find_spec(name) is None]
    if not os.path.isdir("/usr/share/gocode/src/github.com/slack-go/slack"):
        missing.append("slack-go (Debian's golang-github-slack-go-slack-dev)")
    if missing:
        sys.exit(f"missing: {', '.join(missing)}. `make bench` installs what it needs.")


def main(clusterbot, bare, sections):
    require_tools()
    begin = time.monotonic()
    version = subprocess.run([clusterbot, "--version"], stdout=subprocess.PIPE, text=True, check=False).stdout.strip()
    table = Table()
    # Not in /tmp, which may be a disk in memory.
    with tempfile.TemporaryDirectory(dir=os.path.join(programs.HERE, "..", "..", ".build-image")) as folder:
        folder = os.path.realpath(folder)
        tempfile.tempdir = folder
        tools = programs.compiled(folder) | {"clusterbot": clusterbot, "bare": bare}
        print(f"clusterbot {version} on {machine()}")
        print("Medians, with the smallest and the largest in brackets. Generator, server and peers share the machine.")
        with programs.running([tools["peer"]]) as peer:
            if "a" in sections:
                acceptance.measure(tools, peer.port, folder, table)
                acceptance.measure_paced(tools, peer.port, folder, table)
            if "d" in sections:
                resources.measure_disk(folder, table)
            if "e" in sections:
                resources.measure_round_trips(tools, folder, table)
            if "f" in sections:
                resources.measure_memory(tools, peer.port, folder, table)
            if "g" in sections:
                stored.measure(tools, peer.port, folder, table)
            if "h" in sections:
                stored.measure_mixed(tools, peer.port, folder, table)
    print(f"\n{(time.monotonic() - begin) / 60:.1f} minutes. Targets not reached: {', '.join(table.missed) or 'none'}.")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "adefgh")
