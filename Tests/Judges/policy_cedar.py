"""Cedar, a policy language of others with an engine of its own, as a judge of what both can say: who may do what on which
cluster, by groups, labels, channels, limits and values. What a change needs besides, Cedar cannot say."""

import cedarpy

import policy_reference
import policy_worlds

LISTS = policy_worlds.LISTS


def configuration(random):
    """A random configuration without what Cedar has no words for: rules that require, names with labels in them."""
    while True:
        made = policy_worlds.configuration(random)
        made["policy"] = [
            rule for rule in made["policy"] if "require" not in rule and "{" not in str(rule.get("who")) + str(rule.get("in"))
            and "{" not in str(rule.get("needs", {}) if isinstance(rule.get("needs"), str) else names(rule.get("needs")))
        ]
        # Cedar has no look-ups: its groups are those of the configuration.
        for group in made["groups"].values():
            group.pop("slack_usergroups", None)
        if made["policy"] and "{" not in str(names(made.get("approval_default"))):
            return made


def names(needs):
    return [entry["from"] for entry in (needs or {}).get("approvals", [])]


def quoted(text):
    return '"' + text + '"'


def condition(made, rule):
    """The rule's condition as an expression of Cedar."""
    people = []
    for word in rule["who"]:
        if word == "everyone":
            people.append("true")
        elif word.startswith("person:"):
            people.append(f"principal == Person::{quoted(word.removeprefix('person:'))}")
        else:
            people.append(f"principal in Group::{quoted(word)}")
    parts = [" || ".join(people)]
    chosen = rule.get("clusters", {})
    if chosen:
        # What concerns no cluster is in no rule about clusters.
        parts.append("resource is Cluster")
    if "ids" in chosen:
        parts.append(f"{chosen['ids']}.contains(resource.id)")
    if "names" in chosen:
        parts.append(" || ".join(f"resource.name like {quoted(pattern)}" for pattern in chosen["names"]))
    for label, value in chosen.get("labels", {}).items():
        parts.append(f"resource has {label} && resource.{label} == {quoted(value)}")
    if "in" in rule:
        places = [made["channels"][name] for name in rule["in"]]
        parts.append("context has channel && [" + ", ".join(map(quoted, places)) + "].contains(context.channel)")
    for field, most in rule.get("limits", {}).items():
        parts.append(f"!(context has {field}) || context.{field} <= {most}")
    for field, allowed in rule.get("values", {}).items():
        test = f"{allowed}.containsAll(context.{field})" if field in LISTS else f"{allowed}.contains(context.{field})"
        parts.append(f"!(context has {field}) || {test}")
    return " && ".join(f"({part})" for part in parts)


def policies(made):
    texts = ["@id(\"listed\") forbid(principal, action, resource) unless { principal is Person };"]
    for number, rule in enumerate(made["policy"]):
        words = rule["allow"] if "allow" in rule else rule["forbid"]
        rights = [right for right in policy_worlds.ACTIONS + policy_worlds.RIGHTS if policy_reference.covers(words, right)]
        actions = ", ".join(f"Action::{quoted(right)}" for right in rights)
        kind = "permit" if "allow" in rule else "forbid"
        texts.append(
            f"@id(\"{number}\") {kind}(principal, action in [{actions}], resource) when {{ {condition(made, rule)} }};"
        )
    return "\n".join(texts)


def entities(made):
    def entity(kind, name, parents=(), attributes=None):
        return {
            "uid": {"type": kind, "id": name},
            "attrs": attributes or {},
            "parents": [{"type": "Group", "id": parent} for parent in parents],
        }

    found = [
        entity("Group", name, [outer for outer, group in made["groups"].items() if name in group.get("groups", [])])
        for name in made["groups"]
    ]
    for person in made["people"]:
        name = person["name"]
        found.append(entity("Person", name, [group for group, entry in made["groups"].items() if name in entry["people"]]))
    for cluster in made["clusters"]:
        attributes = {"id": cluster["id"], "name": cluster["name"], **cluster.get("labels", {})}
        found.append(entity("Cluster", str(cluster["id"]), attributes=attributes))
    return found


def asked(made, request):
    person = policy_reference.person_of(made, request["as"])
    context = dict(request["parameters"])
    if request["in"] is not None:
        context["channel"] = request["in"]
    cluster = request["cluster"]
    return {
        "principal": {"type": "Person", "id": person} if person else {"type": "Stranger", "id": request["as"]},
        "action": {"type": "Action", "id": request["right"]},
        "resource": {"type": "Service", "id": "all"} if cluster is None else {"type": "Cluster", "id": str(cluster)},
        "context": context,
    }


def compare(made, requests, answer, tally, differ):
    # Everybody who is listed may read: no rule says so.
    pairs = [(one, found) for one, found in zip(requests, answer["answers"]) if one["right"] != "read"]
    results = cedarpy.is_authorized_batch([asked(made, one) for one, _ in pairs], policies(made), entities(made))
    for (request, found), result in zip(pairs, results, strict=True):
        if result.diagnostics.errors:
            raise SystemExit(f"Cedar does not understand: {result.diagnostics.errors}\n{policies(made)}")
        ours = sorted(permit["rule"] for permit in found["permits"])
        if result.allowed != bool(ours):
            differ(made, request, result.allowed, ours)
        if result.allowed:
            theirs = sorted(made["policy"][number(reason)]["name"] for reason in result.diagnostics.reasons)
            if theirs != ours:
                differ(made, request, theirs, ours)
        tally["in Cedar"] += 1


def number(reason):
    """The number of a rule among the rules, of the name that Cedar gives a policy: its place, behind the first."""
    return int(reason.removeprefix("policy")) - 1
