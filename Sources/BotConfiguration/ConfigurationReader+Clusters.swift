import BotCore
import ConfigurationTree

extension ConfigurationReader {
    func clusters(_ top: Table, projects: Set<String>?) -> ClustersSection {
        let declared = top.field("labels").flatMap(self.labels)
        var section = ClustersSection()
        section.labels = declared ?? [:]
        section.declaresLabels = declared != nil
        let example = "[{id: 42, name: prod-train, project: vision}]"
        guard let elements = top.required("clusters", example)?.list("at least one cluster, such as \(example)") else {
            section.isComplete = false
            return section
        }
        for element in elements {
            guard let cluster = cluster(element, declared, projects, &section) else {
                section.isComplete = false
                continue
            }
            section.list.append(cluster)
            if declared == nil {
                for (label, value) in cluster.labels { section.labels[label, default: []].insert(value) }
            }
        }
        return section
    }

    /// Reads the declared labels with their values.
    private func labels(_ field: Field) -> [String: Set<String>]? {
        guard let named = field.named("names of labels, each with its values: {env: [dev, prod]}", mayBeEmpty: true)
        else { return nil }
        var labels: [String: Set<String>] = [:]
        for (label, field) in named {
            if !Self.isLabelText(label) {
                field.log.problem(
                    field.keyPlace,
                    "\(quoted(label)) cannot be a label; use letters, digits, `.`, `_` and `-`"
                )
            }
            var values: Set<String> = []
            for element in field.list("the values it may have, such as [dev, prod]") ?? [] {
                guard let value = labelValue(element) else { continue }
                if !values.insert(value).inserted { element.problem("\(quoted(value)) is there twice; keep one") }
            }
            labels[label] = values
        }
        return labels
    }

    private func cluster(
        _ field: Field,
        _ declared: [String: Set<String>]?,
        _ projects: Set<String>?,
        _ section: inout ClustersSection
    ) -> Cluster? {
        guard let table = field.table(.cluster) else { return nil }
        let idField = table.required("id", "42")
        let id = idField?.number()
        if let idField, let id, !section.ids.insert(id).inserted {
            idField.problem("the cluster id \(id) is there twice; every cluster has its own")
        }
        let nameField = table.required("name", "prod-train")
        let name = nameField.flatMap(self.clusterName)
        if let nameField, let name, !section.names.insert(name.lowercased()).inserted {
            nameField.problem(
                "the cluster name \(quoted(name)) is there twice (capitals do not count); every cluster has its own"
            )
        }
        let projectField = table.required("project", "vision")
        let project: String? =
            if let projects {
                projectField?.choice(of: projects.sorted(), "one of `projects`")
            } else {
                projectField?.text("the name of a project")
            }
        let labels = clusterLabels(table, declared)
        guard let id, let name, let project, let labels else { return nil }
        return Cluster(id: id, name: name, project: project, labels: labels)
    }

    /// Reads a name that can be typed as one word and is neither a number nor a word of the commands.
    private func clusterName(_ field: Field) -> String? {
        guard let name = field.text("the name of a cluster", longest: 64) else { return nil }
        guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]*/) != nil else {
            field.problem(
                "\(quoted(name)) cannot be the name of a cluster; use letters, digits, `.`, `_` and `-`, a "
                    + "letter or digit first"
            )
            return nil
        }
        guard !name.allSatisfy(\.isNumber) else {
            field.problem("a name of digits only (\(quoted(name))) would be taken for an id; add a letter")
            return nil
        }
        guard !ReservedWords.first.contains(name.lowercased()) else {
            field.problem(
                "\(quoted(name)) is a word of the commands, so no cluster can be called that; choose another name"
            )
            return nil
        }
        if ReservedWords.later.contains(name.lowercased()) {
            log.warning(
                field.place,
                "\(quoted(name)) is a word of the commands now, and the next version takes no cluster of that name; "
                    + "choose another one; until then its id works in commands"
            )
        }
        return name
    }

    /// Checks the name of a person or a group, which people and rules name, so it can be taken for nothing else.
    func checkTypedName(_ name: String, _ what: String, _ place: Place) {
        guard checkName(name, what, log, place) else { return }
        if name == "everyone" {
            log.problem(place, "`everyone` means everybody who is listed; choose another name for a \(what)")
        } else if name.allSatisfy(\.isNumber) {
            log.problem(
                place,
                "a \(what) cannot have a name of digits only (\(quoted(name))); add a letter, such as `\(what.prefix(1))\(name)`"
            )
        } else if ReservedWords.all.contains(name.lowercased()) {
            log.problem(
                place,
                "\(quoted(name)) is a word of the commands, so no \(what) can be called that; choose another name, such as "
                    + "`\(name)-\(what == "person" ? "1" : "team")`, here and wherever this one is used"
            )
        }
    }

    private func clusterLabels(_ table: Table, _ declared: [String: Set<String>]?) -> [String: String]? {
        var labels: [String: String] = [:]
        var isFine = true
        if let field = table.field("labels") {
            guard let named = field.named("labels with one value each, such as {env: prod}", mayBeEmpty: true) else {
                return nil
            }
            for (label, value) in named {
                guard let text = labelValue(value) else {
                    isFine = false
                    continue
                }
                labels[label] = text
                guard let declared else { continue }
                if let allowed = declared[label] {
                    // No value at all: the declaration has a mistake of its own.
                    guard !allowed.isEmpty, !allowed.contains(text) else { continue }
                    value.unknown(text, "a value of the label \(quoted(label))", among: allowed.sorted())
                } else {
                    let hint = suggestion(for: label, among: declared.keys)
                    value.log.problem(
                        value.keyPlace,
                        "the label \(quoted(label)) is not declared under `labels`\(hint.isEmpty ? ";" : hint) "
                            + "there is \(listed(declared.keys.sorted()))"
                    )
                }
                isFine = false
            }
        }
        for label in (declared ?? [:]).keys.sorted() where labels[label] == nil && declared?[label]?.isEmpty == false {
            let values = listed((declared?[label] ?? []).sorted())
            log.problem(
                table.place(of: "labels"),
                "this cluster lacks the label \(quoted(label)); every cluster carries it, with one of \(values)"
            )
            isFine = false
        }
        return isFine ? labels : nil
    }

    /// Reads the value of a label; nil if it cannot be one, which is logged.
    func labelValue(_ field: Field) -> String? {
        guard let text = field.text("the value of a label", longest: 64) else { return nil }
        guard Self.isLabelText(text) else {
            field.problem("\(quoted(text)) cannot be the value of a label; use letters, digits, `.`, `_` and `-`")
            return nil
        }
        return text
    }

    private static func isLabelText(_ text: String) -> Bool { text.wholeMatch(of: /[A-Za-z0-9._-]+/) != nil }
}
