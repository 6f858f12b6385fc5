/// A freeze of the configuration that people were told of. It is stored, so that they are told once, also over a restart,
/// and so that one that somebody ended stays ended.
package struct ToldFreeze: Hashable, Sendable {
    package let name: String
    package let from: Timestamp
    package let until: Timestamp
    /// The moment at which somebody ended it early; nil if nobody did.
    package var endedAt: Timestamp?
    /// Whether the history tells of its end.
    package var isOver: Bool

    package init(_ freeze: Freeze, endedAt: Timestamp? = nil, isOver: Bool = false) {
        self.init(name: freeze.name, from: freeze.from, until: freeze.until, endedAt: endedAt, isOver: isOver)
    }

    package init(name: String, from: Timestamp, until: Timestamp, endedAt: Timestamp?, isOver: Bool) {
        self.name = name
        self.from = from
        self.until = until
        self.endedAt = endedAt
        self.isOver = isOver
    }

    /// Returns whether it is about this freeze. One whose times were changed is another.
    package func isAbout(_ freeze: Freeze) -> Bool {
        name == freeze.name && from == freeze.from && until == freeze.until
    }
}
