extension BrokenConfiguration {
    /// Mistakes in what a rule says in several keys at once, and in rules that only others make wrong.
    static let combined: [Self] = [
        rule("{name: a, forbid: [¦changed], who: [everyone]}", "did you mean `changes`?"),
        rule("{name: a, forbid: ¦[], who: [everyone]}", "is empty"),
        rule("{name: a, forbid: ¦changes, who: [everyone]}", "must be a list"),
        rule("{name: a, forbid: [changes], who: [¦\"everyone \"]}", "one line"),
        rule("{name: a, forbid: [changes], who: [¦Everyone]}", "did you mean"),
        rule("¦{name: a, forbid: [changes]}", "the key `who` is missing"),
        rule("{name: a, forbid: [changes], who: [everyone], clusters: {¦name: [dev-*]}}", "did you mean `names`?"),
        rule("{name: a, forbid: [changes], who: [everyone], clusters: {¦label: {env: dev}}}", "did you mean `labels`?"),
        rule("{name: a, forbid: [changes], who: [everyone], clusters: {ids: [¦prod-train]}}", "in digits only"),
        rule("{name: a, forbid: [changes], who: [everyone], clusters: {ids: ¦42}}", "must be a list"),
        rule("{name: a, forbid: [changes], who: [everyone], clusters: {names: ¦prod-train}}", "must be a list"),
        rule("{name: a, forbid: [changes], who: [everyone], clusters: {labels: {env: ¦[]}}}", "is empty"),
        rule("{name: a, forbid: [changes], who: [everyone], clusters: {labels: ¦[env]}}", "must hold labels"),
        rule(
            "{name: a, forbid: [changes], who: [everyone], clusters: {labels: {env: [prod, ¦dve]}}}",
            "did you mean `dev`?"
        ),
        rule(
            "{name: a, forbid: [changes], who: [everyone], ¦require: {approvals: [{from: leads}]}}".movedToForbid,
            "another rule of `forbid`"
        ),
        rule(
            "{name: a, require: {approvals: [{from: leads}]}, ¦limits: {additional_nodes: 8}}",
            "another rule of `limits`"
        ),
        rule(
            "{name: a, require: {approvals: [{from: leads}]}, ¦values: {image_version_id: [7]}}",
            "another rule of `values`"
        ),
        rule("{name: a, require: {approvals: ¦leads}}", "must be a list"),
        rule("{name: a, require: {approvals: [¦leads]}}", "must hold keys with values"),
        rule("{name: a, require: {approvals: [{from: leads, count: ¦two}]}}", "in digits only"),
        rule("{name: a, require: {approvals: [{from: leads, count: ¦21}]}}", "from 1 to 20"),
        rule("{name: a, require: {approvals: [{from: ¦leads, count: 3}]}}", "only 2 people"),
        rule("{name: a, require: {approvals: [{from: leads}], within: ¦0s}}", "from 100ms to 168h"),
        rule("{name: a, require: {approvals: [{from: leads}], valid: ¦90}}", "digits and a unit"),
        rule("{name: a, require: {approvals: [{from: leads}]}, actions: ¦[]}", "is empty"),
        rule("{name: a, require: {approvals: [{from: leads}]}, actions: [¦resolve]}", "an action"),
        rule("{name: a, require: {approvals: [{from: leads}]}, actions: [¦read]}", "an action"),
        rule("{name: a, require: {approvals: [{from: leads}]}, who: ¦[]}", "is empty"),
        rule("{name: a, require: {approvals: [{from: leads}]}, clusters: ¦{}}", "must say `ids`, `names` or `labels`"),
        rule("{name: a, require: {approvals: [{from: leads}]}, clusters: {ids: [¦7]}}", "there is no cluster 7"),
        rule("{name: a, allow: [¦read_all], who: [engineers]}", "is not a right"),
        rule("{name: a, allow: [¦unlock], who: [engineers]}", "did you mean `lock`?"),
        rule("{name: a, allow: [¦unfreeze], who: [engineers]}", "did you mean `freeze`?"),
        rule("{name: a, allow: [¦Lock], who: [engineers]}", "did you mean `lock`?"),
        rule(
            "{name: a, allow: [lock], who: [engineers], limits: {¦additional_nodes: 8}}",
            "is not a field of an action"
        ),
        rule(
            "{name: a, allow: [freeze], who: [engineers], values: {¦ip_type: [reserved]}}",
            "is not a field of an action"
        ),
        rule("{name: a, allow: [changes], who: [engineers], limits: {additional_nodes: ¦-1}}", "in digits only"),
        rule("{name: a, allow: [changes], who: [engineers], limits: {additional_nodes: ¦8.0}}", "in digits only"),
        rule("{name: a, allow: [changes], who: [engineers], limits: {additional_nodes: ¦2147483648}}", "2147483647"),
        rule("{name: a, allow: [changes], who: [engineers], limits: ¦[additional_nodes]}", "must hold fields"),
        rule("{name: a, allow: [changes], who: [engineers], limits: ¦{}}", "is empty"),
        rule("{name: a, allow: [changes], who: [engineers], values: ¦{}}", "is empty"),
        rule("{name: a, allow: [changes], who: [engineers], values: {image_version_id: ¦[]}}", "is empty"),
        rule(
            "{name: a, allow: [changes], who: [engineers], values: {¦image_version: [77]}}",
            "did you mean `image_version_id`?"
        ),
        rule(
            "{name: a, allow: [scale_cluster], who: [engineers], values: {additional_nodes: [4, ¦x]}}",
            "in digits only"
        ),
        rule("{name: a, allow: [changes], who: [engineers], needs: ¦[confirmation]}", "`needs` must be"),
        rule("{name: a, allow: [changes], who: [engineers], needs: ¦None}", "`needs` must be"),
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: {¦approval: [{from: leads}]}}",
            "did you mean `approvals`?"
        ),
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: {approvals: [{from: ¦person:bob}]}}",
            "is not one of `groups`"
        ),
        rule(
            "{name: a, allow: [changes], who: [engineers], needs: {approvals: [{from: ¦everyone}]}}",
            "is not one of `groups`"
        ),
        Self("destructive", "destructive: ¦restart_cluster", "must be a list"),
        Self("destructive", "destructive: [¦resolve]", "is not an action"),
        Self("approval_default", "approval_default: {approvals: ¦[]}", "is empty"),
        Self("approval_default", "approval_default: ¦{within: 30m}", "the key `approvals` is missing"),
        Self("approval_default", "approval_default: {approvals: [{from: leads}], ¦needs: none}", "unknown key `needs`"),
        Self(
            "approval_default",
            "approval_default: {approvals: ¦[{from: leads, count: 2}, {from: leads}]}",
            "too few different people"
        ),
    ]
}

extension String {
    /// The place of the key that is too much in a rule with `require`.
    fileprivate var movedToForbid: String { replacing("¦", with: "").replacing("forbid", with: "¦forbid") }
}
