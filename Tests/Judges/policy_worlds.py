"""Random configurations and requests. Much is left out of each, so that all combinations of keys come."""

import policy_reference

ACTIONS = policy_reference.ACTIONS
FIELDS = {
    "update_ssh_keys": "ssh_key_ids", "update_image": "image_version_id", "scale_cluster": "additional_nodes",
    "attach_ip": "reserved_ip_id", "detach_ip": "reserved_ip_id", "add_security_group": "security_groups_ids",
    "remove_security_group": "security_group_id",
}
LISTS = ("ssh_key_ids", "security_groups_ids")
RIGHTS = ["resolve", "release", "lock", "freeze", "read"]
PEOPLE = ["amy", "bob", "carl", "dora", "eve", "finn"]
GROUPS = ["vision", "nlp", "vision-leads", "nlp-leads", "dev-vision", "prod-nlp", "engineers", "leads"]
TEMPLATES = ["{team}", "{team}-leads", "{env}-{team}"]
CHANNELS = {
    "ops": "slack:T0001/C0OPS", "vision-ops": "slack:T0001/C0VIS", "nlp-ops": "slack:T0001/C0NLP",
}
USER_GROUPS = ["T0001/S0ONE", "T0001/S0TWO"]
VALUES = {"env": ["dev", "prod"], "team": ["vision", "nlp"]}


def account(name):
    return f"slack:T0001/U0{name.upper()}"


def some(random, choices, most):
    return random.sample(choices, random.randint(1, min(most, len(choices))))


def approvals(random, groups, templates):
    names = groups + (TEMPLATES if templates else [])
    entries = []
    for name in some(random, names, 2):
        entry = {"from": name}
        if random.random() < 0.4:
            entry["count"] = random.randint(1, 2)
        entries.append(entry)
    if random.random() < 0.1:
        entries.append(dict(entries[0]))
    return {"approvals": entries}


def selector(random, clusters, labels):
    chosen = {}
    if random.random() < 0.3:
        chosen["ids"] = some(random, [cluster["id"] for cluster in clusters], 2)
    if random.random() < 0.3:
        chosen["names"] = some(random, [cluster["name"] for cluster in clusters] + ["dev-*", "*-1", "*"], 2)
    if labels and (random.random() < 0.6 or not chosen):
        label = random.choice(sorted(labels))
        chosen["labels"] = {label: random.choice(sorted(labels[label]))}
    return chosen


def rule(random, number, world):
    kind = random.choices(["allow", "forbid", "require"], [6, 2, 2])[0]
    made = {"name": f"rule {number}"}
    templates = world["templates"] and random.random() < 0.5
    if kind == "require":
        made["require"] = approvals(random, world["groups"], templates)
        actions = some(random, ACTIONS, 4)
        if random.random() < 0.7:
            made["actions"] = actions
        else:
            actions = ACTIONS
    else:
        words = ["changes"] if random.random() < 0.4 else some(random, ACTIONS + RIGHTS, 4)
        made[kind] = words
        actions = [action for action in ACTIONS if policy_reference.covers(words, action)]
    if kind != "require" or random.random() < 0.5:
        people = [f"person:{name}" for name in world["people"]]
        made["who"] = some(random, world["groups"] + people + ["everyone"] + (TEMPLATES if templates else []), 3)
    if random.random() < 0.5:
        chosen = selector(random, world["clusters"], world["labels"])
        if chosen:
            made["clusters"] = chosen
    if kind == "require":
        return made
    if random.random() < 0.3:
        made["in"] = some(random, list(CHANNELS) + (["{team}-ops"] if templates else []), 2)
    fields = sorted({FIELDS[action] for action in actions if action in FIELDS})
    if fields and random.random() < 0.3:
        amounts = [field for field in fields if field not in LISTS]
        if amounts:
            made["limits"] = {random.choice(amounts): random.randint(1, 5)}
    if fields and random.random() < 0.3:
        made["values"] = {random.choice(fields): sorted(some(random, [1, 2, 3, 4, 5], 3))}
    if kind == "allow" and random.random() < 0.6:
        made["needs"] = random.choice(["none", "confirmation", approvals(random, world["groups"], templates)])
    return made


def configuration(random):
    people = PEOPLE[: random.randint(2, len(PEOPLE))]
    declared = random.random() < 0.7
    clusters = []
    for number in range(random.randint(1, 4)):
        labels = {label: random.choice(values) for label, values in VALUES.items()}
        if not declared:
            labels = {label: value for label, value in labels.items() if random.random() < 0.85}
        cluster = {"id": 40 + number, "name": f"{random.choice(['dev', 'prod'])}-{number}", "project": "p"}
        if labels:
            cluster["labels"] = labels
        clusters.append(cluster)
    groups = {}
    for name in random.sample(GROUPS, random.randint(3, len(GROUPS))):
        groups[name] = {"people": some(random, people, len(people))}
        if groups and random.random() < 0.2:
            inner = [other for other in groups if other != name]
            if inner:
                groups[name]["groups"] = [random.choice(inner)]
        if random.random() < 0.05:
            groups[name]["people"] = []
        if random.random() < 0.2:
            groups[name]["slack_usergroups"] = some(random, USER_GROUPS, 2)
    used = {}
    for cluster in clusters:
        for label, value in cluster.get("labels", {}).items():
            used.setdefault(label, set()).add(value)
    world = {
        "people": people, "groups": sorted(groups), "clusters": clusters, "labels": VALUES if declared else used,
        # A label that no cluster has is another mistake, which is not looked for here.
        "templates": set(used) == set(VALUES) and random.random() < 0.6,
    }
    made = {
        "server": {"listen": "127.0.0.1:8080"},
        "store": "sqlite:data/clusterbot.db",
        "cluster_api": {"base_url": "https://api.example.com"},
        "projects": {"p": {"project_id": 1, "location": "Delhi", "api_key": {"env": "K"}, "token": {"env": "T"}}},
        "clusters": clusters,
        "people": [{"name": name, "accounts": [account(name)]} for name in people],
        "groups": groups,
        "channels": CHANNELS,
        "chat": {
            "slack": {
                "app_id": "A0001", "workspaces": {"T0001": {"bot_token": {"env": "B"}}},
                "signing_secrets": [{"env": "S"}],
            }
        },
        "policy": [rule(random, number, world) for number in range(random.randint(1, 7))],
    }
    if declared:
        made["labels"] = VALUES
    if random.random() < 0.3:
        made["destructive"] = some(random, ACTIONS, 5)
    if random.random() < 0.9:
        made["approval_default"] = approvals(random, world["groups"], world["templates"] and random.random() < 0.3)
    return made


def members(random, made):
    """Who is in each user group: people who are listed, and strangers."""
    accounts = [account(person["name"]) for person in made["people"]] + [account("stranger")]
    return {name: some(random, accounts, 3) for name in USER_GROUPS}


def request(random, made, members):
    right = random.choice(ACTIONS) if random.random() < 0.8 else random.choice(RIGHTS)
    parameters = {}
    field = FIELDS.get(right)
    if field and random.random() < 0.9:
        numbers = some(random, [1, 2, 3, 4, 5, 6], 3)
        parameters[field] = numbers if field in LISTS else numbers[0]
    cluster = random.choice(made["clusters"])["id"]
    if right == "release" or right == "read" and random.random() < 0.3:
        cluster = None
    names = [person["name"] for person in made["people"]]
    return {
        "as": account("stranger") if random.random() < 0.1 else account(random.choice(names)),
        "in": random.choice(list(CHANNELS.values()) + ["slack:T0001/C0ELSE", None]),
        "right": right,
        "cluster": cluster,
        "parameters": parameters,
        "members": members,
        "approvers": [some(random, names, 4) for _ in range(3)],
    }
