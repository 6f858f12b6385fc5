/// A complete answer to a webhook that has no effect.
package struct WebhookAnswer: Hashable, Sendable {
    /// The content type of JSON answers.
    package static let json = "application/json; charset=utf-8"

    /// A sentence for a person who clicked. It is sent besides the HTTP answer, which the platform does not show them.
    package struct Told: Hashable, Sendable {
        package let sentence: String
        /// The address at which the platform takes the answer to this click.
        package let handle: String

        package init(sentence: String, handle: String) {
            self.sentence = sentence
            self.handle = handle
        }
    }

    package let status: Int
    package let contentType: String?
    package let body: [UInt8]
    package let outcome: WebhookOutcome
    /// The reason of a rejection, for the log; nil if it was not rejected.
    package let refusal: WebhookRefusal?
    package let told: Told?

    package init(
        status: Int,
        contentType: String? = nil,
        body: [UInt8] = [],
        _ outcome: WebhookOutcome,
        _ refusal: WebhookRefusal? = nil,
        told: Told? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.outcome = outcome
        self.refusal = refusal
        self.told = told
    }
}
