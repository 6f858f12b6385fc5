extension BrokenConfiguration {
    /// Mistakes in names with `{label}`. The fixture has the label `env` with `dev` and `prod`, and the groups `leads` and
    /// `engineers`.
    static let templates: [Self] = [
        teams("who: [¦\"{env}\"]", "becomes `prod` on `prod-train`, which is not one of `groups`"),
        teams("who: [engineers, ¦\"{env}-leads\"]", "becomes `prod-leads` on `prod-train`"),
        teams("who: [¦\"{team}\"]", "no cluster has a label `team`; there is `env`"),
        teams("who: [¦\"{envv}\"]", "did you mean `env`?"),
        teams("who: [¦\"{Env}\"]", "did you mean `env`?"),
        teams("who: [¦\"{env}-{team}\"]", "no cluster has a label `team`"),
        teams("who: [¦\"{env\"]", "stand around a label's name"),
        teams("who: [¦\"env}\"]", "stand around a label's name"),
        teams("who: [¦\"{}\"]", "stand around a label's name"),
        teams("who: [¦\"{{env}}\"]", "stand around a label's name"),
        teams("who: [¦\"{env}}\"]", "stand around a label's name"),
        teams("who: [¦\"{ env }\"]", "stand around a label's name"),
        teams("who: [¦{env}]", "needs quotes, because braces are a table in YAML; write `\"{env}\"`"),
        teams("who: [¦\"person:{env}\"]", "a label never stands for a person"),
        teams("who: [¦\"person:{env\"]", "a label never stands for a person"),
        teams("who: ¦\"{env}\"", "must be a list"),
        teams("who: [engineers], in: [¦\"{env}\"]", "becomes `prod` on `prod-train`, which is not one of `channels`"),
        teams("who: [engineers], in: [¦\"{env}-ops\"]", "there is `ops`"),
        teams("who: [engineers], in: [ops, ¦\"{team}\"]", "no cluster has a label `team`"),
        teams("who: [engineers], in: [¦{env}]", "needs quotes"),
        teams("who: [engineers], in: [¦\"{env\"]", "stand around a label's name"),
        teams("who: [engineers], in: [¦\"slack:T0001/{env}\"]", "which is not one of `channels`"),
        needs("[{from: ¦\"{env}\"}]", "becomes `prod` on `prod-train`"),
        needs("[{from: ¦\"{env}-leads\", count: 2}]", "which is not one of `groups`"),
        needs("[{from: ¦{env}}]", "needs quotes"),
        needs("[{from: ¦\"{env\"}]", "stand around a label's name"),
        needs("[{from: ¦\"{}\"}]", "stand around a label's name"),
        needs("[{from: ¦\"{team}\"}]", "no cluster has a label `team`"),
        needs("[{from: leads}, {from: ¦\"{team}\"}]", "no cluster has a label `team`"),
        rule("{name: a, require: {approvals: [{from: ¦\"{env}\"}]}}", "becomes `prod` on `prod-train`"),
        rule("{name: a, require: {approvals: [{from: leads}]}, who: [¦\"{env}\"]}", "becomes `prod` on `prod-train`"),
        rule("{name: a, require: {approvals: [{from: ¦\"{team}\"}]}}", "no cluster has a label `team`"),
        rule("{name: a, forbid: [changes], who: [¦\"{env}\"]}", "becomes `prod` on `prod-train`"),
        Self("approval_default", "approval_default: {approvals: [{from: ¦\"{env}\"}]}", "becomes `prod` on"),
        Self(
            "approval_default",
            "approval_default: {approvals: [{from: ¦\"{team}-leads\"}]}",
            "no cluster has a label"
        ),
        Self("approval_default", "approval_default: {approvals: [{from: ¦{env}}]}", "needs quotes"),
        rule(
            "{name: a, allow: [changes], who: [engineers], clusters: {labels: {env: ¦\"{env}\"}}}",
            "only in `who`, `in` and `from`"
        ),
        Self(
            "server",
            "server: {listen: 127.0.0.1:8080, socket: {channel: ¦\"{env}\"}}",
            "only in `who`, `in` and `from`"
        ),
        // A group for each value, where one of them is missing, too small, or not meant.
        teamed("who: [¦\"{team}\"]", groups: "vision: {people: [amy]}", "becomes `nlp` on `dev-train`"),
        teamed("who: [¦\"{team}\"]", groups: "vision: {people: [amy]}, npl: {people: [amy]}", "did you mean `npl`?"),
        teamed(
            "who: [engineers], needs: {approvals: [{from: ¦\"{team}\"}]}",
            groups: "vision: {people: [bob]}, nlp: {people: []}",
            "nobody in the group `nlp` can approve"
        ),
        teamed(
            "who: [engineers], needs: {approvals: [{from: ¦\"{team}\", count: 2}]}",
            groups: "vision: {people: [bob, carol]}, nlp: {people: [bob]}",
            "only 1 person in the group `nlp`"
        ),
        teamed(
            "who: [engineers], needs: {approvals: ¦[{from: \"{team}\"}, {from: vision}]}",
            groups: "vision: {people: [bob]}, nlp: {people: [carol]}",
            "too few different people"
        ),
        // No cluster fits, so the name says nothing; what stands beside it is impossible all the same.
        teamed(
            "who: [engineers], clusters: {ids: [42], labels: {team: nlp}}, needs: {approvals: ¦[{from: \"{team}\"}, {from: vision}, {from: vision}]}",
            groups: "vision: {people: [bob]}, nlp: {people: [carol]}",
            "too few different people"
        ),
        Self(
            "whole",
            Fixture.text([
                "labels": "labels: {env: [prod, everyone]}",
                "clusters": """
                clusters:
                  - {id: 42, name: prod-train, project: vision, labels: {env: everyone}}
                """,
                "policy": "policy:\n  - {name: a, allow: [changes], who: [¦\"{env}\"]}",
            ]),
            "a label never stands for everybody"
        ),
        unlabelled("{name: a, allow: [changes], who: [¦\"{team}\"]}", "stands for nothing on `bare`"),
        unlabelled("{name: a, forbid: [changes], who: [¦\"{team}\"]}", "stands for nothing on `bare`"),
        unlabelled(
            "{name: a, require: {approvals: [{from: ¦\"{team}\"}]}}",
            "let `clusters` select only those that carry it"
        ),
        unlabelled("{name: a, allow: [changes], who: [leads], in: [¦\"{team}\"]}", "stands for nothing on `bare`"),
    ]

    private static func teams(_ keys: String, _ message: String) -> Self {
        rule("{name: a, allow: [changes], \(keys)}", message)
    }

    private static func needs(_ approvals: String, _ message: String) -> Self {
        teams("who: [engineers], needs: {approvals: \(approvals)}", message)
    }

    /// A rule where clusters carry the label `team`, with `vision` and `nlp`, beside groups of these names.
    private static func teamed(_ keys: String, groups: String, _ message: String) -> Self {
        Self(
            "whole",
            Fixture.text([
                "labels": "",
                "clusters": """
                clusters:
                  - {id: 42, name: prod-train, project: vision, labels: {team: vision}}
                  - {id: 43, name: dev-train, project: vision, labels: {team: nlp}}
                """,
                "groups": "groups: {leads: {people: [bob, carol]}, engineers: {people: [amy]}, \(groups)}",
                "policy": "policy:\n  - {name: a, allow: [changes], \(keys)}",
            ]),
            message
        )
    }

    /// A rule where one of the clusters carries no label.
    private static func unlabelled(_ fragment: String, _ message: String) -> Self {
        Self(
            "whole",
            Fixture.text([
                "labels": "",
                "clusters": """
                clusters:
                  - {id: 42, name: prod-train, project: vision, labels: {team: leads}}
                  - {id: 43, name: bare, project: vision}
                """,
                "channels": "channels: {leads: \"slack:T0001/C0LEADS\"}",
                "policy": "policy:\n  - \(fragment)",
            ]),
            message
        )
    }
}
