import BotCore
import ConfigurationTree

/// Reads whom and what a rule is about.
extension ConfigurationReader {
    /// - Parameter scope: the clusters that the rule selects; nil where they are not known.
    func subjects(_ field: Field, _ facts: PolicyFacts, scope: [Cluster]?) -> Set<Rule.Subject> {
        let what = "groups, `person:NAME` or `everyone`, such as [engineers]"
        var subjects: Set<Rule.Subject> = []
        for element in field.list(what) ?? [] {
            let names = facts.groups.isComplete ? facts.groups.names : nil
            switch writtenName(element, in: "groups", names: names, facts, scope: scope) {
            case .plain: break
            case .template(let name):
                subjects.insert(.group(name))
                continue
            case .wrong: continue
            }
            guard let text = element.text("a group, `person:NAME` or `everyone`") else { continue }
            if text == "everyone" {
                subjects.insert(.everyone)
            } else if text.hasPrefix("person:") {
                let name = String(text.dropFirst("person:".count))
                if facts.people.names.contains(name) {
                    subjects.insert(.person(name))
                } else if facts.people.isComplete {
                    element.unknown(name, "one of `people`", among: facts.people.names.sorted())
                }
            } else if facts.groups.names.contains(text) {
                subjects.insert(.group(text))
                if facts.groups.members[text]?.isEmpty == true, facts.groups.userGroups[text] == nil,
                    !facts.groups.unclear.contains(text)
                {
                    log.warning(
                        element.place,
                        "nobody is in the group \(quoted(text)), so the rule speaks of nobody through it"
                    )
                }
            } else if facts.people.names.contains(text) {
                element.problem("\(quoted(text)) is a person, not a group; write `person:\(text)`")
            } else if facts.groups.isComplete {
                element.unknown(
                    text,
                    "one of `groups`, `person:NAME` or `everyone`",
                    among: facts.groups.names.sorted() + ["everyone"]
                )
            }
        }
        return subjects
    }

    /// - Parameter mustReachAll: whether it is a mistake if a cluster lacks one of the labels, because it would escape
    ///   the rule. It is one in a rule that forbids.
    func selector(_ field: Field, _ facts: PolicyFacts, mustReachAll: Bool) -> Rule.ClusterSelector? {
        guard let table = field.table(.selector) else { return nil }
        var selector = Rule.ClusterSelector()
        let known = facts.clusters
        if let elements = table.field("ids")?.list("cluster ids, such as [42]") {
            selector.ids = Set(
                elements.compactMap { element in
                    guard let id = element.number() else { return nil }
                    if !known.ids.contains(id) {
                        element.problem(
                            "there is no cluster \(id) under `clusters`; there is "
                                + "\(listed(known.ids.sorted().map(String.init)))"
                        )
                    }
                    return id
                }
            )
        }
        if let elements = table.field("names")?.list("cluster names, such as [prod-train] or [dev-*]") {
            selector.names = elements.compactMap { namePattern($0, known) }
        }
        if let named = table.field("labels")?.named("labels, such as {env: dev}") {
            selector.labels = [:]
            for (label, field) in named {
                selector.labels?[label] = labelValues(label, field, known)
                if mustReachAll { refuseMissing(label, field, known) }
            }
        }
        if !["ids", "names", "labels"].contains(where: { table.has($0) || table.isMisspelt($0) }) {
            field.problem(
                "`clusters` must say `ids`, `names` or `labels`; leave it out where a rule means all clusters"
            )
        }
        if known.isComplete, log.problemCount == 0, !known.list.contains(where: selector.matches) {
            log.warning(field.keyPlace, "no cluster fits all of this, so the rule never applies")
        }
        return selector
    }

    /// Refuses a label that some clusters lack: a rule that forbids by it would not reach them.
    private func refuseMissing(_ label: String, _ field: Field, _ known: ClustersSection) {
        let missing = known.list.filter { $0.labels[label] == nil }
        // A label that no cluster has is another mistake, and clusters with mistakes need no second message.
        guard known.isComplete, !missing.isEmpty, missing.count < known.list.count else { return }
        log.problem(
            field.keyPlace,
            "this rule would not reach \(listed(missing.map(\.name))), which carry no label \(quoted(label)); give it to "
                + "every cluster, or select by `ids` or `names`"
        )
    }

    private func namePattern(_ field: Field, _ known: ClustersSection) -> String? {
        guard let text = field.text("the name of a cluster, where `*` stands for any characters") else { return nil }
        guard text.wholeMatch(of: /[A-Za-z0-9._*-]+/) != nil else {
            field.problem(
                "\(quoted(text)) cannot fit any cluster's name; use letters, digits, `.`, `_`, `-`, and `*` for "
                    + "any characters"
            )
            return nil
        }
        if text.contains("*") {
            let selector = Rule.ClusterSelector(names: [text])
            if known.isComplete, !known.list.contains(where: selector.matches) {
                log.warning(field.place, "no cluster's name fits \(quoted(text)) as yet")
            }
        } else if !known.names.contains(text.lowercased()) {
            field.unknown(text, "the name of a cluster", among: known.names.sorted())
        }
        return text
    }

    /// Reads one value or a list of values.
    private func labelValues(_ label: String, _ field: Field, _ known: ClustersSection) -> Set<String> {
        let isKnown = known.declaresLabels || known.isComplete
        guard let values = known.labels[label] ?? (isKnown ? nil : []) else {
            let hint = suggestion(for: label, among: known.labels.keys)
            log.problem(
                field.keyPlace,
                "no cluster has a label \(quoted(label))\(hint.isEmpty ? ";" : hint) there is "
                    + "\(listed(known.labels.keys.sorted()))"
            )
            return []
        }
        var elements = [field]
        if case .list = field.node.content { elements = field.list("values of the label") ?? [] }
        return Set(
            elements.compactMap { element in
                guard !element.isLabelReference, let value = labelValue(element) else { return nil }
                // No value at all: the declaration, or a cluster, has a mistake of its own.
                if isKnown, !values.isEmpty, !values.contains(value) {
                    element.unknown(value, "a value of the label \(quoted(label))", among: values.sorted())
                }
                return value
            }
        )
    }

    // MARK: Limits and values

    func limits(_ field: Field, _ actions: Set<String>) -> [String: Int] {
        var limits: [String: Int] = [:]
        for (name, field) in field.named("fields with their largest amount, such as {additional_nodes: 8}") ?? [] {
            guard let kinds = kinds(name, field, actions) else { continue }
            guard kinds == [.number] else {
                log.problem(
                    field.keyPlace,
                    "\(quoted(name)) is not an amount, so it has no largest one; list what is allowed under `values`"
                )
                continue
            }
            limits[name] = field.number()
        }
        return limits
    }

    func values(_ field: Field, _ actions: Set<String>, _ facts: PolicyFacts) -> [String: Set<JSONValue>] {
        var values: [String: Set<JSONValue>] = [:]
        for (name, field) in field.named("fields with the values allowed, such as {image_version_id: [77, 81]}") ?? [] {
            guard let kinds = kinds(name, field, actions) else { continue }
            let elements = field.list("the values allowed, such as [77, 81]") ?? []
            values[name] = Set(
                elements.compactMap { element in
                    switch kinds.first {
                    case .ipType:
                        element.choice(of: facts.ipTypes, "one of `cluster_api.ip_types`").map(JSONValue.string)
                    case .text: element.text("a text that is allowed").map(JSONValue.string)
                    case .number, .numbers, nil: element.number().map(JSONValue.int)
                    }
                }
            )
        }
        return values
    }

    /// Returns the kinds of a body field in the actions of a rule; nil if none of them has the field, which is logged.
    private func kinds(_ name: String, _ field: Field, _ actions: Set<String>) -> Set<ActionSpec.Field.Kind>? {
        let fields = ActionCatalogue.all.filter { actions.contains($0.name) }.flatMap(\.fields)
        let kinds = Set(fields.filter { $0.name == name }.map(\.kind))
        guard kinds.isEmpty else { return kinds }
        let names = Set(fields.map(\.name)).sorted()
        let hint = suggestion(for: name, among: names)
        log.problem(
            field.keyPlace,
            "\(quoted(name)) is not a field of an action of this rule\(hint.isEmpty ? ";" : hint) there is "
                + "\(listed(names))"
        )
        return nil
    }
}
