/// One line of what `doctor` reports about a platform.
package struct ChatFinding: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        case works
        /// It works for now, and somebody should do something before it stops.
        case warning
        case fails
    }

    package let verdict: Verdict
    /// The thing that was checked, with the platform's name in front.
    package let subject: String
    /// The result, and what to do about it. It holds no secret.
    package let text: String

    package init(_ verdict: Verdict, _ subject: String, _ text: String) {
        self.verdict = verdict
        self.subject = subject
        self.text = text
    }
}
