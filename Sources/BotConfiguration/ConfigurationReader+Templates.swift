import BotCore
import ConfigurationTree

/// Reads names in which `{label}` stands for the target's value of that label, and looks at what they become.
extension ConfigurationReader {
    /// What the name of a group or a channel is.
    enum WrittenName {
        /// A name as it stands, still to be looked up.
        case plain
        /// A template that becomes a known name on every cluster that the rule selects.
        case template(String)
        /// A mistake, which was logged.
        case wrong
    }

    /// - Parameters:
    ///   - section: the section that holds the names, such as `groups`.
    ///   - names: the names in it; nil where they are not all known because of another mistake.
    ///   - scope: the clusters that the rule selects; nil where they are not known because of another mistake.
    func writtenName(
        _ field: Field,
        in section: String,
        names: Set<String>?,
        _ facts: PolicyFacts,
        scope: [Cluster]?
    ) -> WrittenName {
        guard let text = field.writtenTemplate else { return .plain }
        if case .table = field.node.content {
            field.problem("a name with a label needs quotes, because braces are a table in YAML; write `\"{\(text)}\"`")
            return .wrong
        }
        guard !text.hasPrefix("person:") else {
            field.problem(
                "a label never stands for a person; write the person out, or name a group such as `\"{team}\"`"
            )
            return .wrong
        }
        guard field.text("a name") != nil else { return .wrong }
        guard let template = LabelTemplate(text) else {
            field.problem(
                "\(quoted(text)) is no name with a label; `{` and `}` stand around a label's name, as in `\"{team}-leads\"`"
            )
            return .wrong
        }
        let known = facts.clusters
        for label in template.labels where known.labels[label] == nil {
            guard known.declaresLabels || known.isComplete else { return .wrong }
            let hint = suggestion(for: label, among: known.labels.keys)
            field.problem(
                "no cluster has a label \(quoted(label))\(hint.isEmpty ? ";" : hint) there is "
                    + "\(listed(known.labels.keys.sorted()))"
            )
            return .wrong
        }
        guard let scope else { return .template(text) }
        let without = scope.filter { template.filled(for: $0) == nil }
        guard without.isEmpty else {
            field.problem(
                "\(quoted(text)) stands for nothing on \(listed(without.map(\.name))), which lack a label of it; give it to "
                    + "every cluster, or let `clusters` select only those that carry it"
            )
            return .wrong
        }
        for cluster in scope {
            guard let names, let name = template.filled(for: cluster), !names.contains(name) else { continue }
            if name == "everyone" {
                field.problem(
                    "\(quoted(text)) becomes `everyone` on \(quoted(cluster.name)), and a label never stands for everybody; "
                        + "write `everyone` out where it is meant"
                )
            } else {
                let hint = suggestion(for: name, among: names)
                field.problem(
                    "\(quoted(text)) becomes \(quoted(name)) on \(quoted(cluster.name)), which is not one of `\(section)`"
                        + "\(hint.isEmpty ? ";" : hint) there is \(listed(names.sorted()))"
                )
            }
            return .wrong
        }
        return .template(text)
    }

    /// Returns the clusters that a rule is about; nil where that cannot be told because of a mistake.
    func scope(of selector: Rule.ClusterSelector?, _ table: Table, _ facts: PolicyFacts) -> [Cluster]? {
        guard facts.clusters.isComplete, table.has("clusters") == (selector != nil) else { return nil }
        return facts.clusters.list.filter { selector?.matches($0) ?? true }
    }

    /// Warns of rights that a rule never gives: those that concern no single cluster, in a rule that is about some; and
    /// reading, which nobody needs a rule for.
    func warnOfRights(_ rule: Rule, _ field: Field?) {
        guard let field else { return }
        if rule.effect == .allow, rule.rights.contains(Right.read) {
            log.warning(
                field.keyPlace,
                "everybody who is listed may read without a rule, so `read` adds nothing here; to keep some from reading, "
                    + "`forbid` it"
            )
        }
        guard rule.rights.contains(Right.release) else { return }
        let names = rule.who.contains {
            if case .group(let name) = $0 { LabelTemplate.isMeant(by: name) } else { false }
        }
        guard names || rule.clusters != nil || !rule.channelTemplates.isEmpty else { return }
        let verb = rule.effect == .forbid ? "forbids" : "allows"
        log.warning(
            field.keyPlace,
            "`release` concerns no single cluster, so a rule with \(rule.clusters != nil ? "`clusters`" : "`{label}`") never "
                + "\(verb) it; make another rule of it"
        )
    }
}

extension Field {
    /// What was written, if a label's value is meant by it (`"{team}"`, with or without the quotes); else nil.
    fileprivate var writtenTemplate: String? {
        switch node.content {
        case .scalar(let text): return LabelTemplate.isMeant(by: text) ? text : nil
        case .table(let entries):
            guard entries.count == 1, let entry = entries.first, case .nothing = entry.value.content else { return nil }
            return entry.key.wholeMatch(of: /[A-Za-z0-9._-]+/) != nil ? entry.key : "team"
        default: return nil
        }
    }

    /// Whether a label's value is meant by it where none can stand. If it is, that is logged.
    var isLabelReference: Bool {
        guard writtenTemplate != nil else { return false }
        problem(
            "`{label}` stands for the target's value of a label only in `who`, `in` and `from` of rules; write a name out here"
        )
        return true
    }
}
