/// A typed text, understood.
package enum Understood: Sendable {
    case change(AskedChange)
    case command(any Command)
    /// A cluster alone, or with an action's words but without what has to be chosen: `42`, `42 image`, `42 sg remove`.
    case incomplete(Cluster, verb: String?)
    /// A command about a change without its number, by its first word: `approve`.
    case whichChange(String)
}

extension Understood: Hashable {
    package static func == (left: Self, right: Self) -> Bool { left.key == right.key }

    package func hash(into hasher: inout Hasher) { hasher.combine(key) }

    private var key: AnyHashable {
        switch self {
        case .change(let asked): AnyHashable(asked)
        case .command(let command): AnyHashable(command)
        case .incomplete(let cluster, let verb): AnyHashable([AnyHashable(cluster), AnyHashable(verb)])
        case .whichChange(let word): AnyHashable(word)
        }
    }
}
