import FoundationEssentials

/// One request that Slack made to the app, with what came back.
package struct SimulatedSlackDelivery: Codable, Sendable, Equatable {
    package enum Kind: String, Codable, Sendable { case command, click }

    /// Counts up from 1.
    package let number: Int
    package let at: Date
    package let kind: Kind
    package let url: String
    package let user: String
    package let channel: String
    /// The form as it was sent.
    package let body: String
    /// `X-Slack-Request-Timestamp`.
    package let timestamp: String
    /// `X-Slack-Signature`.
    package let signature: String
    /// The app's status; nil if none came in time.
    package var status: Int?
    /// The app's reply; empty if none came.
    package var reply = ""
    /// The time from the first byte sent to the whole reply, or to giving up.
    package var milliseconds = 0
    /// Slack's name of the failure: `operation_timeout`, `dispatch_failed`, …; nil if the app answered well.
    package var failure: String?
}
