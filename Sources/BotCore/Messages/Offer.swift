/// A command that a button gives. The button carries the handle alone: the line is read from the store when it is clicked, and
/// goes through the same checks as one that is typed.
package struct Offer: Hashable, Sendable {
    /// A random name that nobody can guess: 32 hexadecimal digits.
    package let handle: String
    /// The command without the word in front: `42 scale 4`.
    package let line: String
    /// The account that it was made to; nil: whoever clicks may take it, under their own rights.
    package let account: Account?
    /// Whether it was made in a direct message. What is not done there is not done by a button either.
    package let isDirect: Bool
    /// The change that is asked again by it; nil for a line of its own.
    package let change: Int?
    package let madeAt: Timestamp

    /// The time within which it can be taken.
    package static let validFor = Duration.seconds(300)

    package init(
        handle: String = Self.newHandle(),
        line: String,
        account: Account?,
        isDirect: Bool = false,
        change: Int? = nil,
        madeAt: Timestamp
    ) {
        self.handle = handle
        self.line = line
        self.account = account
        self.isDirect = isDirect
        self.change = change
        self.madeAt = madeAt
    }

    /// Returns whether its time is over.
    package func isOld(at now: Timestamp) -> Bool { now >= madeAt + Self.validFor }

    package static func newHandle() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) }.hexString
    }
}
