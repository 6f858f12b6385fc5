"""Compares decisions of the service's policy with the slow reference, over random configurations and requests.

policy_judge.py PROGRAM --requests N [--seed S] [--cedar]

PROGRAM reads a configuration and its requests on each line, and answers on a line. With --cedar, Cedar (cedarpy) judges what
both languages can say. Exit 0: they agree; 1: a difference, with the configuration and the request that show it.
"""

import argparse
import json
import random as randomness
import subprocess
import sys

import policy_reference as reference
import policy_worlds as worlds

REQUESTS_EACH = 40


def plain(permits):
    """Permits in a form and an order in which they can be compared."""
    shown = [[one["rule"], one["confirmation"], sorted(map(list, dict(one["approvals"]).items()))] for one in permits]
    return sorted(shown, key=json.dumps)


class Program:
    def __init__(self, path):
        self.process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, made, requests):
        self.process.stdin.write(json.dumps({"configuration": made, "requests": requests}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"the program ended ({self.process.wait()}) over {json.dumps(made)}")
        return json.loads(line)


def differ(made, what, ours, theirs):
    print(f"Difference: {json.dumps(what)}\n  the reference: {ours}\n  the service:   {theirs}\n  {json.dumps(made)}")
    sys.exit(1)


def compare(made, requests, answer, tally):
    broken = reference.is_broken(made)
    if broken != bool(answer["problems"]):
        differ(made, "is the configuration refused?", broken, answer["problems"])
    if broken:
        tally["refused configurations"] += 1
        return
    for request, found in zip(requests, answer["answers"], strict=True):
        permits = reference.permits(made, request)
        if plain(permits) != plain(found["permits"]):
            differ(made, request, plain(permits), plain(found["permits"]))
        for approvers, theirs in zip(request["approvers"], found["enough"], strict=True):
            ours = any(reference.enough(made, permit, request, approvers) for permit in permits)
            if ours != theirs:
                differ(made, [request, approvers], ours, theirs)
            tally["enough approvers" if ours else "too few approvers"] += 1
        tally["requests"] += 1
        tally["allowed" if permits else "refused"] += 1
        if permits and reference.person_of(made, request["as"]) is None:
            tally["of members whom nobody lists"] += 1
        if len(permits) > 1:
            tally["by several rules"] += 1
        if any(permit["approvals"] for permit in permits):
            tally["with approvals"] += 1


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--cedar", action="store_true")
    options = parser.parse_args()
    seed = options.seed if options.seed is not None else randomness.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    random = randomness.Random(seed)
    program = Program(options.program)
    tally = dict.fromkeys(
        ["requests", "allowed", "refused", "by several rules", "with approvals", "of members whom nobody lists", "enough approvers", "too few approvers",
         "refused configurations", "shuffled"], 0
    )
    if options.cedar:
        import policy_cedar
        make, check = policy_cedar.configuration, policy_cedar.compare
        tally["in Cedar"] = 0
    else:
        make, check = worlds.configuration, None
    while tally["requests"] < options.requests:
        made = make(random)
        members = worlds.members(random, made)
        requests = [worlds.request(random, made, members) for _ in range(REQUESTS_EACH)]
        answer = program.ask(made, requests)
        compare(made, requests, answer, tally)
        if check and not answer["problems"]:
            check(made, requests, answer, tally, differ)
        if random.random() < 0.25 and not answer["problems"]:
            # The order of rules never matters.
            shuffled = dict(made, policy=random.sample(made["policy"], len(made["policy"])))
            again = program.ask(shuffled, requests)
            for request, first, second in zip(requests, answer["answers"], again["answers"], strict=True):
                # Of several rules that forbid, the first is named.
                reasons = [one["reason"] for one in (first, second) if "forbids it" not in (one["reason"] or "")]
                if plain(first["permits"]) != plain(second["permits"]) or len(set(reasons)) > 1:
                    differ(made, ["shuffled", shuffled["policy"], request], first, second)
            tally["shuffled"] += 1
    print(", ".join(f"{count} {what}" for what, count in tally.items()))
    # Where something never comes, agreeing on it shows nothing.
    seen_elsewhere = ["refused configurations", "of members whom nobody lists"] if options.cedar else []
    missing = [what for what, count in tally.items() if count == 0 and what not in seen_elsewhere]
    if missing and options.requests >= 1000:
        sys.exit(f"never seen: {missing}")


if __name__ == "__main__":
    main()
