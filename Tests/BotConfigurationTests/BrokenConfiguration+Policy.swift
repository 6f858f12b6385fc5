extension BrokenConfiguration {
    /// Mistakes in `people`, `groups` and `channels`.
    static let people: [Self] = [
        person("¦{name: dan}", "the key `accounts` is missing"),
        person("{name: dan, accounts: ¦[]}", "is empty"),
        person("{name: ¦bob, accounts: [\"slack:T0001/U0DAN\"]}", "the name `bob` is there twice"),
        person("{name: ¦\"a:b\", accounts: [\"slack:T0001/U0DAN\"]}", "cannot be the name of a person"),
        person("{name: dan, accounts: [¦\"slack:T0001/U0BOB\"]}", "is listed for `bob` already"),
        person("{name: dan, accounts: [\"slack:T0001/U0DAN\", ¦\"slack:T0001/U0DAN\"]}", "is there twice"),
        person("{name: dan, accounts: [¦\"@dan\"]}", "is not an account"),
        person("{name: dan, accounts: [¦\"slack:U0DAN\"]}", "is not an account"),
        person("{name: dan, accounts: [¦\"slak:T0001/U0DAN\"]}", "is not an account"),
        person("{name: dan, accounts: [¦\"os:bot1/dan\"]}", "the user's number"),
        person("{name: dan, accounts: [¦\"os:bot1/01002\"]}", "the user's number"),
        person("{name: dan, accounts: [¦\"os:bot1/65534\"]}", "never an account"),
        person("{name: dan, accounts: [¦\"os:bot1/4294967295\"]}", "never an account"),
        person("{name: dan, accounts: ¦\"slack:T0001/U0DAN\"}", "must be a list"),
        Self(
            "groups",
            "groups: {leads: {people: [bob, carol, ¦cral]}, engineers: {people: [amy]}}",
            "did you mean `carol`?"
        ),
        Self(
            "groups",
            "groups: {leads: {people: [bob, carol], groups: [¦staff]}, engineers: {people: [amy]}}",
            "`staff` is not one of"
        ),
        Self(
            "groups",
            "groups: {leads: {people: [bob, carol], ¦members: []}, engineers: {people: [amy]}}",
            "unknown key `members`"
        ),
        Self(
            "groups",
            "groups: {leads: {people: [bob], groups: [engineers]}, engineers: {people: [amy], groups: [¦leads]}}",
            "`leads` → `engineers` → `leads`"
        ),
        Self(
            "groups",
            "groups: {leads: {people: [bob], groups: [¦leads]}, engineers: {people: [amy]}}",
            "must not contain themselves"
        ),
        Self(
            "groups",
            "groups: {leads: {people: [bob]}, engineers: {people: [amy]}, ¦everyone: {people: [amy]}}",
            "choose another name"
        ),
        person("{name: ¦everyone, accounts: [\"slack:T0001/U0DAN\"]}", "`everyone` means everybody who is listed"),
        person("{name: ¦May, accounts: [\"slack:T0001/U0DAN\"]}", "no person can be called that; choose another name"),
        person("{name: ¦restart, accounts: [\"slack:T0001/U0DAN\"]}", "such as `restart-1`"),
        person(
            "{name: ¦2026, accounts: [\"slack:T0001/U0DAN\"]}",
            "digits only (`2026`); add a letter, such as `p2026`"
        ),
        groupName(
            "plan",
            "`plan` is a word of the commands, so no group can be called that; choose another name, such as"
        ),
        groupName("all", "`all-team`, here and wherever this one is used"),
        groupName("ok", "`ok` is a word of the commands"), groupName("scale_cluster", "is a word of the commands"),
        groupName("\"42\"", "a group cannot have a name of digits only (`42`); add a letter, such as `g42`"),
        Self("channels", "channels: {ops: ¦C0OPS}", "is not a channel"),
        Self("channels", "channels: {ops: ¦slack}", "is not a channel"),
        Self("channels", "channels: {¦\"#ops\": \"slack:T0001/C0OPS\"}", "cannot be the name of a channel"),
        Self("channels", "channels: {ops: ¦\"slack:C0OPS\"}", "is not a channel"),
        Self("destructive", "destructive: [restart_cluster, ¦restart]", "is not an action"),
        Self("destructive", "destructive: [¦changes]", "is not an action"),
    ]

    /// Mistakes in `policy` and `approval_default`.
    static let rules: [Self] = [
        Self("policy", "policy: ¦{allow: [changes]}", "must be a list"),
        rule("¦{allow: [changes], who: [engineers]}", "the key `name` is missing"),
        rule("¦{name: a, who: [engineers]}", "needs `allow`, `forbid` or `require`"),
        rule("{name: a, allow: [changes], ¦forbid: [update_ssh_keys], who: [engineers]}", "make two rules of it"),
        rule("¦{name: a, allow: [changes]}", "the key `who` is missing"),
        rule("{name: a, allow: [changes], who: ¦[]}", "is empty"),
        rule("{name: a, allow: [changes], who: ¦engineers}", "must be a list"),
        rule("{name: a, allow: ¦[], who: [engineers]}", "is empty"),
        rule("{name: a, allow: [¦scale], who: [engineers]}", "`scale` is not a right"),
        rule("{name: a, allow: [¦update_images], who: [engineers]}", "did you mean `update_image`?"),
        rule("{name: a, allow: [changes], who: [¦engineer]}", "did you mean `engineers`?"),
        rule("{name: a, allow: [changes], who: [¦bob]}", "write `person:bob`"),
        rule("{name: a, allow: [changes], who: [\"¦person:bo\"]}".movedBeforeQuote, "did you mean `bob`?"),
        rule("{name: a, allow: [changes], who: [engineers], ¦where: [ops]}", "unknown key `where`"),
        rule("{name: a, allow: [changes], who: [engineers], in: [¦obs]}", "did you mean `ops`?"),
        rule("{name: a, allow: [changes], who: [engineers], in: [¦\"slack:C0OPS\"]}", "is not a channel"),
        rule("{name: a, allow: [changes], who: [engineers], in: ¦[]}", "is empty"),
        rule("{name: a, allow: [changes], who: [engineers], clusters: ¦{}}", "must say `ids`, `names` or `labels`"),
        rule("{name: a, allow: [changes], who: [engineers], clusters: ¦[42]}", "must hold keys with values"),
        rule("{name: a, allow: [changes], who: [engineers], clusters: {ids: [¦44]}}", "there is no cluster 44"),
        rule(
            "{name: a, forbid: [changes], who: [engineers], clusters: {names: [¦prod-tain]}}",
            "did you mean `prod-train`?"
        ),
        rule(
            "{name: a, allow: [changes], who: [engineers], clusters: {names: [¦\"prod train*\"]}}",
            "cannot fit any cluster's name"
        ),
        rule("{name: a, allow: [changes], who: [engineers], clusters: {labels: {¦envv: dev}}}", "did you mean `env`?"),
        rule("{name: a, allow: [changes], who: [engineers], clusters: {labels: {env: ¦prd}}}", "did you mean `prod`?"),
        rule("{name: a, allow: [changes], who: [engineers], limits: {additional_nodes: ¦many}}", "in digits only"),
        rule(
            "{name: a, allow: [changes], who: [engineers], limits: {¦nodes: 8}}",
            "is not a field of an action of this rule"
        ),
        rule(
            "{name: a, allow: [update_image], who: [engineers], limits: {¦additional_nodes: 8}}",
            "is not a field of an action"
        ),
        rule("{name: a, allow: [changes], who: [engineers], limits: {¦ssh_key_ids: 8}}", "is not an amount"),
        rule(
            "{name: a, allow: [resolve], who: [engineers], values: {¦image_version_id: [77]}}",
            "is not a field of an action"
        ),
        rule("{name: a, allow: [changes], who: [engineers], values: {image_version_id: ¦77}}", "must be a list"),
        rule("{name: a, allow: [changes], who: [engineers], values: {image_version_id: [¦latest]}}", "in digits only"),
        rule(
            "{name: a, allow: [changes], who: [engineers], values: {ip_type: [¦floating]}}",
            "one of `cluster_api.ip_types`"
        ),
        forgotten("{name: a, forbid: [changes], who: [everyone], clusters: {labels: {¦env: prod}}}"),
        rule("{name: a, forbid: [changes], who: [engineers], ¦needs: none}", "a rule that forbids cannot have it"),
        rule("{name: a, ¦allow: [changes], require: {approvals: [{from: leads}]}}", "make another rule of `allow`"),
        rule("{name: a, require: {approvals: [{from: leads}]}, ¦in: [ops]}", "make another rule of `in`"),
        rule("{name: a, require: {approvals: [{from: leads}]}, ¦needs: none}", "make another rule of `needs`"),
        Self("contact", "reason: ¦destructive", "must hold keys with values"),
        Self("contact", "reason: ¦{pattern: x}", "the key `required` is missing"),
        Self("contact", "reason: {required: ¦restart_cluster}", "must be a list"),
        Self("contact", "reason: {required: [¦restart]}", "is not an action"),
        Self(
            "contact",
            "reason: {required: [restart_cluster], pattern: ¦'[A-Z'}",
            "`pattern` is no regular expression"
        ),
        Self("contact", "reason: {required: [restart_cluster], pattern: ¦'.*'}", "`pattern` fits an empty reason"),
        Self("contact", "reason: {required: [restart_cluster], ¦patern: x}", "did you mean `pattern`?"),
        rule("{name: a, require: ¦none}", "must hold keys with values"),
        rule("{name: a, require: ¦{within: 5m}}", "the key `approvals` is missing"),
        rule("{name: a, require: {approvals: [{from: ¦lead}]}}", "did you mean `leads`?"),
        rule("{name: a, require: {approvals: [{from: leads, count: ¦0}]}}", "1"),
        rule("{name: a, require: {approvals: [{from: leads, ¦group: leads}]}}", "unknown key"),
        rule("{name: a, require: {approvals: [{from: leads}]}, actions: ¦restart_cluster}", "must be a list"),
        rule("{name: a, require: {approvals: [{from: leads}]}, actions: [¦changes]}", "an action"),
        rule("{name: a, require: {approvals: [{from: leads}]}, actions: [¦restart]}", "is not an action"),
        rule("{name: a, require: {approvals: [{from: leads}]}, who: [¦nobody]}", "one of `groups`"),
        rule("{name: a, require: {approvals: [{from: leads}]}, ¦action: [restart_cluster]}", "did you mean `actions`?"),
        rule("{name: a, allow: [changes], who: [engineers], ¦actions: [restart_cluster]}", "name them under `allow`"),
        forgotten("{name: a, require: {approvals: [{from: leads}]}, clusters: {labels: {¦env: prod}}}"),
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: ¦approval}",
            "`needs` must be `none`, `confirmation` or"
        ),
        rule("{name: a, allow: [changes], who: [engineers], needs: ¦{within: 5m}}", "the key `approvals` is missing"),
        rule("{name: a, allow: [changes], who: [engineers], needs: {approvals: ¦[]}}", "is empty"),
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: {approvals: [{from: ¦lead}]}}",
            "did you mean `leads`?"
        ),
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: {approvals: [¦{count: 1}]}}",
            "the key `from` is missing"
        ),
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: {approvals: [{from: leads, count: ¦0}]}}",
            "from 1 to 20"
        ),
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: {approvals: [{from: ¦leads, count: 3}]}}",
            "only 2 people"
        ),
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: {approvals: ¦[{from: leads, count: 2}, {from: leads}]}}",
            "too few different people"
        ),
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: {approvals: [{from: leads}], within: ¦8h30m}}",
            "digits and a unit"
        ),
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: {approvals: [{from: leads}], within: ¦200h}}",
            "from 100ms to 168h"
        ),
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: {approvals: [{from: leads}], valid: ¦25h}}",
            "from 100ms to 24h"
        ),
        rule(
            "{name: a, allow: [resolve], who: [leads]}\n  - {name: ¦a, allow: [resolve], who: [leads]}",
            "the rule name `a` is there twice"
        ),
        Self("approval_default", "", "nobody has said who must agree to").inRule,
        Self("approval_default", "approval_default: ¦none", "must hold keys with values"),
        Self("approval_default", "approval_default: {approvals: [{from: ¦owners}]}", "is not one of `groups`"),
        Self(
            "whole",
            Fixture.text([
                "groups": "groups: {leads: {people: []}, engineers: {people: [amy]}}",
                "approval_default": "approval_default: {approvals: [{from: ¦leads}]}",
            ]),
            "nobody in the group `leads` can approve"
        ),
    ]

    private static func groupName(_ name: String, _ message: String) -> Self {
        Self(
            "groups",
            "groups: {leads: {people: [bob, carol]}, engineers: {people: [amy]}, ¦\(name): {people: [amy]}}",
            message
        )
    }

    private static func person(_ fragment: String, _ message: String) -> Self {
        Self("people", (Fixture.sections.first { $0.key == "people" }?.text ?? "") + "\n  - \(fragment)", message)
    }

    /// A section that is missing, and missed by the fixture's rule.
    private var inRule: Self {
        Self(
            "whole",
            Fixture.text([section: fragment, "policy": "policy:\n  - {name: all, ¦allow: [changes], who: [engineers]}"]
            ),
            message
        )
    }
}

extension String {
    /// A quoted scalar begins at its quote.
    fileprivate var movedBeforeQuote: String { replacing("\"¦", with: "¦\"") }
}
