import FoundationEssentials

/// One call of the Web API, or one use of a `response_url` (method `response_url`), with its reply.
package struct SlackAPICall: Codable, Sendable, Equatable {
    /// Counts up from 1.
    package let number: Int
    package let at: Date
    package let method: String
    /// The call's arguments without the token.
    package let arguments: SandboxJSON
    /// The HTTP status; nil while it is not answered, and for ever when the connection was closed.
    package var status: Int?
    /// Slack's error word, if it failed.
    package var error: String?
    /// The kind of fault that hit it.
    package var fault: String?
}
