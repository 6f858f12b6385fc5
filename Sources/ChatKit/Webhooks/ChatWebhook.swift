/// One address at which a platform delivers.
package struct ChatWebhook: Sendable {
    /// What the log calls it.
    package let name: String
    package let path: WebhookPath
    /// In capitals.
    package let methods: Set<String>
    /// What a request means. Called on a connection's event loop: it must not block.
    package let meaning: @Sendable (WebhookDelivery) -> WebhookMeaning

    package init(
        _ name: String,
        path: WebhookPath,
        methods: Set<String> = ["POST"],
        meaning: @escaping @Sendable (WebhookDelivery) -> WebhookMeaning
    ) {
        self.name = name
        self.path = path
        self.methods = methods
        self.meaning = meaning
    }
}
