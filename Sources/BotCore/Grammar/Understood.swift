/// A typed text, understood.
package enum Understood: Sendable {
    case change(AskedChange)
    case command(any Command)
}

extension Understood: Hashable {
    package static func == (left: Self, right: Self) -> Bool { left.key == right.key }

    package func hash(into hasher: inout Hasher) { hasher.combine(key) }

    private var key: AnyHashable {
        switch self {
        case .change(let asked): AnyHashable(asked)
        case .command(let command): AnyHashable(command)
        }
    }
}
