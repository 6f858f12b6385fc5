"""The policy a second time: slow, simple, and written from what the handbook promises, not from the service's sources.

`permits(configuration, request)` gives every allow rule that fits a request with what it needs, in no order;
`enough(configuration, permit, request, approvers)` says whether those who approved are enough for it;
`is_broken(configuration)` says whether the configuration must be refused.
`configuration` has the shape of the YAML file, `request` is a dictionary: `as` (an account), `in` (a channel or None), `right`,
`cluster` (an id or None), `parameters`, `members` (the accounts in each user group of the chat platform).
"""

import fnmatch
import itertools
import re

ACTIONS = [
    "update_ssh_keys", "update_image", "restart_workers", "restart_cluster", "scale_cluster",
    "attach_ip", "detach_ip", "add_security_group", "remove_security_group",
]
DESTRUCTIVE = [
    "restart_workers", "restart_cluster", "update_image", "update_ssh_keys", "detach_ip", "remove_security_group",
]
TEMPLATE = re.compile(r"\{([^{}]*)\}")


def person_of(configuration, account):
    """The name of the person who lists the account, or None."""
    for person in configuration["people"]:
        if account in person["accounts"]:
            return person["name"]
    return None


def people_in(configuration, group):
    """All who are in a group by the configuration alone, groups in groups included."""
    entry = configuration["groups"][group]
    names = set(entry.get("people", []))
    for inner in entry.get("groups", []):
        names |= people_in(configuration, inner)
    return names


def user_groups_in(configuration, group):
    """The user groups of a group, groups in groups included."""
    entry = configuration["groups"][group]
    names = set(entry.get("slack_usergroups", []))
    for inner in entry.get("groups", []):
        names |= user_groups_in(configuration, inner)
    return names


def accounts_in(configuration, group, members):
    """All accounts in the user groups of a group."""
    return {account for name in user_groups_in(configuration, group) for account in members.get(name, [])}


def accounts_of(configuration, account):
    """The accounts of whoever acts by an account: all of a person's, or that one."""
    for person in configuration["people"]:
        if account in person["accounts"]:
            return set(person["accounts"])
    return {account}


def is_in(configuration, group, account, members):
    """Whether whoever acts is in a group: listed there, or by one of their accounts in a user group."""
    if person_of(configuration, account) in people_in(configuration, group):
        return True
    return bool(accounts_in(configuration, group, members) & accounts_of(configuration, account))


def is_known(configuration, account, members):
    """Whether somebody is listed, or in a user group that the configuration names. Nobody else may do or read anything."""
    return person_of(configuration, account) is not None or any(
        account in accounts_in(configuration, group, members) for group in configuration["groups"]
    )


def approvers_in(configuration, group, members):
    """The people who count as approvers of a group: only those who are listed under `people`."""
    found = accounts_in(configuration, group, members)
    listed = {person["name"] for person in configuration["people"] if found & set(person["accounts"])}
    return people_in(configuration, group) | listed


def filled(name, cluster):
    """A name with each {label} replaced by the cluster's value of it; None where that cannot be."""
    labels = cluster.get("labels", {}) if cluster else {}
    if any(label not in labels for label in TEMPLATE.findall(name)):
        return None
    return TEMPLATE.sub(lambda found: labels[found.group(1)], name)


def cluster_of(configuration, request):
    for cluster in configuration["clusters"]:
        if cluster["id"] == request["cluster"]:
            return cluster
    return None


def who_fits(configuration, rule, request, cluster):
    if "who" not in rule:
        return True
    for word in rule["who"]:
        if word == "everyone":
            return True
        if word.startswith("person:"):
            if person_of(configuration, request["as"]) == word.removeprefix("person:"):
                return True
        else:
            group = filled(word, cluster)
            if group in configuration["groups"] and is_in(configuration, group, request["as"], request["members"]):
                return True
    return False


def cluster_fits(rule, cluster):
    chosen = rule.get("clusters")
    if chosen is None:
        return True
    if cluster is None:
        return False
    if "ids" in chosen and cluster["id"] not in chosen["ids"]:
        return False
    if "names" in chosen and not any(fnmatch.fnmatchcase(cluster["name"], pattern) for pattern in chosen["names"]):
        return False
    return all(cluster.get("labels", {}).get(label) == value for label, value in chosen.get("labels", {}).items())


def channel_fits(configuration, rule, request, cluster):
    if "in" not in rule:
        return True
    places = [filled(name, cluster) for name in rule["in"]]
    return request["in"] is not None and request["in"] in [configuration["channels"].get(name, name) for name in places]


def amounts_fit(rule, request):
    """Limits and values, for the parameters that the request has."""
    for field, most in rule.get("limits", {}).items():
        if field in request["parameters"] and request["parameters"][field] > most:
            return False
    for field, allowed in rule.get("values", {}).items():
        if field in request["parameters"]:
            given = request["parameters"][field]
            for element in given if isinstance(given, list) else [given]:
                if element not in allowed:
                    return False
    return True


def covers(words, right):
    return right in words or ("changes" in words and right in ACTIONS)


def fits(configuration, rule, words, request, cluster):
    return (
        covers(words, request["right"])
        and who_fits(configuration, rule, request, cluster)
        and cluster_fits(rule, cluster)
        and channel_fits(configuration, rule, request, cluster)
        and amounts_fit(rule, request)
    )


def own_needs(configuration, rule, right):
    if right not in ACTIONS:
        return "none"
    if "needs" in rule:
        return rule["needs"]
    if right in configuration.get("destructive", DESTRUCTIVE):
        return configuration["approval_default"]
    return "confirmation" if right in ("scale_cluster", "attach_ip") else "none"


def seats(approvals, cluster):
    """How many people of each group are asked, as a dictionary."""
    asked = {}
    for entry in approvals["approvals"]:
        group = filled(entry["from"], cluster)
        asked[group] = asked.get(group, 0) + entry.get("count", 1)
    return asked


def permits(configuration, request):
    """Every way in which the request is allowed: {rule, confirmation, approvals: {group: count}}; none: it is refused."""
    cluster = cluster_of(configuration, request)
    policy = configuration["policy"]
    if not is_known(configuration, request["as"], request["members"]):
        return []
    for rule in policy:
        if "forbid" in rule and fits(configuration, rule, rule["forbid"], request, cluster):
            return []
    if request["right"] == "read":
        return [{"rule": None, "confirmation": False, "approvals": {}}]
    floors = [
        seats(rule["require"], cluster) for rule in policy
        if "require" in rule and fits(configuration, rule, rule.get("actions", ["changes"]), request, cluster)
    ]
    found = []
    for rule in policy:
        if "allow" not in rule or not fits(configuration, rule, rule["allow"], request, cluster):
            continue
        needs = own_needs(configuration, rule, request["right"])
        asked = seats(needs, cluster) if isinstance(needs, dict) else {}
        for floor in floors:
            for group, count in floor.items():
                asked[group] = max(asked.get(group, 0), count)
        # Whoever needs other people's word need not give their own.
        confirmation = needs == "confirmation" and not asked
        found.append({"rule": rule["name"], "confirmation": confirmation, "approvals": asked})
    return found


def can_fill(configuration, asked, people, members):
    """Whether these people can take the seats, each one of them; by trying all ways."""
    places = [group for group, count in asked.items() for _ in range(count)]
    if len(people) < len(places):
        return False
    return any(
        all(name in approvers_in(configuration, group, members) for name, group in zip(order, places))
        for order in itertools.permutations(people, len(places))
    )


def enough(configuration, permit, request, approvers):
    """Whether these people are enough: nobody sits on two seats, and the requester on none."""
    asker = person_of(configuration, request["as"])
    able = sorted(name for name in approvers if name != asker)
    return not permit["confirmation"] and can_fill(configuration, permit["approvals"], able, request["members"])


def names_of(rule):
    """All names of groups and of channels in a rule, templates as they are written."""
    groups = [word for word in rule.get("who", []) if word != "everyone" and not word.startswith("person:")]
    for needs in (rule.get("needs"), rule.get("require")):
        if isinstance(needs, dict):
            groups += [entry["from"] for entry in needs["approvals"]]
    return groups, [name for name in rule.get("in", []) if ":" not in name]


def is_broken(configuration):
    """Whether the configuration must be refused, as far as templates, labels and the numbers of approvers go."""
    clusters = configuration["clusters"]
    everybody = [person["name"] for person in configuration["people"]]
    # Anybody may come into a user group.
    accounts = [account for person in configuration["people"] for account in person["accounts"]]
    perhaps = {name: accounts for group in configuration["groups"] for name in user_groups_in(configuration, group)}

    def never(approvals, chosen):
        # A rule that selects no cluster is looked at as it stands, but for names that no cluster fills.
        for cluster in chosen or [None]:
            asked = seats(approvals, cluster)
            if cluster is None:
                asked.pop(None, None)
            if None in asked or any(group not in configuration["groups"] for group in asked):
                return True
            if not can_fill(configuration, asked, everybody, perhaps):
                return True
        return False

    destructive = configuration.get("destructive", DESTRUCTIVE)
    default = configuration.get("approval_default")
    if default is not None and never(default, clusters):
        return True
    for rule in configuration["policy"]:
        chosen = [cluster for cluster in clusters if cluster_fits(rule, cluster)]
        if "allow" not in rule:
            for label in rule.get("clusters", {}).get("labels", {}):
                if any(label not in cluster.get("labels", {}) for cluster in clusters):
                    return True
        groups, channels = names_of(rule)
        for names, known in ((groups, configuration["groups"]), (channels, configuration["channels"])):
            if any(filled(name, cluster) not in known for name in names for cluster in chosen):
                return True
        for needs in (rule.get("needs"), rule.get("require")):
            if isinstance(needs, dict) and never(needs, chosen):
                return True
        if "allow" in rule and "needs" not in rule and default is None:
            if any(covers(rule["allow"], action) for action in destructive):
                return True
    return False
