import NIOHTTP1

/// What a platform's request is answered.
struct WebhookReply: Sendable {
    let status: HTTPResponseStatus
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
}
