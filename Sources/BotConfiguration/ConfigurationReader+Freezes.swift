import BotCore
import ConfigurationTree
import Foundation

/// Reads the times in which nothing is sent.
extension ConfigurationReader {
    /// A longer freeze is often a slip of the year, or means a rule that forbids.
    private static let longestUsual = Duration.seconds(92 * 86_400)

    /// - Parameter zone: the zone of freezes that name none.
    func freezes(_ field: Field, _ facts: PolicyFacts, zone: TimeZone) -> [Freeze] {
        let elements = field.list("freezes, each with `name`, `from` and `to`", mayBeEmpty: true) ?? []
        var names: [String: Place] = [:]
        return elements.compactMap { element in
            guard let table = element.table(.freeze) else { return nil }
            let nameField = table.required("name", "year end")
            let name = nameField.flatMap(freezeName)
            if let nameField, let name {
                if let first = names[name.lowercased()] {
                    nameField.problem(
                        "the freeze \(quoted(name)) is there twice, first on line \(first.line); a freeze is ended by its "
                            + "name, so each has its own"
                    )
                }
                names[name.lowercased()] = names[name.lowercased()] ?? nameField.place
            }
            return freeze(table, named: name, facts, zone: zone)
        }
    }

    private func freeze(_ table: Table, named name: String?, _ facts: PolicyFacts, zone usual: TimeZone) -> Freeze? {
        let zone = table.field("zone").map { $0.timeZone() } ?? usual
        let fromField = table.required("from", "2026-12-30 18:00")
        let toField = table.required("to", "2027-01-02 08:00")
        let clusters = table.field("clusters").flatMap { selector($0, facts, mustReachAll: true) }
        let scope = scope(of: clusters, table, facts)
        let exceptions = table.field("except").flatMap { self.exceptions($0, facts, scope: scope) }
        // By the clocks of a zone that is not known, nothing can be said about the times.
        guard let zone else { return nil }
        let (from, to) = (fromField?.localMoment(in: zone), toField?.localMoment(in: zone))
        guard let name, let from, let to, let toField else { return nil }
        guard from < to else {
            toField.problem("`to` must be after `from`; a freeze lasts from the one to just before the other")
            return nil
        }
        if to - from > Self.longestUsual {
            log.warning(
                toField.place,
                "the freeze \(quoted(name)) lasts \((to - from).spoken); is the year right? What shall never be done, a rule "
                    + "with `forbid` says"
            )
        }
        if to <= now {
            log.warning(toField.place, "the freeze \(quoted(name)) is over; it does nothing any more, so remove it")
        }
        return Freeze(
            name: name,
            clusters: clusters,
            from: from,
            until: to,
            exceptions: exceptions,
            source: .configuration
        )
    }

    /// Reads a name that people can type, and that no freeze from chat has.
    private func freezeName(_ field: Field) -> String? {
        guard let text = field.text("the name of a freeze, such as `year end`", longest: 60) else { return nil }
        guard !text.contains(where: { "\"'`,=".contains($0) }), !text.contains("  "), !text.contains("--") else {
            field.problem(
                "\(quoted(text)) cannot be the name of a freeze, because people type it to end it: it has no quotation "
                    + "marks, `,`, `=`, `--` or two spaces"
            )
            return nil
        }
        if Freeze.number(in: text) != nil {
            field.problem("freezes from chat are called `F1`, `F2` and so on; choose another name than \(quoted(text))")
            return nil
        }
        return text
    }

    private func exceptions(_ field: Field, _ facts: PolicyFacts, scope: [Cluster]?) -> Freeze.Exceptions? {
        guard let table = field.table(.exceptions) else { return nil }
        let who = table.required("who", "[leads]").map { subjects($0, facts, scope: scope) }
        let actions = table.required("actions", "[restart_workers]").map { field in
            let elements = field.list("names of actions, such as [restart_workers], or [changes] for all") ?? []
            return elements.reduce(into: Set<String>()) { actions, element in
                guard let word = element.choice(of: ["changes"] + PolicyFacts.actions, "an action") else { return }
                actions.formUnion(word == "changes" ? PolicyFacts.actions : [word])
            }
        }
        guard let who, let actions else { return nil }
        return Freeze.Exceptions(who: who, actions: actions)
    }
}
