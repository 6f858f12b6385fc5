import ChatKit

/// A request of the platform, and at which of its webhooks it comes in.
package struct PlayedDelivery: Sendable {
    /// The ``ChatWebhook/name``.
    package let webhook: String
    package let delivery: WebhookDelivery

    package init(_ webhook: String, _ delivery: WebhookDelivery) {
        self.webhook = webhook
        self.delivery = delivery
    }
}
