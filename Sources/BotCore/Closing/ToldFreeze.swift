/// A freeze of the configuration that people were told of. It is stored, so that they are told once, also over a restart,
/// and so that one that somebody ended stays ended.
package struct ToldFreeze: Hashable, Sendable {
    package let name: String
    package let from: Timestamp
    package let until: Timestamp
    /// What it covered then: ``Freeze/covering``.
    package let covering: String
    /// The moment at which somebody ended it early; nil if nobody did.
    package var endedAt: Timestamp?
    /// Whether the history tells of its end.
    package var isOver: Bool

    package init(_ freeze: Freeze, endedAt: Timestamp? = nil, isOver: Bool = false) {
        self.init(
            name: freeze.name,
            from: freeze.from,
            until: freeze.until,
            covering: freeze.covering,
            endedAt: endedAt,
            isOver: isOver
        )
    }

    package init(
        name: String,
        from: Timestamp,
        until: Timestamp,
        covering: String,
        endedAt: Timestamp?,
        isOver: Bool
    ) {
        self.name = name
        self.from = from
        self.until = until
        self.covering = covering
        self.endedAt = endedAt
        self.isOver = isOver
    }

    /// Returns whether it is about this freeze. One that has other times now, or covers something else, is another: nobody with
    /// the right on those clusters has ended it.
    package func isAbout(_ freeze: Freeze) -> Bool {
        name == freeze.name && from == freeze.from && until == freeze.until && covering == freeze.covering
    }
}
