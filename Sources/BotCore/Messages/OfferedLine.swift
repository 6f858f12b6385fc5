/// A line that is offered, before it is stored as an ``Offer``.
package struct OfferedLine: Hashable, Sendable {
    /// The words on the button.
    package let label: String
    /// The command without the word in front.
    package let line: String
    /// Whether it shows the next page of a list.
    package let isPage: Bool

    package init(_ line: String, label: String? = nil, isPage: Bool = false) {
        self.line = line
        self.label = label ?? line
        self.isPage = isPage
    }
}
