"""Whether every query of the alerts and of the dashboard names series, and labels of them, that the service has.

dashboard.py FOLDER METRICS

FOLDER holds alerts.yml and grafana-dashboard.json, METRICS is a reply of /metrics. The other way round, too: a series of the
service that neither of them looks at is named, and is a mistake unless it is in UNSEEN.
"""

import json
import re
import sys

# Series that need no watching.
UNSEEN = {"clusterbot_http_requests_total", "process_virtual_memory_bytes"}
# Words of PromQL, and what Prometheus itself adds.
WORDS = {"by", "le", "or", "and", "sum", "rate", "increase", "abs", "absent", "histogram_quantile", "up", "job"}


def series(text):
    """The series of /metrics: name → names of its labels."""
    found = {}
    for line in text.splitlines():
        # What has no value yet still has its help.
        if declared := re.match(r"# TYPE (\S+) (\S+)", line):
            name, kind = declared.groups()
            for full in [name + end for end in ("_bucket", "_sum", "_count")] if kind == "histogram" else [name]:
                found.setdefault(full, set())
        elif sample := re.match(r"(\w+)(?:\{(.*)\})? ", line):
            found.setdefault(sample[1], set()).update(re.findall(r'(\w+)="', sample[2] or ""))
    return found


def queries(folder):
    """Every query with the labels that its legend names."""
    with open(f"{folder}/alerts.yml", encoding="utf-8") as file:
        text = file.read()
    parts = re.split(r"- alert: ", text)[1:]
    assert parts
    for part in parts:
        yield re.search(r"expr: (.*)", part)[1], set(re.findall(r"\$labels\.(\w+)", part))
    with open(f"{folder}/grafana-dashboard.json", encoding="utf-8") as file:
        for panel in json.load(file)["panels"]:
            assert panel["targets"], panel["title"]
            for target in panel["targets"]:
                yield target["expr"], set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))


def main(folder, metrics):
    with open(metrics, encoding="utf-8") as file:
        there = series(file.read())
    wrong, seen = [], set()
    for query, legend in queries(folder):
        # Between quotation marks and brackets stand values and times.
        bare = re.sub(r'"[^"]*"|\[[^\]]*\]', "", query)
        names = {word for word in re.findall(r"[a-z_]\w*", bare) if word.startswith(("clusterbot_", "process_"))}
        if not names and "up{" not in query:
            wrong.append(f"no series in: {query}")
        labels = {word for word in re.findall(r"[a-z_]\w*", bare)} - names - WORDS | legend
        for name in names:
            if name not in there:
                wrong.append(f"{name} does not exist: {query}")
                continue
            seen.add(re.sub(r"_(bucket|sum|count)$", "", name))
            missing = labels - there[name]
            if missing:
                wrong.append(f"{name} has no label {missing}: {query}")
    plain = {re.sub(r"_(bucket|sum|count)$", "", name) for name in there}
    wrong += [f"nobody looks at {name}" for name in sorted(plain - seen - UNSEEN)]
    if wrong:
        sys.exit("\n".join(wrong))
    print(f"{len(list(queries(folder)))} queries, {len(seen)} series: all are there")


if __name__ == "__main__":
    main(*sys.argv[1:])
