/// One address at which a platform delivers.
package struct ChatWebhook: Sendable {
    /// The name of it in the log.
    package let name: String
    package let path: WebhookPath
    /// The HTTP methods, in capitals.
    package let methods: Set<String>
    /// Says what a request means. It must not block.
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
