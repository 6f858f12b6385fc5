/// A pause that a platform asked for. It is kept whatever happens meanwhile: neither a start nor a success ends it.
package struct ChatWait: Hashable, Sendable {
    package let method: ChatMethod
    package let channel: Channel
    package let until: Timestamp

    package init(method: ChatMethod, channel: Channel, until: Timestamp) {
        self.method = method
        self.channel = channel
        self.until = until
    }
}
