/// One line of what `doctor` found at a platform.
package struct ChatFinding: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        case works
        /// It works, and somebody should do something before it does not.
        case warning
        case fails
    }

    package let verdict: Verdict
    /// What was looked at, with the platform's name in front.
    package let subject: String
    /// What was found, and what to do about it. Holds no secret.
    package let text: String

    package init(_ verdict: Verdict, _ subject: String, _ text: String) {
        self.verdict = verdict
        self.subject = subject
        self.text = text
    }
}
