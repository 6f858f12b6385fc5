/// The reason why a webhook had no effect: a label of `clusterbot_webhooks_total`. A platform adds words of its own.
package struct WebhookOutcome: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package static let badSignature = Self(rawValue: "bad_signature")
    package static let foreignApp = Self(rawValue: "foreign_app")
    package static let foreignWorkspace = Self(rawValue: "foreign_workspace")
    package static let malformed = Self(rawValue: "malformed")
    package static let unknownCommand = Self(rawValue: "unknown_command")
    /// People did something on the platform that has no effect here.
    package static let unsupported = Self(rawValue: "unsupported")

    /// The outcomes that every platform has.
    package static let common = [
        badSignature, foreignApp, foreignWorkspace, malformed, unknownCommand, unsupported,
    ]
}
