import BotCore
import ChatKit
import ConfigurationTree

extension ConfigurationReader {
    /// - Parameter countsSocketApprovals: see ``ServiceSocket/approvals``.
    func policy(_ top: Table, _ facts: PolicyFacts, _ freezes: [Freeze], countsSocketApprovals: Bool) -> Policy {
        let destructive =
            top.field("destructive").map { actions($0, mayBeEmpty: true) } ?? ActionCatalogue.destructiveByDefault
        let approvalDefault = top.field("approval_default").flatMap { self.approvalDefault($0, facts) }
        let rules = rules(top, facts)
        checkNeeds(of: rules, destructive, hasDefault: top.has("approval_default"))
        let reasons = top.field("reason").map(self.reasons) ?? .none
        let contact = top.field("contact")?.text("whom a refusal points to, such as \"#platform-help\"")
        let parsed = rules.map(\.rule)
        let withoutApprovals = countsSocketApprovals ? [] : Set(platforms.filter { !$0.hasChannels }.map(\.name))
        let policy = Policy(
            people: facts.people.byAccount,
            groups: facts.groups.members,
            rules: parsed,
            channels: facts.channels.byName,
            destructive: destructive,
            approvalDefault: approvalDefault,
            contact: contact,
            withoutApprovals: withoutApprovals,
            reasons: reasons,
            userGroups: UserGroups(
                inGroup: facts.groups.userGroups,
                unlistedApprove: facts.groups.unlistedApprove
            ),
            digest: policyDigest(
                facts,
                rules: parsed,
                destructive: destructive,
                approvalDefault: approvalDefault,
                reasons: reasons,
                freezes: freezes,
                countsSocketApprovals: countsSocketApprovals
            )
        )
        warnOfRules(rules, policy, facts, at: top.place(of: "policy"))
        return policy
    }

    private func actions(_ field: Field, mayBeEmpty: Bool = false) -> Set<String> {
        let elements = field.list("names of actions, such as [restart_cluster]", mayBeEmpty: mayBeEmpty) ?? []
        return Set(elements.compactMap { $0.choice(of: PolicyFacts.actions, "an action") })
    }

    /// Reads which actions are asked for with a reason.
    private func reasons(_ field: Field) -> ReasonNeeds {
        guard let table = field.table(.reason) else { return .none }
        let required = table.required("required", "[restart_cluster]").map { actions($0) } ?? []
        let pattern = table.field("pattern").flatMap { field -> String? in
            guard let text = field.text("a regular expression, such as '[A-Z]+-\\d+'", longest: 200) else { return nil }
            do {
                // What fits an empty text asks for nothing.
                guard try "".contains(Regex(text)) == false else {
                    field.problem("\(field.name) fits an empty reason, so it asks for nothing; say what must be there")
                    return nil
                }
                return text
            } catch {
                field.problem(
                    "\(field.name) is no regular expression; write for example '[A-Z]+-\\d+' for the number of a ticket"
                )
                return nil
            }
        }
        return ReasonNeeds(required: required, pattern: pattern)
    }

    private func rules(_ top: Table, _ facts: PolicyFacts) -> [PlacedRule] {
        var elements: [(reader: ConfigurationReader, element: Field)] = []
        if let field = top.field("policy") {
            let own = field.list(Self.ruleList, mayBeEmpty: true)
            if own?.isEmpty == true, included.isEmpty {
                log.warning(field.place, "`policy` has no rules, so every change will be refused")
            }
            elements = (own ?? []).map { (self, $0) }
        } else if included.isEmpty, !top.has("include") {
            log.warning(
                top.place,
                "there is no `policy`, so every change will be refused; nothing is allowed that no rule allows"
            )
        }
        for file in included {
            let reader = reading(into: file.log)
            elements += reader.rules(ofIncluded: file).map { (reader, $0) }
        }
        var names = RuleNames()
        return elements.compactMap { reader, element in reader.rule(element, &names, facts) }
    }

    static let ruleList = "rules, each with `name`, `allow`, `forbid` or `require`, and `who`"

    private func rule(_ element: Field, _ names: inout RuleNames, _ facts: PolicyFacts) -> PlacedRule? {
        guard let table = ruleTable(element) else { return nil }
        let nameField = table.required("name", "engineers act on dev")
        let name = nameField?.text("the name of a rule")
        if let nameField, let name { names.take(name, nameField) }
        return table.has("require") ? floor(table, named: name, facts) : rule(table, named: name, facts)
    }

    /// Reads the keys of a rule; nil for an entry that is no rule yet. The other keys of such an entry get no messages.
    private func ruleTable(_ element: Field) -> Table? {
        if case .table(let entries) = element.node.content {
            let later = entries.filter { TableShape.ruleLater.contains($0.key) }
            for entry in later {
                log.problem(entry.place, "\(quoted(entry.key)) is not supported yet; remove this entry of `policy`")
            }
            guard later.isEmpty else { return nil }
        }
        return element.table(.rule)
    }

    private func rule(_ table: Table, named name: String?, _ facts: PolicyFacts) -> PlacedRule? {
        if table.has("actions") {
            log.problem(
                table.place(of: "actions"),
                "`actions` belongs to a rule with `require`; name them under `allow` or `forbid`"
            )
        }
        let effect: Rule.Effect = table.has("forbid") && !table.has("allow") ? .forbid : .allow
        switch (table.has("allow"), table.has("forbid")) {
        case (true, true):
            log.problem(table.place(of: "forbid"), "a rule has either `allow` or `forbid`; make two rules of it")
        case (false, false):
            log.problem(table.place, "a rule needs `allow`, `forbid` or `require`, for example `allow: [changes]`")
        default: break
        }
        let right = { (field: Field) in self.rights(field) }
        let rights = (table.field("allow").map(right) ?? []).union(table.field("forbid").map(right) ?? [])
        let actions = rights.intersection(PolicyFacts.actions)
        let clusters = table.field("clusters").flatMap { selector($0, facts, mustReachAll: effect != .allow) }
        let scope = scope(of: clusters, table, facts)
        let who = table.required("who", "[engineers]").map { subjects($0, facts, scope: scope) } ?? []
        let channels = table.field("in").map { ruleChannels($0, facts, scope: scope) }
        let limits = table.field("limits").map { self.limits($0, actions) } ?? [:]
        let values = table.field("values").map { self.values($0, actions, facts) } ?? [:]
        if effect == .forbid, !limits.isEmpty || !values.isEmpty {
            log.warning(
                table.place(of: limits.isEmpty ? "values" : "limits"),
                "a rule that forbids applies only to what fits its limits and values; what exceeds them, it "
                    + "does not forbid"
            )
        }
        let needsField = table.field("needs")
        if let needsField, effect == .forbid {
            log.problem(
                needsField.keyPlace,
                "`needs` says what an allowed change needs; a rule that forbids cannot have it, so remove it"
            )
        }
        let needs = needsField.flatMap { self.needs($0, who: who, facts, scope: scope) }
        if let needsField, let needs, needs != .nothing, effect == .allow, !rights.isSubset(of: actions) {
            log.warning(
                needsField.keyPlace,
                "`needs` concerns only the changes of this rule; other rights, such as `resolve`, need nobody's approval"
            )
        }
        guard let name else { return nil }
        let rule = Rule(
            name: name,
            effect: effect,
            rights: rights,
            who: who,
            clusters: clusters,
            channels: channels.flatMap { $0.known.isEmpty && !$0.templates.isEmpty ? nil : $0.known },
            channelTemplates: channels?.templates ?? [],
            limits: limits,
            values: values,
            needs: needs
        )
        warnOfRights(rule, table.field(effect.rawValue))
        return PlacedRule(
            rule: rule,
            place: table.place(of: effect.rawValue),
            log: log,
            actions: table.has("needs") ? [] : actions
        )
    }

    /// Reads a rule that adds approvals to whatever allows a change.
    private func floor(_ table: Table, named name: String?, _ facts: PolicyFacts) -> PlacedRule? {
        for key in ["allow", "forbid", "in", "limits", "values", "needs"] where table.has(key) {
            log.problem(
                table.place(of: key),
                "a rule with `require` says only `actions`, `who` and `clusters` besides; make another rule of `\(key)`"
            )
        }
        let actions = table.field("actions").map { self.actions($0) }
        let clusters = table.field("clusters").flatMap { selector($0, facts, mustReachAll: true) }
        let scope = scope(of: clusters, table, facts)
        let who = table.field("who").map { subjects($0, facts, scope: scope) } ?? [.everyone]
        let needs = table.field("require").flatMap { floor($0, who: who, facts, scope: scope) }
        guard let name, let needs else { return nil }
        return PlacedRule(
            rule: Rule(
                name: name,
                effect: .require,
                rights: actions ?? Set(PolicyFacts.actions),
                who: who,
                clusters: clusters,
                needs: .approvals(needs)
            ),
            place: table.place(of: "require"),
            log: log,
            actions: []
        )
    }

    /// Reads the actions and other rights that a rule names; `changes` stands for all actions.
    private func rights(_ field: Field) -> Set<String> {
        var rights: Set<String> = []
        for element in field.list("rights, such as [changes] or [scale_cluster, restart_workers]") ?? [] {
            guard let right = element.text("a right") else { continue }
            if right == "changes" {
                rights.formUnion(PolicyFacts.actions)
            } else if PolicyFacts.laterRights.contains(right) {
                element.problem("the right \(quoted(right)) is not supported yet; remove it")
            } else if let known = element.choice(of: PolicyFacts.otherRights + PolicyFacts.actions, "a right") {
                rights.insert(known)
            }
        }
        return rights
    }

    /// Checks that each rule that allows a destructive action says who approves, or that there is a default.
    private func checkNeeds(of rules: [PlacedRule], _ destructive: Set<String>, hasDefault: Bool) {
        guard !hasDefault else { return }
        for placed in rules where placed.rule.effect == .allow {
            let open = placed.actions.intersection(destructive).sorted()
            guard !open.isEmpty else { continue }
            placed.log.problem(
                placed.place,
                "nobody has said who must agree to \(listed(open)) here; add `needs` to the rule, or "
                    + "`approval_default` for all rules"
            )
        }
    }
}
