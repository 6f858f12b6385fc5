/// What an action's effect is told from.
package struct Effect {
    /// The name of the cluster.
    package let cluster: String
    /// What was asked for.
    package let arguments: [String: JSONValue]
    /// The body's fields; empty as long as they are not known.
    package let parameters: [String: JSONValue]
    /// The compared fields before and after; empty where nothing was read.
    package let before: [String: JSONValue]
    package let after: [String: JSONValue]
    /// What was read, for names; nil where nothing was.
    package let seen: ClusterReading?

    package init(
        cluster: String,
        arguments: [String: JSONValue],
        parameters: [String: JSONValue],
        before: [String: JSONValue] = [:],
        after: [String: JSONValue] = [:],
        seen: ClusterReading? = nil
    ) {
        self.cluster = cluster
        self.arguments = arguments
        self.parameters = parameters
        self.before = before
        self.after = after
        self.seen = seen
    }

    /// The things that a field, or a name in its place, stands for, with their names.
    func things(_ field: String, _ kind: ListKind) -> String {
        guard let value = parameters[field] else { return arguments[ActionSpec.byName]?.listed ?? "" }
        return words((value.array ?? [value]).compactMap(\.int), kind)
    }

    func words(_ numbers: [Int], _ kind: ListKind) -> String {
        numbers.isEmpty
            ? "none" : numbers.map { seen?.words($0, kind) ?? "\($0)" }.joined(separator: ", ")
    }
}
