import FoundationEssentials

/// A `response_url`.
package struct SlackHook: Codable, Sendable, Equatable {
    /// The URL's text after the host.
    package let path: String
    package let created: Date
    package let user: String
    package let channel: String
    /// The message that `replace_original` and `delete_original` mean: the one that was clicked, or the newest reply to a
    /// command.
    package var original: String?
    package var uses = 0
}
