/// A platform's verdict on an id in the configuration.
package enum IDCheck: Hashable, Sendable {
    case fine
    /// It may be an id, and probably is none. The text says so behind the id: "does not look like …".
    case doubtful(String)
    /// No id of this platform has this form.
    case wrong

    /// Returns whether a text holds only letters, digits, `.`, `_` and `-`, as the ids of many platforms do.
    package static func isPlain(_ text: String) -> Bool { text.wholeMatch(of: /[A-Za-z0-9._-]+/) != nil }

    /// The form of plain ids; see ``ChatModule/idForm``.
    package static let plainForm = "the parts are ids of letters, digits, `.`, `_` and `-`"
}
