#!/usr/bin/env python3
"""The figures of `make torture`: runs and failures of each crash point, and what they say about the rate of failure.

    torture_figures.py RESULTS.jsonl

Exit code 1 if a run failed or none was made.
"""

import collections
import json
import statistics
import sys


def main():
    runs = collections.defaultdict(list)
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            run = json.loads(line)
            runs[run["point"]].append(run)
    failed = [run for point in sorted(runs) for run in runs[point] if run["problems"]]
    count = sum(map(len, runs.values()))
    print(f"{'point':6} {'runs':>5} {'failed':>6} {'deaths':>6} {'requests':>8} {'median s':>8}")
    for point in sorted(runs):
        mine = runs[point]
        facts = [run["facts"] or {} for run in mine]
        print(
            f"{point:6} {len(mine):5} {sum(bool(run['problems']) for run in mine):6}"
            f" {sum(len(fact.get('deaths', [])) for fact in facts):6} {sum(fact.get('requests', 0) for fact in facts):8}"
            f" {statistics.median(run['seconds'] for run in mine):8.1f}"
        )
    for run in failed:
        print(f"\n{run['point']} run {run['run']}, {run['way']}, {run['asks']}, {run['faults']}:")
        for problem in run["problems"]:
            print(f"    {problem}")
    print()
    if failed:
        print(f"{len(failed)} failures in {count} runs.")
    elif count:
        print(f"0 failures in {count} runs: the rate of failure is below {300 / count:.3g} % at 95 % (rule of three, 3/n).")
    sys.exit(1 if failed or not count else 0)


if __name__ == "__main__":
    main()
