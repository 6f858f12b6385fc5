import FoundationEssentials

/// A `response_url`.
package struct SlackHook: Codable, Sendable, Equatable {
    /// Everything after the host.
    package let path: String
    package let created: Date
    package let user: String
    package let channel: String
    /// What `replace_original` and `delete_original` mean: the message that was clicked, or the newest reply to a command.
    package var original: String?
    package var uses = 0
}
