/// What a platform says to an id that somebody wrote into the configuration.
package enum IDCheck: Hashable, Sendable {
    case fine
    /// It can be one, and probably is none. The text says so, behind the id: "does not look like …".
    case doubtful(String)
    /// No id of this platform is written like that.
    case wrong

    /// Whether a text holds nothing but letters, digits, `.`, `_` and `-`, as the ids of many platforms do.
    package static func isPlain(_ text: String) -> Bool { text.wholeMatch(of: /[A-Za-z0-9._-]+/) != nil }

    /// The form of ids that are plain.
    package static let plainForm = "the parts are ids of letters, digits, `.`, `_` and `-`"
}
